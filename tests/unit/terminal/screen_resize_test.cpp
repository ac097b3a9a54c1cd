// Lines are wrapped anew when the width changes, the cursor stays on its character, and nothing is lost.
#include "terminal/screen.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace cw::terminal;

std::string rows(Screen const& screen) {
    std::string text;
    for (int row = -screen.scrollback(); row < screen.rows(); ++row) text += screen.row_text(row) + "|";
    while (text.size() > 1 && text[text.size() - 2] == '|') text.pop_back();
    return text;
}

}

TEST_CASE("terminal.screen.resize: a narrower screen wraps lines, a wider one joins them") {
    Screen screen(10, 4);
    screen.write("abcdefghijKLM\r\nxyz");
    CHECK(rows(screen) == "abcdefghij|KLM|xyz|");
    screen.resize(5, 4);
    CHECK(rows(screen) == "abcde|fghij|KLM|xyz|");
    CHECK(screen.cursor().row == 3);
    CHECK(screen.cursor().column == 3);
    screen.resize(20, 4);
    CHECK(rows(screen) == "abcdefghijKLM|xyz|");
    CHECK(screen.cursor().row == 1);
    CHECK(screen.cursor().column == 3);
    screen.write("!");
    CHECK(screen.row_text(1) == "xyz!");
}

TEST_CASE("terminal.screen.resize: the cursor stays on its character") {
    Screen screen(10, 4);
    screen.write("abcdefghijKLM\x1b[1;4H");
    screen.resize(3, 6);
    screen.write("*");
    CHECK(rows(screen) == "abc|*ef|ghi|jKL|M|");
}

TEST_CASE("terminal.screen.resize: a cursor behind a full row goes on in the next") {
    Screen screen(10, 4);
    screen.write("abcdefghij");
    screen.resize(20, 4);
    screen.write("K");
    CHECK(rows(screen) == "abcdefghijK|");
    Screen narrow(10, 4);
    narrow.write("abcdefghij");
    narrow.resize(5, 4);
    narrow.write("K");
    CHECK(rows(narrow) == "abcde|fghij|K|");
}

TEST_CASE("terminal.screen.resize: a full screen keeps its bottom, one with room keeps its top") {
    Screen full(10, 3);
    for (int number = 0; number < 8; ++number) full.write((number ? "\r\n" : "") + std::to_string(number));
    full.resize(10, 5);
    CHECK(full.row_text(0) == "3");
    CHECK(full.row_text(4) == "7");
    CHECK(full.cursor().row == 4);
    full.resize(10, 2);
    CHECK(full.row_text(1) == "7");
    CHECK(full.scrollback() == 6);
    Screen cleared(10, 3);
    for (int number = 0; number < 8; ++number) cleared.write(std::to_string(number) + "\r\n");
    cleared.write("\x1b[H\x1b[2J$ ");
    cleared.resize(10, 6);
    CHECK(cleared.row_text(0) == "$");
    CHECK(cleared.cursor().row == 0);
}

TEST_CASE("terminal.screen.resize: wide characters are not cut") {
    Screen screen(6, 4);
    screen.write("\u65e5\u672c\u8a9e");
    screen.resize(5, 4);
    CHECK(rows(screen) == "\u65e5\u672c|\u8a9e|");
    screen.resize(12, 4);
    CHECK(rows(screen) == "\u65e5\u672c\u8a9e|");
    screen.resize(1, 4);
    CHECK(screen.columns() == 1);
}

TEST_CASE("terminal.screen.resize: the alternate screen is cut, the main one behind it is wrapped") {
    Screen screen(10, 3);
    screen.write("abcdefghijKLM\x1b[?1049h\x1b[Hfull screen");
    screen.resize(5, 3);
    CHECK(screen.row_text(0) == "full");
    screen.write("\x1b[?1049l");
    CHECK(rows(screen) == "abcde|fghij|KLM|");
    screen.write("!");
    CHECK(rows(screen) == "abcde|fghij|KLM!|");
}

TEST_CASE("terminal.screen.resize: there and back is the same text") {
    Screen screen(40, 6);
    for (int number = 0; number < 30; ++number)
        screen.write("line " + std::to_string(number) + std::string(static_cast<std::size_t>(number * 3 % 50), '.') +
                     "\r\n");
    std::string const before = rows(screen);
    std::uint32_t const layout = screen.layout();
    for (int width : {7, 100, 1, 33, 40}) screen.resize(width, 6);
    CHECK(rows(screen) == before);
    CHECK(screen.layout() == layout + 5);
}
