#pragma once
// One key press, as the page reports it: a special key or a character with its modifiers. Text from an input method or
// a phone's keyboard does not come this way (Terminal::text, Terminal::set_line).

#include <cstdint>
#include <string>

namespace cw::terminal {

struct Key {
    enum class Code : std::uint8_t {
        character, // `character`, lower case when control is held
        enter,
        tab,
        backspace,
        escape,
        left,
        right,
        up,
        down,
        home,
        end,
        page_up,
        page_down,
        insert,
        del,
    };
    Code code = Code::character;
    char32_t character = 0;
    bool control = false, alt = false, shift = false;

    static Key of(char32_t character) { return {Code::character, character, false, false, false}; }
    static Key ctrl(char32_t character) { return {Code::character, character, true, false, false}; }
    static Key meta(char32_t character) { return {Code::character, character, false, true, false}; }
    static Key special(Code code) { return {code, 0, false, false, false}; }
    [[nodiscard]] bool is_ctrl(char32_t wanted) const {
        return code == Code::character && control && !alt && character == wanted;
    }
};

// What an xterm sends for the key, for programs that read the terminal raw; application_cursor is DECCKM.
[[nodiscard]] std::string encode_key(Key const& key, bool application_cursor);

}
