#include "terminal/selection.hpp"

#include "ground/text.hpp"

#include <algorithm>
#include <vector>

namespace cw::terminal {

namespace {

// One line of text (wrapped rows joined), with the place of each code point.
struct Line {
    std::int64_t first = 0, last = 0; // of its rows
    std::u32string text;
    std::vector<TextPlace> places;
};

std::int64_t first_line(Screen const& screen) { return screen.line_number(-screen.scrollback()); }
std::int64_t last_line(Screen const& screen) { return screen.line_number(screen.rows() - 1); }

bool goes_on(Screen const& screen, std::int64_t line) {
    return line < last_line(screen) && screen.is_wrapped(screen.row_of_line(line));
}

Line line_with(Screen const& screen, std::int64_t at) {
    Line line;
    at = std::clamp(at, first_line(screen), last_line(screen));
    line.first = line.last = at;
    while (line.first > first_line(screen) && goes_on(screen, line.first - 1)) --line.first;
    while (goes_on(screen, line.last)) ++line.last;
    for (std::int64_t row = line.first; row <= line.last; ++row) {
        Cell const* const cells = screen.row(screen.row_of_line(row));
        int used = screen.columns();
        while (row == line.last && used > 0 && cells[used - 1].is_blank()) --used;
        for (int column = 0; column < used; ++column) {
            if (cells[column].width() == 0) continue;
            char32_t const code = screen.code(cells[column]);
            line.text += code ? code : U' ';
            line.places.push_back({row, column});
            for (char32_t const mark : screen.marks(cells[column])) {
                line.text += mark;
                line.places.push_back({row, column});
            }
        }
    }
    return line;
}

bool is_word(char32_t c) {
    return c > U' ' && std::u32string_view(U"\"'`()[]{}<>|;,").find(c) == std::u32string_view::npos;
}

std::size_t index_of(Line const& line, TextPlace place) {
    std::size_t at = 0;
    while (at < line.places.size() && line.places[at].before(place)) ++at;
    // The right half of a wide character belongs to the character.
    bool const is_between = at > 0 && at < line.places.size() && place.before(line.places[at]);
    return is_between ? at - 1 : at;
}

TextPlace place_after(Screen const& screen, Line const& line, std::size_t at) {
    if (at < line.places.size()) return line.places[at];
    if (line.places.empty()) return {line.last, 0};
    TextPlace place = line.places.back();
    place.column += std::max(screen.row(screen.row_of_line(place.line))[place.column].width(), 1);
    return place;
}

char32_t folded(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 0x20 : c; }

std::u32string folded(std::u32string text) {
    for (char32_t& c : text) c = folded(c);
    return text;
}

}

Selection selection_between(TextPlace one, TextPlace other) {
    return one.before(other) ? Selection{one, other} : Selection{other, one};
}

Selection word_at(Screen const& screen, TextPlace place) {
    Line const line = line_with(screen, place.line);
    std::size_t const at = index_of(line, place);
    if (at >= line.text.size()) return {place, place};
    bool const kind = is_word(line.text[at]);
    std::size_t from = at, to = at + 1;
    if (kind) {
        while (from > 0 && is_word(line.text[from - 1])) --from;
        while (to < line.text.size() && is_word(line.text[to])) ++to;
    }
    return {line.places[from], place_after(screen, line, to)};
}

Selection line_at(Screen const& screen, TextPlace place) {
    Line const line = line_with(screen, place.line);
    return {{line.first, 0}, place_after(screen, line, line.text.size())};
}

Selection select_all(Screen const& screen) { return {{first_line(screen), 0}, {last_line(screen), screen.columns()}}; }

std::string selected_text(Screen const& screen, Selection const& selection) {
    std::string text;
    std::int64_t const from = std::max(selection.from.line, first_line(screen));
    std::int64_t const to = std::min(selection.to.line, last_line(screen));
    for (std::int64_t at = from; at <= to;) {
        Line const line = line_with(screen, at);
        for (std::size_t i = 0; i < line.text.size(); ++i)
            if (selection.contains(line.places[i])) append_utf8(text, line.text[i]);
        if (line.last < to) text += '\n';
        at = line.last + 1;
    }
    // A selection that ends in empty rows below the text does not carry them away.
    while (text.size() > 1 && text.back() == '\n' && text[text.size() - 2] == '\n') text.pop_back();
    return text;
}

std::optional<Selection> find_text(Screen const& screen, std::string_view needle, TextPlace from, Direction direction) {
    std::u32string const wanted = folded(to_utf32(needle));
    if (wanted.empty()) return {};
    std::int64_t const first = first_line(screen), last = last_line(screen);
    std::optional<Selection> best, wrapped;
    for (std::int64_t at = first; at <= last;) {
        Line const line = line_with(screen, at);
        std::u32string const text = folded(line.text);
        for (std::size_t hit = text.find(wanted); hit != std::u32string::npos; hit = text.find(wanted, hit + 1)) {
            Selection const found{line.places[hit], place_after(screen, line, hit + wanted.size())};
            bool const is_after = from.before(found.from);
            if (direction == Direction::forward) {
                if (is_after) return found;
                if (!wrapped) wrapped = found;
            } else {
                (found.from.before(from) ? best : wrapped) = found;
            }
        }
        at = line.last + 1;
    }
    return best ? best : wrapped;
}

std::string address_at(Screen const& screen, TextPlace place) {
    int const row = screen.row_of_line(place.line);
    if (row < -screen.scrollback() || row >= screen.rows() || place.column < 0 || place.column >= screen.columns())
        return {};
    std::uint16_t const link = screen.row(row)[place.column].link();
    if (link != 0) return std::string(screen.link_address(link));
    Line const line = line_with(screen, place.line);
    std::size_t const at = index_of(line, place);
    if (at >= line.text.size() || !is_word(line.text[at])) return {};
    std::size_t from = at, to = at + 1;
    while (from > 0 && is_word(line.text[from - 1])) --from;
    while (to < line.text.size() && is_word(line.text[to])) ++to;
    std::string text = to_utf8(line.text.substr(from, to - from));
    std::size_t start = text.find("https://");
    if (start == std::string::npos) start = text.find("http://");
    if (start == std::string::npos) return {};
    text.erase(0, start);
    // A full stop after an address ends the sentence.
    while (!text.empty() && std::string_view(".,:!?").find(text.back()) != std::string_view::npos) text.pop_back();
    return text;
}

}
