#include "terminal/selection.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace cw::terminal;

TextPlace at(Screen const& screen, int row, int column) { return {screen.line_number(row), column}; }

}

TEST_CASE("terminal.selection: dragged text keeps line ends and joins wrapped rows") {
    Screen screen(10, 5);
    screen.write("one two   \r\nabcdefghijKLM\r\n\r\nlast");
    auto const all = selected_text(screen, select_all(screen));
    CHECK(all == "one two\nabcdefghijKLM\n\nlast");
    auto const part = selection_between(at(screen, 2, 2), at(screen, 0, 4));
    CHECK(selected_text(screen, part) == "two\nabcdefghijKL");
    CHECK(selected_text(screen, selection_between(at(screen, 0, 3), at(screen, 0, 3))).empty());
}

TEST_CASE("terminal.selection: a double click takes a word or path, a triple click the whole line") {
    Screen screen(12, 4);
    screen.write("cat /tmp/a-b.txt (x)");
    CHECK(selected_text(screen, word_at(screen, at(screen, 0, 1))) == "cat");
    CHECK(selected_text(screen, word_at(screen, at(screen, 1, 0))) == "/tmp/a-b.txt");
    CHECK(selected_text(screen, word_at(screen, at(screen, 1, 6))) == "x");
    CHECK(selected_text(screen, line_at(screen, at(screen, 0, 1))) == "cat /tmp/a-b.txt (x)");
    CHECK(word_at(screen, at(screen, 3, 5)).is_empty());
}

TEST_CASE("terminal.selection: wide characters are taken whole from either half") {
    Screen screen(20, 2);
    screen.write("a \u65e5\u672c b");
    CHECK(selected_text(screen, word_at(screen, at(screen, 0, 3))) == "\u65e5\u672c");
    CHECK(selected_text(screen, word_at(screen, at(screen, 0, 5))) == "\u65e5\u672c");
}

TEST_CASE("terminal.selection: a selection stays with its text while the screen scrolls") {
    Screen screen(10, 2, 5);
    screen.write("first\r\nsecond");
    Selection const selection = word_at(screen, at(screen, 0, 0));
    screen.write("\r\nthird\r\nfourth");
    CHECK(selected_text(screen, selection) == "first");
    for (int number = 0; number < 10; ++number) screen.write("\r\nmore");
    CHECK(selected_text(screen, selection).empty()); // gone from the scrollback
}

TEST_CASE("terminal.selection: search finds in either direction, in any case, across wrapped rows, and wraps around") {
    Screen screen(10, 4);
    screen.write("Needle 1\r\n12345678 needle 2\r\nend");
    TextPlace const top = at(screen, 0, 0);
    auto const first = find_text(screen, "NEEDLE", top, Direction::forward);
    REQUIRE(first);
    CHECK(first->from == TextPlace{1, 9}); // after the place itself
    auto const second = find_text(screen, "needle", first->from, Direction::forward);
    REQUIRE(second);
    CHECK(second->from == top);
    CHECK(find_text(screen, "needle", top, Direction::backward)->from == first->from);
    CHECK(find_text(screen, "needle", at(screen, 3, 0), Direction::backward)->from == first->from);
    CHECK_FALSE(find_text(screen, "absent", top, Direction::forward));
    CHECK_FALSE(find_text(screen, "", top, Direction::forward));
}

TEST_CASE("terminal.selection: addresses are found in text and in OSC 8 links") {
    Screen screen(40, 3);
    screen.write("see https://example.org/a?b=c. now\r\n\x1b]8;;https://x.example/\aclick\x1b]8;;\a here");
    CHECK(address_at(screen, at(screen, 0, 10)) == "https://example.org/a?b=c");
    CHECK(address_at(screen, at(screen, 0, 1)).empty());
    CHECK(address_at(screen, at(screen, 1, 2)) == "https://x.example/");
    CHECK(address_at(screen, at(screen, 1, 8)).empty());
    CHECK(address_at(screen, {999, 3}).empty());
}
