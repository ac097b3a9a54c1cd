// Walking through the history, and incremental search (Ctrl-R) with bash's prompts.
#include "ground/text.hpp"
#include "terminal/line_edit.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

// A line of the history, as it was last edited here; the place after the newest is the line being written.
std::u32string LineEdit::history_line(std::size_t place) const {
    auto const edited = edited_.find(place);
    if (edited != edited_.end()) return edited->second;
    return place < host_.history().size() ? to_utf32(host_.history()[place]) : std::u32string();
}

void LineEdit::go_to_history(std::size_t place, std::string& out) {
    if (place == place_) return;
    if (buffer_.text() != history_line(place_)) edited_[place_] = buffer_.text();
    place_ = place;
    buffer_.reset(history_line(place));
    spoken_ = line();
    draw(out);
}

void LineEdit::previous_line(std::string& out) {
    if (place_ == 0) return bell(out);
    go_to_history(place_ - 1, out);
}

void LineEdit::next_line(std::string& out) {
    if (place_ >= host_.history().size()) return bell(out);
    go_to_history(place_ + 1, out);
}

void LineEdit::search_begin(bool forward, std::string& out) {
    search_.active = true;
    search_.forward = forward;
    search_.failed = false;
    search_.pattern.clear();
    search_.saved_line = buffer_.text();
    search_.saved_caret = search_.match = buffer_.caret();
    search_.saved_place = place_;
    search_draw(out);
}

void LineEdit::search_draw(std::string& out) {
    std::string prompt = search_.failed ? "(failed " : "(";
    prompt += search_.forward ? "i-search)`" : "reverse-i-search)`";
    prompt += to_utf8(search_.pattern) + "': ";
    std::size_t const to = search_.failed ? search_.match : search_.match + search_.pattern.size();
    display_.draw_with_prompt(prompt, {buffer_.text(), search_.match, search_.match, to}, out);
}

LineEdit::Result LineEdit::search_key(Key const& key, std::string& out) {
    if (key.is_ctrl(U'r') || key.is_ctrl(U's')) {
        search_.forward = key.is_ctrl(U's');
        if (search_.pattern.empty()) {
            search_.pattern = search_.last_pattern;
            search_again(false, out);
        } else {
            search_again(true, out);
        }
        return Result::editing;
    }
    if (key.is_ctrl(U'g')) {
        search_end(true, out);
        bell(out);
        return Result::editing;
    }
    if (key.is_ctrl(U'c')) return interrupt(out);
    if (key.code == Key::Code::backspace || key.is_ctrl(U'h')) {
        if (search_.pattern.empty()) {
            bell(out);
        } else {
            search_.pattern.pop_back();
            search_again(false, out);
        }
        return Result::editing;
    }
    bool const is_text = key.code == Key::Code::character && !key.control && !key.alt;
    if (is_text) {
        search_.pattern += key.character;
        search_again(false, out);
        return Result::editing;
    }
    // Any other key ends the search and does its own work; Escape only ends it.
    search_end(false, out);
    if (key.code == Key::Code::escape || key.is_ctrl(U'[')) return Result::editing;
    return dispatch(key, out);
}

void LineEdit::search_again(bool from_next, std::string& out) {
    std::size_t column = search_.match;
    bool found = true;
    if (search_.pattern.empty()) {
        found = true;
    } else if (from_next && !search_.forward && column == 0) {
        found = place_ > 0 && search_from(place_ - 1, std::u32string::npos, true);
    } else {
        found = search_from(place_, from_next ? (search_.forward ? column + 1 : column - 1) : column, from_next);
    }
    search_.failed = !found;
    if (!found) bell(out);
    search_draw(out);
}

// Looks in the line at `place` from `column` on, then in the lines before (or after) it.
bool LineEdit::search_from(std::size_t place, std::size_t column, bool skip_same) {
    std::u32string const before = buffer_.text();
    std::size_t const count = host_.history().size() + 1;
    bool is_first = place == place_;
    for (;;) {
        std::u32string const line = is_first ? buffer_.text() : history_line(place);
        bool const is_repeat = skip_same && !is_first && line == before;
        std::size_t const found = is_repeat         ? std::u32string::npos
                                  : search_.forward ? line.find(search_.pattern, is_first ? column : 0)
                                                    : line.rfind(search_.pattern, is_first ? column : line.size());
        if (found != std::u32string::npos) {
            if (place != place_) {
                if (buffer_.text() != history_line(place_)) edited_[place_] = buffer_.text();
                place_ = place;
                buffer_.reset(line);
            }
            search_.match = found;
            buffer_.set_caret(found);
            return true;
        }
        is_first = false;
        if (search_.forward ? place + 1 >= count : place == 0) return false;
        place = search_.forward ? place + 1 : place - 1;
    }
}

void LineEdit::search_end(bool restore, std::string& out) {
    search_.active = false;
    if (!restore && !search_.pattern.empty()) search_.last_pattern = search_.pattern;
    if (restore) {
        place_ = search_.saved_place;
        buffer_.reset(search_.saved_line);
        buffer_.set_caret(search_.saved_caret);
    } else {
        buffer_.set_caret(search_.match);
    }
    spoken_ = line();
    draw(out);
}

}
