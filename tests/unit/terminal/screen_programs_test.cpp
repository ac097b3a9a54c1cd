// Programs that take the whole screen and read the keys themselves: nano and less.
#include "desk.hpp"
#include "terminal/commands/nano_text.hpp"

#include <doctest/doctest.h>

using namespace cw::terminal;
using namespace cw::terminal::commands;
using test::Desk;

namespace {

std::string file(Desk& desk, std::string const& path) {
    for (SavedFile const& saved : desk.terminal.changes())
        if (saved.path == path && !saved.removed) return saved.content;
    return "(none)";
}

Desk with_file(std::string const& content) {
    Terminal::Options options = test::lesson();
    options.files.push_back({"notes", content});
    return Desk(std::move(options));
}

}

TEST_CASE("terminal.nano: a new file is written, saved under a name and left") {
    Desk desk;
    desk.enter("nano");
    REQUIRE(desk.terminal.screen().is_alternate());
    CHECK(desk.rows().find("New Buffer") != std::string::npos);
    desk.type("hello\n\tw\xC3\xB6rld");
    CHECK(desk.terminal.screen().row_text(1) == "hello");
    CHECK(desk.terminal.screen().row_text(2) == "        w\xC3\xB6rld");
    CHECK(desk.terminal.screen().cursor().row == 2);
    CHECK(desk.terminal.screen().cursor().column == 13);
    CHECK(desk.rows().find("Modified") != std::string::npos);
    desk.press(Key::ctrl(U'x'));
    CHECK(desk.rows().find("Save modified buffer?") != std::string::npos);
    desk.type("y");
    CHECK(desk.rows().find("File Name to Write:") != std::string::npos);
    desk.type("greeting\n");
    CHECK_FALSE(desk.terminal.screen().is_alternate());
    CHECK(file(desk, "/home/learner/greeting") == "hello\n\tw\xC3\xB6rld\n");
    desk.enter("echo $?");
    CHECK(desk.rows().find("\n0\n") != std::string::npos);
}

TEST_CASE("terminal.nano: cut, paste, undo, search and save") {
    Desk desk = with_file("one\ntwo\nthree\nfour\n");
    desk.enter("nano notes");
    CHECK(desk.rows().find("[ Read notes ]") != std::string::npos);
    desk.press(Key::ctrl(U'k'));
    desk.press(Key::ctrl(U'k'));
    CHECK(desk.terminal.screen().row_text(1) == "three");
    desk.press(Key::special(Key::Code::down));
    desk.press(Key::ctrl(U'u'));
    desk.press(Key::ctrl(U's'));
    CHECK(file(desk, "/home/learner/notes") == "three\none\ntwo\nfour\n");
    desk.press(Key::meta(U'u'));
    CHECK(desk.terminal.screen().row_text(2) == "four");
    desk.press(Key::meta(U'e'));
    CHECK(desk.terminal.screen().row_text(2) == "one");
    desk.press(Key::ctrl(U'w'));
    desk.type("FOUR\n");
    CHECK(desk.terminal.screen().cursor().row == 4);
    desk.press(Key::ctrl(U'x')); // redone to what was saved: nothing to ask
    CHECK_FALSE(desk.terminal.screen().is_alternate());
}

TEST_CASE("terminal.nano: leaving without saving asks, and Ctrl-C goes back to the text") {
    Desk desk = with_file("one\n");
    desk.enter("nano notes");
    desk.type("x");
    desk.press(Key::ctrl(U'x'));
    desk.press(Key::ctrl(U'c'));
    CHECK(desk.rows().find("[ Cancelled ]") != std::string::npos);
    desk.press(Key::ctrl(U'c'));
    CHECK(desk.rows().find("[ line 1/2 (50%), col 2/5 (40%) ]") != std::string::npos);
    desk.press(Key::ctrl(U'x'));
    desk.type("n");
    CHECK_FALSE(desk.terminal.screen().is_alternate());
    CHECK(file(desk, "/home/learner/notes") == "(none)");
}

TEST_CASE("terminal.nano: what cannot be written or opened is said") {
    Desk desk = with_file("one\n");
    desk.enter("chmod a-w notes; nano notes");
    desk.type("x");
    desk.press(Key::ctrl(U's'));
    CHECK(desk.rows().find("[ Error writing notes: Permission denied ]") != std::string::npos);
    desk.press(Key::ctrl(U'x'));
    desk.type("n");
    desk.enter("nano /tmp; printf '\\xff' > bytes; nano bytes; echo x | nano");
    CHECK(desk.rows().find("nano: \"/tmp\" is a directory\nnano: bytes is not a text in UTF-8\n"
                           "nano: it needs a terminal\n") != std::string::npos);
}

