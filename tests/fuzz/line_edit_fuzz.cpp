// Keys into the line editor: after each one the screen shows exactly what a fresh drawing of the same line would show,
// and the caret is inside the line. Bytes below 0x20 are control keys, 0x80 and up special keys and changes from
// outside.
#include "ground/assert.hpp"
#include "ground/text.hpp"
#include "terminal/line_edit.hpp"
#include "terminal/screen.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace cw::terminal;

struct Desk final : LineEditHost {
    std::vector<std::string> lines{"echo one", "echo \xe6\x97\xa5\xe6\x9c\xac 'two", "for i in 1 2; do\necho $i; done"};
    std::vector<std::string> const& history() const override { return lines; }
    Completions complete(std::string_view, std::size_t caret) override { return {caret, {{"x y", "x y", ""}}, {}}; }
};

std::string text_of(Screen const& screen) {
    std::string text;
    for (int row = 0; row < screen.rows(); ++row) text += screen.row_text(row) + "\n";
    Cursor const cursor = screen.cursor();
    return text + std::to_string(cursor.row) + ";" + std::to_string(cursor.column);
}

constexpr int columns = 13, rows = 30;

// What drawing the line from nothing gives.
std::string fresh(Desk& desk, LineEdit const& editor) {
    LineEdit other(desk);
    other.resize(columns, rows);
    Screen screen(columns, rows);
    std::string out;
    other.begin("> ", 0, out);
    other.set_line(editor.line(), editor.caret(), out);
    screen.write(out);
    return text_of(screen);
}

Key key_of(unsigned char byte) {
    if (byte < 0x20) return Key::ctrl(byte == 0x1F ? U'_' : static_cast<char32_t>(byte + 0x60));
    if (byte < 0x80) return Key::of(byte);
    if (byte < 0xA0) return Key::special(static_cast<Key::Code>(byte % 15));
    if (byte < 0xD0) return Key::meta(static_cast<char32_t>(byte - 0xA0 + 0x2E));
    char32_t const some[] = {U'\u65e5', U'\u0301', U'\u00e9', U'\U0001f600', U'\u200b'};
    return Key::of(some[byte % 5]);
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Desk desk;
    LineEdit editor(desk);
    editor.resize(columns, rows);
    Screen screen(columns, rows);
    std::string out;
    editor.begin("> ", 0, out);
    for (std::size_t at = 0; at < size && at < 300; ++at) {
        unsigned char const byte = data[at];
        LineEdit::Result result = LineEdit::Result::editing;
        if (byte == 0xFF)
            editor.set_line("set \xe6\x97\xa5 line", at % 8, out);
        else if (byte == 0xFE)
            editor.paste("two\nlines", out);
        else
            result = editor.key(key_of(byte), out);
        screen.write(out);
        out.clear();
        if (result != LineEdit::Result::editing) {
            out = "\x1b[H\x1b[2J\x1b[3J";
            editor.begin("> ", 0, out);
            continue;
        }
        CW_ASSERT(editor.caret() <= cw::to_utf32(editor.line()).size());
        // A search shows another prompt, and a line higher than the screen has scrolled.
        bool const fits = cw::to_utf32(editor.line()).size() < 150 && screen.scrollback() == 0;
        if (!editor.is_searching() && fits) CW_ASSERT(text_of(screen) == fresh(desk, editor));
    }
    return 0;
}
