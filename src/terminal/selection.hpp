#pragma once
// Selecting, searching and finding links in what a screen shows, scrollback included. Lines are Screen::line_number()s,
// so that a selection stays with its text while output scrolls; it means nothing after a change of Screen::layout().
//
//   Selection selection = word_at(screen, {line, column});
//   clipboard(selected_text(screen, selection));

#include "terminal/screen.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw::terminal {

struct TextPlace {
    std::int64_t line = 0;
    int column = 0;
    bool operator==(TextPlace const&) const = default;
    [[nodiscard]] bool before(TextPlace other) const {
        return line < other.line || (line == other.line && column < other.column);
    }
};

// From `from` up to, not including, `to`; from is never after to.
struct Selection {
    TextPlace from, to;
    bool operator==(Selection const&) const = default;
    [[nodiscard]] bool is_empty() const { return from == to; }
    [[nodiscard]] bool contains(TextPlace place) const { return !place.before(from) && place.before(to); }
};

// Between two places in any order, as a drag gives them.
[[nodiscard]] Selection selection_between(TextPlace one, TextPlace other);
// A double click: the word, path or address at a place. A triple click: the whole line, wrapped rows included.
[[nodiscard]] Selection word_at(Screen const& screen, TextPlace place);
[[nodiscard]] Selection line_at(Screen const& screen, TextPlace place);
[[nodiscard]] Selection select_all(Screen const& screen);
// Rows without trailing blanks, joined where they were wrapped, parted by "\n" where they ended.
[[nodiscard]] std::string selected_text(Screen const& screen, Selection const& selection);

// The next (or previous) place of `needle` after `from`, wrapping around once; ASCII letters match in either case.
enum class Direction : std::uint8_t { forward, backward };
[[nodiscard]] std::optional<Selection> find_text(Screen const& screen, std::string_view needle, TextPlace from,
                                                 Direction direction);
// The address at a place: an OSC 8 link, or text that begins with http:// or https://. Empty if there is none.
[[nodiscard]] std::string address_at(Screen const& screen, TextPlace place);

}
