// Keys and what they are bound to. The commands themselves are in line_edit_commands.cpp, history and search in
// line_edit_history.cpp, Tab in line_edit_complete.cpp.
#include "terminal/line_edit.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

void LineEdit::begin(std::string_view prompt, int start_column, std::string& out) {
    buffer_.reset({});
    place_ = host_.history().size();
    edited_.clear();
    search_.active = false;
    prefix_ = Prefix::none;
    last_ = Last::other;
    mark_ = inverse_from_ = inverse_to_ = 0;
    display_.begin(prompt, start_column, out);
}

std::string LineEdit::line() const { return to_utf8(buffer_.text()); }

std::string LineEdit::take_spoken() { return std::exchange(spoken_, {}); }

void LineEdit::resize(int columns, int rows) {
    columns_ = columns;
    rows_ = rows;
    display_.resize(columns, rows, buffer_.caret());
}

void LineEdit::redraw(int start_column, std::string& out) {
    display_.forget(start_column);
    draw(out);
}

void LineEdit::draw(std::string& out) {
    display_.draw({buffer_.text(), buffer_.caret(), inverse_from_, inverse_to_}, out);
}

LineEdit::Result LineEdit::key(Key const& key, std::string& out) {
    inverse_from_ = inverse_to_ = 0;
    if (prefix_ != Prefix::none) return prefixed(std::exchange(prefix_, Prefix::none), key, out);
    return search_.active ? search_key(key, out) : dispatch(key, out);
}

LineEdit::Result LineEdit::dispatch(Key const& key, std::string& out) {
    doing_ = Last::other;
    Result result = Result::editing;
    if (key.code != Key::Code::character) {
        result = special_key(key, out);
    } else if (key.alt && key.control) {
        bell(out);
    } else if (key.alt) {
        meta_key(key.character, out);
    } else if (key.control) {
        result = control_key(key.character, out);
    } else if (buffer_.insert_typed(key.character)) {
        draw(out);
    } else {
        bell(out);
    }
    last_ = doing_;
    return result;
}

LineEdit::Result LineEdit::prefixed(Prefix prefix, Key const& key, std::string& out) {
    switch (prefix) {
        case Prefix::none: CW_UNREACHABLE();
        case Prefix::escape: {
            Key meta = key;
            meta.alt = true;
            return this->key(meta, out);
        }
        case Prefix::control_x:
            if (key.is_ctrl(U'u')) return dispatch(Key::ctrl(U'_'), out);
            if (!key.is_ctrl(U'x')) {
                bell(out);
                return Result::editing;
            }
            mark_ = std::min(mark_, buffer_.size());
            inverse_from_ = std::min(mark_, buffer_.caret());
            inverse_to_ = std::max(mark_, buffer_.caret());
            move_caret(std::exchange(mark_, buffer_.caret()), out);
            return Result::editing;
        case Prefix::quoted:
            for (char32_t const code : to_utf32(encode_key(key, false)))
                if (code != 0) buffer_.insert_typed(code);
            draw(out);
            return Result::editing;
        case Prefix::find_forward: find_character(key.character, true, out); return Result::editing;
        case Prefix::find_backward: find_character(key.character, false, out); return Result::editing;
        case Prefix::show_all: return answer_show_all(key, out);
    }
    return Result::editing;
}

LineEdit::Result LineEdit::control_key(char32_t character, std::string& out) {
    switch (character) {
        case U'a': move_caret(0, out); break;
        case U'b': move_caret(buffer_.previous(buffer_.caret()), out); break;
        case U'c': return interrupt(out);
        case U'd': return delete_or_end(out);
        case U'e': move_caret(buffer_.size(), out); break;
        case U'f': move_caret(buffer_.next(buffer_.caret()), out); break;
        case U'g': bell(out); break;
        case U'h': return special_key(Key::special(Key::Code::backspace), out);
        case U'i': complete(out); break;
        case U'j':
        case U'm': return accept(out);
        case U'k': kill(buffer_.caret(), buffer_.size(), out); break;
        case U'l': clear_screen(out); break;
        case U'n': next_line(out); break;
        case U'p': previous_line(out); break;
        case U'q':
        case U'v': prefix_ = Prefix::quoted; break;
        case U'r': search_begin(false, out); break;
        case U's': search_begin(true, out); break;
        case U't': transpose_characters(out); break;
        case U'u': kill(buffer_.caret(), 0, out); break;
        case U'w': kill(buffer_.caret(), buffer_.blank_word_start(buffer_.caret()), out); break;
        case U'x': prefix_ = Prefix::control_x; break;
        case U'y': yank(out); break;
        case U'@':
        case U' ': mark_ = buffer_.caret(); break;
        case U']': prefix_ = Prefix::find_forward; break;
        case U'_':
        case U'/':
        case U'-':
            if (buffer_.undo())
                draw(out);
            else
                bell(out);
            break;
        case U'[': prefix_ = Prefix::escape; break;
        default: bell(out);
    }
    return Result::editing;
}

