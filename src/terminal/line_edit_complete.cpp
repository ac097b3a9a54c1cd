// Tab: one candidate is put in, several as far as they agree; a second Tab lists them in columns, as readline does.
#include "ground/text.hpp"
#include "terminal/line_edit.hpp"
#include "terminal/screen_limits.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

namespace {

constexpr std::size_t ask_before_listing = 100; // readline's completion-query-items

// The candidate as it must stand in the command line, without the quote that closes it.
std::string quoted(std::string_view text, Completions::Quote quote) {
    std::string out;
    if (quote == Completions::Quote::single) out += '\'';
    if (quote == Completions::Quote::doubled) out += '"';
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        switch (quote) {
            case Completions::Quote::none: break;
            case Completions::Quote::single:
                if (c == '\'') out += "'\\'";
                break;
            case Completions::Quote::doubled:
                if (std::string_view("\"$`\\").find(c) != std::string_view::npos) out += '\\';
                break;
            case Completions::Quote::backslash:
                if (std::string_view(" \t\n\\'\"|&;()<>!{}*[]?^$`,").find(c) != std::string_view::npos ||
                    (c == '#' && at == 0))
                    out += '\\';
                break;
        }
        out += c;
    }
    return out;
}

std::string common_start(std::vector<Completions::Item> const& items) {
    std::string_view common = items.front().text;
    for (Completions::Item const& item : items) {
        std::size_t same = 0;
        while (same < common.size() && same < item.text.size() && common[same] == item.text[same]) ++same;
        common = common.substr(0, same);
    }
    // Not in the middle of a character.
    std::string whole(common);
    while (!whole.empty() && !is_valid_utf8(whole)) whole.pop_back();
    return whole;
}

std::string closing(Completions const& completions) {
    std::string const& suffix = completions.items.front().suffix;
    if (!suffix.empty()) return suffix;
    if (completions.quote == Completions::Quote::single) return "' ";
    if (completions.quote == Completions::Quote::doubled) return "\" ";
    return " ";
}

// Rows of columns as wide as the longest name and two blanks, filled downwards.
std::string in_columns(std::vector<Completions::Item> const& items, int columns) {
    int widest = 0;
    for (Completions::Item const& item : items) widest = std::max(widest, width_of_utf8(item.shown) + 2);
    int across = columns / widest;
    if (across != 1 && across * widest == columns) --across;
    across = std::max(across, 1);
    int const count = static_cast<int>(items.size());
    int const rows = (count + across - 1) / across;
    std::string out;
    for (int row = 0; row < rows; ++row) {
        for (int at = row; at < count; at += rows) {
            std::string const& name = items[static_cast<std::size_t>(at)].shown;
            out += name;
            if (at + rows < count) out.append(static_cast<std::size_t>(widest - width_of_utf8(name)), ' ');
        }
        out += "\r\n";
    }
    return out;
}

}

void LineEdit::complete(std::string& out) {
    bool const again = last_ == Last::complete && !completion_changed_;
    doing_ = Last::complete;
    completion_changed_ = false;
    std::string const text = line();
    std::size_t const caret = to_utf8(buffer_.text().substr(0, buffer_.caret())).size();
    Completions completions = host_.complete(text, caret);
    std::vector<Completions::Item>& items = completions.items;
    std::sort(items.begin(), items.end(), [](auto const& a, auto const& b) { return a.text < b.text; });
    items.erase(std::unique(items.begin(), items.end()), items.end());
    if (items.empty()) return bell(out);

    bool const is_single = items.size() == 1;
    std::string const common = is_single ? items.front().text : common_start(items);
    std::string replacement = quoted(common, completions.quote);
    if (is_single) {
        // What already stands behind the caret is not put there twice.
        std::string const end = closing(completions);
        replacement += end.substr(0, end.size() - (text.substr(caret, 1) == end.substr(end.size() - 1) ? 1 : 0));
    }
    std::string const word = text.substr(completions.start, caret - completions.start);
    if (is_single || (!common.empty() && replacement != word)) {
        completion_changed_ = true;
        buffer_.begin_group();
        buffer_.erase(to_utf32(text.substr(0, completions.start)).size(), buffer_.caret());
        buffer_.insert(to_utf32(replacement));
        buffer_.end_group();
        draw(out);
        spoken_ = line();
        if (!is_single) bell(out);
    } else if (again) {
        list_completions(completions, out);
    } else {
        bell(out);
    }
}

void LineEdit::list_completions(Completions const& completions, std::string& out) {
    display_.finish(out);
    if (completions.items.size() < ask_before_listing) return show_list(completions.items, out);
    out += "Display all " + std::to_string(completions.items.size()) + " possibilities? (y or n)";
    asked_items_ = completions.items;
    prefix_ = Prefix::show_all;
}

void LineEdit::show_list(std::vector<Completions::Item> const& items, std::string& out) {
    std::vector<Completions::Item> shown = items;
    if (shown.size() > limits::completions_shown) shown.resize(limits::completions_shown);
    out += in_columns(shown, columns_);
    if (shown.size() < items.size()) out += "... " + std::to_string(items.size() - shown.size()) + " more\r\n";
    spoken_.clear();
    for (Completions::Item const& item : shown) spoken_ += (spoken_.empty() ? "" : ", ") + item.shown;
    redraw(0, out);
}

LineEdit::Result LineEdit::answer_show_all(Key const& key, std::string& out) {
    bool const is_plain = key.code == Key::Code::character && !key.control && !key.alt;
    bool const yes = is_plain && (key.character == U'y' || key.character == U'Y' || key.character == U' ');
    bool const no = (is_plain && (key.character == U'n' || key.character == U'N')) ||
                    key.code == Key::Code::backspace || key.is_ctrl(U'g') || key.is_ctrl(U'c');
    if (!yes && !no) {
        bell(out);
        prefix_ = Prefix::show_all;
        return Result::editing;
    }
    out += "\r\n";
    std::vector<Completions::Item> const items = std::exchange(asked_items_, {});
    if (yes)
        show_list(items, out);
    else
        redraw(0, out);
    return Result::editing;
}

}
