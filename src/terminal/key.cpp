#include "terminal/key.hpp"

#include "ground/text.hpp"

namespace cw::terminal {

namespace {

std::string modified(char const* start, int modifier, char final) {
    return modifier == 1 ? std::string("\x1b[") + (start[0] == '1' ? "" : start) + final
                         : std::string("\x1b[") + start + ";" + std::to_string(modifier) + final;
}

std::string cursor_key(char final, int modifier, bool application) {
    if (modifier == 1 && application) return std::string("\x1bO") + final;
    return modified("1", modifier, final);
}

std::string editing_key(char const* number, int modifier) { return modified(number, modifier, '~'); }

// A control character; 0 where the keyboard has none.
char control_of(char32_t character) {
    if (character >= U'a' && character <= U'z') return static_cast<char>(character - U'a' + 1);
    if (character >= U'@' && character <= U'_') return static_cast<char>(character - U'@');
    if (character == U'/') return '\x1f';
    if (character == U'?') return '\x7f';
    return 0;
}

std::string character_key(Key const& key) {
    std::string bytes;
    if (key.alt) bytes += '\x1b';
    if (key.control && (control_of(key.character) || key.character == U'@' || key.character == U' '))
        bytes += control_of(key.character);
    else
        append_utf8(bytes, key.character);
    return bytes;
}

}

std::string encode_key(Key const& key, bool application_cursor) {
    // xterm's modifier parameter: 1 + shift + 2 alt + 4 control.
    int const modifier = 1 + (key.shift ? 1 : 0) + (key.alt ? 2 : 0) + (key.control ? 4 : 0);
    char const* const alt = key.alt ? "\x1b" : "";
    switch (key.code) {
        case Key::Code::character: return character_key(key);
        case Key::Code::enter: return std::string(alt) + "\r";
        case Key::Code::tab: return key.shift ? "\x1b[Z" : std::string(alt) + "\t";
        case Key::Code::backspace: return std::string(alt) + (key.control ? "\b" : "\x7f");
        case Key::Code::escape: return std::string(alt) + "\x1b";
        case Key::Code::up: return cursor_key('A', modifier, application_cursor);
        case Key::Code::down: return cursor_key('B', modifier, application_cursor);
        case Key::Code::right: return cursor_key('C', modifier, application_cursor);
        case Key::Code::left: return cursor_key('D', modifier, application_cursor);
        case Key::Code::home: return cursor_key('H', modifier, application_cursor);
        case Key::Code::end: return cursor_key('F', modifier, application_cursor);
        case Key::Code::insert: return editing_key("2", modifier);
        case Key::Code::del: return editing_key("3", modifier);
        case Key::Code::page_up: return editing_key("5", modifier);
        case Key::Code::page_down: return editing_key("6", modifier);
    }
    return {};
}

}
