// What the goldens do not see: colours and attributes, links, titles, modes, replies, scrollback, clusters.
#include "terminal/screen.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace cw::terminal;

Cell cell_after(std::string_view bytes) {
    Screen screen(20, 2);
    screen.write(bytes);
    return screen.row(0)[0];
}

std::string reply_to(std::string_view bytes) {
    Screen screen(80, 24);
    std::string reply;
    screen.set_reply([&](std::string_view answer) { reply += answer; });
    screen.write(bytes);
    return reply;
}

}

TEST_CASE("terminal.screen: SGR sets and clears attributes") {
    CHECK(cell_after("\x1b[1;2;3;5;7;8;9;53mx").is(Attribute::bold));
    for (Attribute const attribute : {Attribute::bold, Attribute::dim, Attribute::italic, Attribute::blink,
                                      Attribute::inverse, Attribute::hidden, Attribute::strike, Attribute::overline}) {
        CHECK(cell_after("\x1b[1;2;3;5;7;8;9;53mx").is(attribute));
        CHECK_FALSE(cell_after("\x1b[1;2;3;5;7;8;9;53m\x1b[22;23;25;27;28;29;55mx").is(attribute));
        CHECK_FALSE(cell_after("\x1b[1;2;3;5;7;8;9;53m\x1b[mx").is(attribute));
    }
    CHECK(cell_after("\x1b[4mx").underline() == Underline::single);
    CHECK(cell_after("\x1b[21mx").underline() == Underline::doubled);
    CHECK(cell_after("\x1b[4:3mx").underline() == Underline::curly);
    CHECK(cell_after("\x1b[4:5mx").underline() == Underline::dashed);
    CHECK(cell_after("\x1b[4m\x1b[4:0mx").underline() == Underline::none);
    CHECK(cell_after("\x1b[4m\x1b[24mx").underline() == Underline::none);
}

TEST_CASE("terminal.screen: SGR colours in all their forms") {
    CHECK(cell_after("x").foreground == Color());
    CHECK(cell_after("\x1b[31;42mx").foreground == Color::palette(1));
    CHECK(cell_after("\x1b[31;42mx").background == Color::palette(2));
    CHECK(cell_after("\x1b[97;100mx").foreground == Color::palette(15));
    CHECK(cell_after("\x1b[97;100mx").background == Color::palette(8));
    CHECK(cell_after("\x1b[38;5;200mx").foreground == Color::palette(200));
    CHECK(cell_after("\x1b[38:5:200mx").foreground == Color::palette(200));
    CHECK(cell_after("\x1b[48;2;1;2;3mx").background == Color::rgb(1, 2, 3));
    CHECK(cell_after("\x1b[48:2:1:2:3mx").background == Color::rgb(1, 2, 3));
    CHECK(cell_after("\x1b[48:2::1:2:3mx").background == Color::rgb(1, 2, 3));
    CHECK(cell_after("\x1b[38;5;200;1mx").is(Attribute::bold));
    CHECK(cell_after("\x1b[58;2;1;2;3;1mx").is(Attribute::bold));
    CHECK(cell_after("\x1b[31m\x1b[39mx").foreground == Color());
    // Cut short: nothing is set, nothing breaks.
    CHECK(cell_after("\x1b[38;2;1mx").foreground == Color());
    CHECK(cell_after("\x1b[38mx").foreground == Color());
    CHECK(Color::rgb(1, 2, 3).green() == 2);
}

TEST_CASE("terminal.screen: erased cells take the background, and only that") {
    Cell const cell = cell_after("abc\x1b[1;31;44m\x1b[2K");
    CHECK(cell.background == Color::palette(4));
    CHECK(cell.foreground == Color());
    CHECK_FALSE(cell.is(Attribute::bold));
    CHECK(cell.glyph == 0);
}

TEST_CASE("terminal.screen: hyperlinks keep their address, and the same id is the same link") {
    Screen screen(40, 2);
    screen.write(
        "\x1b]8;id=a;https://one.example/\x1b\\AB\x1b]8;;\x1b\\-\x1b]8;id=a;https://one.example/\aC\x1b]8;;\a");
    Cell const* const row = screen.row(0);
    CHECK(screen.link_address(row[0].link()) == "https://one.example/");
    CHECK(row[2].link() == 0);
    CHECK(row[3].link() == row[0].link());
    CHECK(screen.link_address(0).empty());
    CHECK(screen.link_address(999).empty());
}

TEST_CASE("terminal.screen: links that nothing shows any more make room for new ones") {
    Screen screen(20, 2, 0);
    for (int number = 0; number < 3000; ++number)
        screen.write("\r\x1b]8;;https://example/" + std::to_string(number) + "\ax\x1b]8;;\a");
    CHECK(screen.link_address(screen.row(0)[0].link()) == "https://example/2999");
}

