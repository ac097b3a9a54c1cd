#include "terminal/line_edit_buffer.hpp"

#include "terminal/screen_limits.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

namespace {

constexpr std::size_t typed_in_one_step = 20;

bool is_blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n'; }

}

void EditBuffer::reset(std::u32string_view text) {
    text_ = text.substr(0, limits::line_code_points);
    caret_ = text_.size();
    steps_.clear();
    depth_ = 0;
}

void EditBuffer::record(Step step) {
    step.group = depth_ > 0 ? group_ : 0;
    steps_.push_back(std::move(step));
    if (steps_.size() > limits::undo_steps) steps_.erase(steps_.begin());
}

bool EditBuffer::insert(std::u32string_view text) {
    if (text_.size() + text.size() > limits::line_code_points) return false;
    if (text.empty()) return true;
    text_.insert(caret_, text);
    record({Step::Kind::insert, caret_, std::u32string(text), 0, false});
    caret_ += text.size();
    return true;
}

bool EditBuffer::insert_typed(char32_t character) {
    std::size_t const at = caret_;
    if (!insert(std::u32string_view(&character, 1))) return false;
    steps_.back().typed = true;
    if (steps_.size() < 2 || depth_ > 0) return true;
    Step& before = steps_[steps_.size() - 2];
    if (before.typed && before.from + before.text.size() == at && before.text.size() < typed_in_one_step) {
        before.text += character;
        steps_.pop_back();
    }
    return true;
}

std::u32string EditBuffer::erase(std::size_t from, std::size_t to) {
    if (from > to) std::swap(from, to);
    to = std::min(to, text_.size());
    from = std::min(from, to);
    std::u32string removed = text_.substr(from, to - from);
    if (removed.empty()) return removed;
    text_.erase(from, to - from);
    caret_ = from;
    record({Step::Kind::erase, from, removed, 0, false});
    return removed;
}

bool EditBuffer::replace_all(std::u32string_view text, std::size_t caret) {
    if (text.size() > limits::line_code_points) return false;
    std::size_t same = 0;
    std::size_t const shorter = std::min(text.size(), text_.size());
    while (same < shorter && text[same] == text_[same]) ++same;
    std::size_t tail = 0;
    while (tail < shorter - same && text[text.size() - 1 - tail] == text_[text_.size() - 1 - tail]) ++tail;
    begin_group();
    erase(same, text_.size() - tail);
    caret_ = same;
    std::u32string_view const middle = text.substr(same, text.size() - tail - same);
    bool const is_typed = middle.size() == 1 && same + tail == text_.size();
    if (is_typed) {
        end_group();
        insert_typed(middle[0]);
    } else {
        insert(middle);
        end_group();
    }
    set_caret(caret);
    return true;
}

void EditBuffer::end_group() {
    if (--depth_ == 0) ++group_;
}

bool EditBuffer::undo() {
    if (steps_.empty()) return false;
    int const group = steps_.back().group;
    do {
        Step const step = std::move(steps_.back());
        steps_.pop_back();
        if (step.kind == Step::Kind::insert) {
            text_.erase(step.from, step.text.size());
            caret_ = step.from;
        } else {
            text_.insert(step.from, step.text);
            caret_ = step.from + step.text.size();
        }
    } while (group != 0 && !steps_.empty() && steps_.back().group == group);
    return true;
}

std::size_t EditBuffer::next(std::size_t at) const {
    if (at >= text_.size()) return text_.size();
    do ++at;
    while (at < text_.size() && text_[at] >= 0x300 && width_of(text_[at]) == 0);
    return at;
}

std::size_t EditBuffer::previous(std::size_t at) const {
    if (at == 0) return 0;
    do --at;
    while (at > 0 && text_[at] >= 0x300 && width_of(text_[at]) == 0);
    return at;
}

bool EditBuffer::is_word_character(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c >= 0xC0;
}

std::size_t EditBuffer::word_end(std::size_t at) const {
    while (at < text_.size() && !is_word_character(text_[at])) ++at;
    while (at < text_.size() && is_word_character(text_[at])) ++at;
    return at;
}

std::size_t EditBuffer::word_start(std::size_t at) const {
    while (at > 0 && !is_word_character(text_[at - 1])) --at;
    while (at > 0 && is_word_character(text_[at - 1])) --at;
    return at;
}

std::size_t EditBuffer::blank_word_start(std::size_t at) const {
    while (at > 0 && is_blank(text_[at - 1])) --at;
    while (at > 0 && !is_blank(text_[at - 1])) --at;
    return at;
}

}
