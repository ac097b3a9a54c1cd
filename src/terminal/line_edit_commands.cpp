// Killing and yanking, transposing, case, and the other commands that change the line.
#include "ground/text.hpp"
#include "terminal/line_edit.hpp"
#include "terminal/screen_limits.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

namespace {

constexpr std::u32string_view shell_breaks = U" \t\n;&()|<>";

// The last word of a command line as bash's history takes it apart: quotes hold words together.
std::u32string last_word(std::u32string_view line) {
    std::u32string word, last;
    char32_t quote = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        char32_t const c = line[at];
        if (quote == 0 && shell_breaks.find(c) != std::u32string_view::npos) {
            if (!word.empty()) last = std::exchange(word, {});
            continue;
        }
        word += c;
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == U'\'' || c == U'"') {
            quote = c;
        } else if (c == U'\\' && at + 1 < line.size()) {
            word += line[++at];
        }
    }
    return word.empty() ? last : word;
}

bool is_blank(char32_t c) { return c == U' ' || c == U'\t'; }

// Latin letters only: the rest of Unicode's case mapping is not worth its table here.
char32_t to_upper(char32_t c) {
    bool const is_lower = (c >= U'a' && c <= U'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7);
    return is_lower ? c - 0x20 : c;
}
char32_t to_lower(char32_t c) {
    bool const is_upper = (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
    return is_upper ? c + 0x20 : c;
}

}

// From the caret to `to`, which may lie on either side. Kills in a row become one.
void LineEdit::kill(std::size_t from, std::size_t to, std::string& out) {
    doing_ = Last::kill;
    if (from == to) return bell(out);
    bool const backward = to < from;
    std::u32string const removed = buffer_.erase(from, to);
    if (last_ == Last::kill && !kills_.empty()) {
        kills_.back() = backward ? removed + kills_.back() : kills_.back() + removed;
    } else {
        kills_.push_back(removed);
        if (kills_.size() > limits::kill_ring) kills_.erase(kills_.begin());
    }
    draw(out);
}

void LineEdit::yank(std::string& out) {
    if (kills_.empty()) return bell(out);
    doing_ = Last::yank;
    yank_index_ = kills_.size() - 1;
    yank_start_ = mark_ = buffer_.caret();
    insert(kills_[yank_index_], out);
}

// Replaces what was just yanked by the kill before it.
void LineEdit::yank_pop(std::string& out) {
    if (last_ != Last::yank || kills_.empty()) return bell(out);
    doing_ = Last::yank;
    yank_index_ = (yank_index_ + kills_.size() - 1) % kills_.size();
    buffer_.begin_group();
    buffer_.erase(yank_start_, buffer_.caret());
    buffer_.insert(kills_[yank_index_]);
    buffer_.end_group();
    draw(out);
}

// Again and again, it walks back through the history.
void LineEdit::yank_last_argument(std::string& out) {
    bool const again = last_ == Last::last_argument;
    std::size_t const place = again ? argument_place_ : place_;
    doing_ = Last::last_argument;
    argument_place_ = place > 0 ? place - 1 : 0;
    buffer_.begin_group();
    if (again) buffer_.erase(yank_start_, buffer_.caret());
    yank_start_ = buffer_.caret();
    if (place > 0) buffer_.insert(last_word(to_utf32(host_.history()[place - 1])));
    buffer_.end_group();
    if (place == 0) bell(out);
    draw(out);
}

void LineEdit::transpose_characters(std::string& out) {
    std::size_t const caret = buffer_.caret();
    if (caret == 0 || buffer_.size() < 2) return bell(out);
    std::size_t const second = caret == buffer_.size() ? buffer_.previous(caret) : caret;
    std::size_t const first = buffer_.previous(second);
    std::size_t const end = buffer_.next(second);
    buffer_.begin_group();
    std::u32string const moved = buffer_.erase(first, second);
    buffer_.set_caret(end - moved.size());
    buffer_.insert(moved);
    buffer_.end_group();
    draw(out);
}

void LineEdit::transpose_words(std::string& out) {
    std::size_t const second_end = buffer_.word_end(buffer_.caret());
    std::size_t const second = buffer_.word_start(second_end);
    std::size_t const first = buffer_.word_start(second);
    std::size_t const first_end = buffer_.word_end(first);
    if (first == second || second < first_end) return bell(out);
    std::u32string const& text = buffer_.text();
    std::u32string const swapped = text.substr(second, second_end - second) +
                                   text.substr(first_end, second - first_end) + text.substr(first, first_end - first);
    buffer_.begin_group();
    buffer_.erase(first, second_end);
    buffer_.insert(swapped);
    buffer_.end_group();
    draw(out);
}

void LineEdit::change_case(Case to, std::string& out) {
    std::size_t const from = buffer_.caret(), end = buffer_.word_end(from);
    if (from == end) return bell(out);
    std::u32string word = buffer_.text().substr(from, end - from);
    bool in_word = false;
    for (char32_t& c : word) {
        bool const upper = to == Case::upper || (to == Case::capital && !in_word);
        in_word = EditBuffer::is_word_character(c);
        c = upper ? to_upper(c) : to_lower(c);
    }
    buffer_.begin_group();
    buffer_.erase(from, end);
    buffer_.insert(word);
    buffer_.end_group();
    draw(out);
}

void LineEdit::find_character(char32_t character, bool forward, std::string& out) {
    std::u32string const& text = buffer_.text();
    std::size_t const caret = buffer_.caret();
    std::size_t const found = forward      ? text.find(character, caret + 1)
                              : caret == 0 ? std::u32string::npos
                                           : text.rfind(character, caret - 1);
    if (found == std::u32string::npos) return bell(out);
    move_caret(found, out);
}

void LineEdit::delete_blanks_around(std::string& out) {
    std::size_t from = buffer_.caret(), to = from;
    while (from > 0 && is_blank(buffer_.text()[from - 1])) --from;
    while (to < buffer_.size() && is_blank(buffer_.text()[to])) ++to;
    buffer_.erase(from, to);
    draw(out);
}

LineEdit::Result LineEdit::delete_or_end(std::string& out) {
    if (!buffer_.empty()) return special_key(Key::special(Key::Code::del), out);
    return Result::end_of_file;
}

void LineEdit::clear_screen(std::string& out) {
    out += "\x1b[H\x1b[2J";
    display_.forget(0);
    draw(out);
}

}