TEST_CASE("terminal.screen: title, bell, cursor shape and modes") {
    Screen screen(20, 2);
    screen.write("\x1b]0;first\a\x1b]2;second\x1b\\\a\a\x1b[5 q\x1b[?25l\x1b[?1h\x1b=\x1b[?2004h\x1b[?1004h\x1b[?5h");
    CHECK(screen.title() == "second");
    CHECK(screen.bells() == 2);
    CHECK(screen.cursor().shape == CursorShape::bar);
    CHECK(screen.cursor().blinking);
    CHECK_FALSE(screen.cursor().visible);
    CHECK(screen.input_modes().application_cursor_keys);
    CHECK(screen.input_modes().application_keypad);
    CHECK(screen.input_modes().bracketed_paste);
    CHECK(screen.input_modes().focus_reports);
    CHECK(screen.is_inverse());
    screen.write("\x1b[2 q");
    CHECK(screen.cursor().shape == CursorShape::block);
    CHECK_FALSE(screen.cursor().blinking);
    screen.write(
        "\x1b"
        "c");
    CHECK(screen.cursor().visible);
    CHECK(screen.title() == "second");
    CHECK(screen.bells() == 2);
}

TEST_CASE("terminal.screen: answers to what programs ask") {
    CHECK(reply_to("\x1b[5n") == "\x1b[0n");
    CHECK(reply_to("ab\x1b[6n") == "\x1b[1;3R");
    CHECK(reply_to("\x1b[c") == "\x1b[?62;22c");
    CHECK(reply_to("\x1b[>c") == "\x1b[>1;10;0c");
    CHECK(reply_to("\x1b[18t") == "\x1b[8;24;80t");
    CHECK(reply_to("\x1b[?7$p\x1b[?2004$p\x1b[4$p\x1b[?9999$p") == "\x1b[?7;1$y\x1b[?2004;2$y\x1b[4;2$y\x1b[?9999;0$y");
    CHECK(reply_to("\x1bP$qm\x1b\\") == "\x1bP0$r\x1b\\");
}

TEST_CASE("terminal.screen: rows that scroll away are the scrollback, the oldest are dropped") {
    Screen screen(10, 3, 5);
    for (int number = 0; number < 20; ++number) screen.write(std::to_string(number) + "\r\n");
    CHECK(screen.scrollback() == 5);
    CHECK(screen.row_text(0) == "18");
    CHECK(screen.row_text(-1) == "17");
    CHECK(screen.row_text(-5) == "13");
    CHECK(screen.line_number(0) == 18);
    CHECK(screen.row_text(screen.row_of_line(15)) == "15");
    screen.write("\x1b[3J");
    CHECK(screen.scrollback() == 0);
    CHECK(screen.row_text(0) == "18");
    CHECK(screen.line_number(0) == 18);
}

TEST_CASE("terminal.screen: a region below a fixed top line and the alternate screen feed no scrollback") {
    Screen screen(10, 4, 10);
    screen.write("\x1b[2;4r\x1b[4;1H\n\n\n");
    CHECK(screen.scrollback() == 0);
    screen.write("\x1b[r\x1b[?1049h\x1b[4;1H\n\n\n");
    CHECK(screen.scrollback() == 0);
    CHECK(screen.is_alternate());
    screen.write("\x1b[?1049l\x1b[1;3r\x1b[3;1Hx\n\n");
    CHECK(screen.scrollback() == 2); // a region at the top does
}

TEST_CASE("terminal.screen: combining marks make clusters, and those nobody shows are dropped") {
    Screen screen(10, 2, 0);
    screen.write("e\u0301\u0302z");
    CHECK(screen.code(screen.row(0)[0]) == U'e');
    CHECK(screen.marks(screen.row(0)[0]) == U"\u0301\u0302");
    CHECK(screen.marks(screen.row(0)[1]).empty());
    CHECK(screen.row_text(0) == "e\u0301\u0302z");
    // More different clusters than there is room for: what is on screen stays right.
    for (int number = 0; number < 6000; ++number) {
        std::string text = "\r";
        text += static_cast<char>('a' + number % 26);
        for (int digit = number; digit > 0; digit /= 8)
            text += "\xcc" + std::string(1, static_cast<char>(0x80 + digit % 8));
        screen.write(text);
    }
    CHECK(screen.code(screen.row(0)[0]) == static_cast<char32_t>('a' + 5999 % 26));
    CHECK(screen.marks(screen.row(0)[1]).empty());
    std::string many = "\rx";
    for (int number = 0; number < 50; ++number) many += "\u0301";
    screen.write(many);
    CHECK(screen.marks(screen.row(0)[0]).size() == static_cast<std::size_t>(limits::marks_on_a_cell));
}

TEST_CASE("terminal.screen: the revision changes with what can be seen") {
    Screen screen(10, 2);
    auto const before = screen.revision();
    screen.write("");
    screen.write("\x1b[");
    CHECK(screen.revision() == before);
    screen.write("1mx");
    CHECK(screen.revision() > before);
}

TEST_CASE("terminal.screen: sizes are clamped") {
    CHECK(Screen(0, -3).columns() == 1);
    CHECK(Screen(0, -3).rows() == 1);
    CHECK(Screen(99999, 99999).columns() == limits::max_columns);
    Screen tiny(1, 1);
    tiny.write("\u4e2dab\x1b[99;99Hc\x1b[99@\x1b[99P\x1b[99L\x1b[99M\r\n\x1b[99b");
    CHECK(tiny.rows() == 1);
}