TEST_CASE("terminal.nano: a long line scrolls sideways with the caret") {
    Desk desk = with_file(std::string(200, 'a') + "END\n");
    desk.enter("nano notes");
    CHECK(desk.terminal.screen().row_text(1) == std::string(79, 'a') + ">");
    desk.press(Key::special(Key::Code::end));
    CHECK(desk.terminal.screen().row_text(1).find("END") != std::string::npos);
    CHECK(desk.terminal.screen().row_text(1)[0] == '<');
}

TEST_CASE("terminal: a program on the whole screen draws it anew when that gets another size") {
    Desk desk = with_file(std::string(60, 'a') + "END\n");
    desk.enter("nano notes");
    desk.terminal.resize(40, 24);
    desk.settle();
    CHECK(desk.terminal.screen().row_text(1) == std::string(39, 'a') + ">");
    desk.press(Key::ctrl(U'x'));
    desk.enter("seq -s ' ' 500 | less");
    std::string const before = desk.terminal.screen().row_text(1);
    desk.terminal.resize(30, 24);
    desk.settle();
    CHECK(before.size() > 30);
    CHECK(desk.terminal.screen().row_text(0) == "1 2 3 4 5 6 7 8 9 10 11 12 13");
    CHECK(desk.terminal.screen().row_text(1) == "14 15 16 17 18 19 20 21 22 23");
    desk.type("q");
    desk.enter("echo back");
    CHECK(desk.rows().find("\nback\n") != std::string::npos);
}

TEST_CASE("terminal: a manual page is as wide as the screen, and its lines end between words") {
    for (int const columns : {80, 42}) {
        Desk desk;
        desk.terminal.resize(columns, 24);
        desk.enter("man ls");
        CHECK(desk.terminal.screen().row_text(0).size() == static_cast<std::size_t>(columns));
        CHECK(desk.terminal.screen().row_text(0).substr(0, 5) == "LS(1)");
        CHECK(desk.terminal.screen().row_text(2) == "NAME");
        CHECK(desk.rows().find(" characters\n") !=
              std::string::npos); // of "print C-style escapes for nongraphic characters"
        desk.type("q");
    }
}

TEST_CASE("terminal.nano.text: whatever is done can be undone to the first letter") {
    NanoText text("alpha beta\n\ngamma");
    std::string const before = text.utf8();
    CHECK(before == "alpha beta\n\ngamma\n");
    text.word_right();
    CHECK(text.caret().column == 6);
    text.insert(U"x");
    text.insert(U"y");
    text.break_line();
    text.erase_before();
    text.erase_before();
    text.cut_line();
    text.cut_line();
    text.cut_line();
    CHECK(text.utf8() == "");
    text.paste();
    CHECK(text.utf8() == "alpha xbeta\n\ngamma\n");
    text.last();
    text.erase_before();
    text.erase_at();
    CHECK(text.is_modified());
    std::string const end = text.utf8();
    while (text.undo()) {}
    CHECK(text.utf8() == before);
    CHECK_FALSE(text.is_modified());
    while (text.redo()) {}
    CHECK(text.utf8() == end);
    text.first();
    CHECK_FALSE(text.find(U"nowhere"));
    REQUIRE(text.find(U"GAM"));
    text.word_left();
    CHECK(text.caret() == NanoText::Place{0, 6});
}

TEST_CASE("terminal.less: a long text is paged, searched and left") {
    Desk desk;
    desk.enter("seq 100 | less");
    REQUIRE(desk.terminal.screen().is_alternate());
    CHECK(desk.terminal.screen().row_text(0) == "1");
    desk.type(" ");
    CHECK(desk.terminal.screen().row_text(0) == "24");
    desk.type("/77\n");
    CHECK(desk.terminal.screen().row_text(0) == "77");
    desk.type("G");
    CHECK(desk.terminal.screen().row_text(22) == "100");
    CHECK(desk.terminal.screen().row_text(23) == "(END)");
    desk.type("q");
    CHECK_FALSE(desk.terminal.screen().is_alternate());
    desk.enter("echo back");
    CHECK(desk.rows().find("back\n") != std::string::npos);
}