void LineEdit::meta_key(char32_t character, std::string& out) {
    switch (character) {
        case U'b': move_caret(buffer_.word_start(buffer_.caret()), out); break;
        case U'f': move_caret(buffer_.word_end(buffer_.caret()), out); break;
        case U'd': kill(buffer_.caret(), buffer_.word_end(buffer_.caret()), out); break;
        case U'.':
        case U'_': yank_last_argument(out); break;
        case U'y': yank_pop(out); break;
        case U'u': change_case(Case::upper, out); break;
        case U'l': change_case(Case::lower, out); break;
        case U'c': change_case(Case::capital, out); break;
        case U't': transpose_words(out); break;
        case U'\\': delete_blanks_around(out); break;
        case U'<': go_to_history(0, out); break;
        case U'>': go_to_history(host_.history().size(), out); break;
        case U'r':
            buffer_.undo_everything();
            draw(out);
            break;
        case U'?':
        case U'=':
            last_ = Last::complete; // lists at once
            complete(out);
            break;
        case U' ': mark_ = buffer_.caret(); break;
        default: bell(out);
    }
}

LineEdit::Result LineEdit::special_key(Key const& key, std::string& out) {
    bool const by_word = key.control || key.alt;
    std::size_t const caret = buffer_.caret();
    switch (key.code) {
        case Key::Code::enter: return accept(out);
        case Key::Code::tab:
            if (!key.shift) complete(out);
            break;
        case Key::Code::backspace:
            if (by_word) {
                kill(caret, buffer_.word_start(caret), out);
            } else if (caret == 0) {
                bell(out);
            } else {
                // A mark goes alone, with what it stands on only when deleted forwards, as in readline.
                buffer_.erase(buffer_.previous(caret), caret);
                draw(out);
            }
            break;
        case Key::Code::del:
            if (caret == buffer_.size()) {
                bell(out);
            } else {
                buffer_.erase(caret, buffer_.next(caret));
                draw(out);
            }
            break;
        case Key::Code::escape: prefix_ = Prefix::escape; break;
        case Key::Code::left: move_caret(by_word ? buffer_.word_start(caret) : buffer_.previous(caret), out); break;
        case Key::Code::right: move_caret(by_word ? buffer_.word_end(caret) : buffer_.next(caret), out); break;
        case Key::Code::up: previous_line(out); break;
        case Key::Code::down: next_line(out); break;
        case Key::Code::home: move_caret(0, out); break;
        case Key::Code::end: move_caret(buffer_.size(), out); break;
        default: break;
    }
    return Result::editing;
}

void LineEdit::text(std::string_view utf8, std::string& out) {
    for (char32_t const character : to_utf32(utf8)) {
        if (character == U'\n') {
            insert(U"\n", out);
            continue;
        }
        if (character >= 0x20 && character != 0x7F) key(Key::of(character), out);
    }
}

void LineEdit::paste(std::string_view utf8, std::string& out) {
    if (search_.active) search_end(false, out);
    prefix_ = Prefix::none;
    std::u32string pasted;
    for (char32_t const character : to_utf32(replace_all(utf8, "\r\n", "\n")))
        pasted += character == U'\r' ? U'\n' : character;
    inverse_from_ = buffer_.caret();
    if (!buffer_.insert(pasted)) bell(out);
    inverse_to_ = buffer_.caret();
    last_ = Last::other;
    draw(out);
}

void LineEdit::set_line(std::string_view utf8, std::size_t caret, std::string& out) {
    if (search_.active) search_end(false, out);
    prefix_ = Prefix::none;
    inverse_from_ = inverse_to_ = 0;
    if (!buffer_.replace_all(to_utf32(utf8), caret)) bell(out);
    last_ = Last::other;
    draw(out);
}

LineEdit::Result LineEdit::accept(std::string& out) {
    draw(out);
    display_.finish(out);
    return Result::accepted;
}

LineEdit::Result LineEdit::interrupt(std::string& out) {
    out += "^C\r\n";
    buffer_.reset({});
    search_.active = false;
    return Result::interrupted;
}

void LineEdit::move_caret(std::size_t to, std::string& out) {
    buffer_.set_caret(to);
    draw(out);
}

void LineEdit::insert(std::u32string_view text, std::string& out) {
    if (!buffer_.insert(text)) bell(out);
    draw(out);
}

}
