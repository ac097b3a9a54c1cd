// What the recorded transcripts cannot show: the line as a text field of the page changes it, what is spoken, resizing,
// limits, completions under other hosts.
#include "terminal/line_edit.hpp"

#include "terminal/screen.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace cw::terminal;

struct Desk final : LineEditHost {
    std::vector<std::string> lines;
    Completions completions;
    Screen screen{20, 6};
    LineEdit editor{*this};

    explicit Desk(std::vector<std::string> history_lines = {}) : lines(std::move(history_lines)) {
        std::string out;
        editor.resize(20, 6);
        editor.begin("> ", 0, out);
        screen.write(out);
    }
    std::vector<std::string> const& history() const override { return lines; }
    Completions complete(std::string_view, std::size_t) override { return completions; }

    LineEdit::Result key(Key const& key) {
        std::string out;
        LineEdit::Result const result = editor.key(key, out);
        screen.write(out);
        return result;
    }
    void type(std::string_view text) {
        std::string out;
        editor.text(text, out);
        screen.write(out);
    }
    void set(std::string_view text, std::size_t caret) {
        std::string out;
        editor.set_line(text, caret, out);
        screen.write(out);
    }
    [[nodiscard]] std::string rows() const {
        std::string text;
        for (int row = 0; row < screen.rows(); ++row) text += screen.row_text(row) + "|";
        while (text.size() > 1 && text[text.size() - 2] == '|') text.pop_back();
        return text;
    }
};

}

TEST_CASE("terminal.line_edit: the line and caret of a text field are taken over, and one undo takes them back") {
    Desk desk;
    desk.type("echo one");
    desk.set("echo two three", 4);
    CHECK(desk.editor.line() == "echo two three");
    CHECK(desk.editor.caret() == 4);
    CHECK(desk.rows() == "> echo two three|");
    CHECK(desk.screen.cursor().column == 6);
    desk.key(Key::ctrl(U'_'));
    CHECK(desk.editor.line() == "echo one");
    desk.set("", 0);
    CHECK(desk.rows() == ">|");
    desk.set("\u65e5\u672c", 1);
    CHECK(desk.screen.cursor().column == 4);
    desk.set("ab", 99);
    CHECK(desk.editor.caret() == 2);
}

TEST_CASE("terminal.line_edit: characters typed into a text field are undone like typed ones") {
    Desk desk;
    std::string text;
    for (char const c : std::string("abcdefghijklmnopqrstuvwxyz")) {
        text += c;
        desk.set(text, text.size());
    }
    desk.key(Key::ctrl(U'_'));
    CHECK(desk.editor.line() == "abcdefghijklmnopqrst");
}

TEST_CASE("terminal.line_edit: history and completion are spoken, typing is not") {
    Desk desk({"echo one", "echo two"});
    desk.type("x");
    CHECK(desk.editor.take_spoken().empty());
    desk.key(Key::special(Key::Code::up));
    CHECK(desk.editor.take_spoken() == "echo two");
    CHECK(desk.editor.take_spoken().empty());
    desk.key(Key::special(Key::Code::down));
    CHECK(desk.editor.take_spoken() == "x");
    desk.completions.items = {{"xyz", "xyz", ""}};
    desk.key(Key::special(Key::Code::tab));
    CHECK(desk.editor.take_spoken() == "xyz ");
    desk.completions.items = {{"one", "one", ""}, {"two", "two", ""}};
    desk.completions.start = 4;
    desk.key(Key::special(Key::Code::tab));
    desk.key(Key::special(Key::Code::tab));
    CHECK(desk.editor.take_spoken() == "one, two");
}

TEST_CASE("terminal.line_edit: a resize wraps the line anew and editing goes on in place") {
    Desk desk;
    desk.type("abcdefghijklmnopqrstuvwxyz");
    CHECK(desk.rows() == "> abcdefghijklmnopqr|stuvwxyz|");
    desk.screen.resize(10, 6);
    desk.editor.resize(10, 6);
    CHECK(desk.rows() == "> abcdefgh|ijklmnopqr|stuvwxyz|");
    desk.type("!");
    desk.key(Key::ctrl(U'a'));
    desk.type("#");
    CHECK(desk.rows() == "> #abcdefg|hijklmnopq|rstuvwxyz!|");
    desk.screen.resize(40, 6);
    desk.editor.resize(40, 6);
    desk.key(Key::ctrl(U'k'));
    CHECK(desk.rows() == "> #|");
}

TEST_CASE("terminal.line_edit: a line higher than the screen stays right where it can be seen") {
    Desk desk;
    desk.type(std::string(200, 'x'));
    desk.key(Key::ctrl(U'a'));
    desk.key(Key::ctrl(U'e'));
    desk.type("end");
    CHECK(desk.screen.row_text(desk.screen.cursor().row).substr(0, 5) == "xxend");
    CHECK(desk.key(Key::special(Key::Code::enter)) == LineEdit::Result::accepted);
    CHECK(desk.editor.line().size() == 203);
}

TEST_CASE("terminal.line_edit: a line has a limit, and the bell rings beyond it") {
    Desk desk;
    desk.set(std::string(limits::line_code_points, 'x'), 3);
    auto const bells = desk.screen.bells();
    desk.type("y");
    CHECK(desk.screen.bells() == bells + 1);
    CHECK(desk.editor.line().size() == limits::line_code_points);
}

TEST_CASE("terminal.line_edit: more than a hundred completions are listed only after a yes") {
    Desk desk;
    for (int number = 0; number < 120; ++number) {
        std::string const name = "n" + std::to_string(1000 + number);
        desk.completions.items.push_back({name, name, ""});
    }
    desk.type("n1");
    for (int turn = 0; turn < 2; ++turn) desk.key(Key::special(Key::Code::tab));
    desk.key(Key::special(Key::Code::tab));
    CHECK(desk.rows().find("Display all 120 poss|ibilities? (y or n)|") != std::string::npos);
    desk.key(Key::of(U'n'));
    CHECK(desk.editor.line() == "n1");
    CHECK(desk.screen.row_text(desk.screen.cursor().row) == "> n1");
    for (int turn = 0; turn < 2; ++turn) desk.key(Key::special(Key::Code::tab));
    desk.key(Key::of(U'y'));
    CHECK(desk.screen.row_text(desk.screen.cursor().row - 1) == "n1059  n1119");
}

TEST_CASE("terminal.line_edit: Ctrl-D ends an empty line only, Ctrl-C drops any") {
    Desk desk;
    CHECK(desk.key(Key::ctrl(U'd')) == LineEdit::Result::end_of_file);
    desk.type("a");
    CHECK(desk.key(Key::ctrl(U'd')) == LineEdit::Result::editing);
    CHECK(desk.key(Key::ctrl(U'c')) == LineEdit::Result::interrupted);
    CHECK(desk.editor.line().empty());
}

TEST_CASE("terminal.line_edit: a prompt may have colours and several lines") {
    Desk desk;
    std::string out;
    desk.editor.begin("top\n\x1b[32mgreen\x1b[0m$ ", 0, out);
    desk.screen.write("\x1b[H\x1b[2J" + out);
    desk.type("ab");
    desk.key(Key::ctrl(U'a'));
    desk.type("-");
    CHECK(desk.rows() == "top|green$ -ab|");
    CHECK(desk.screen.cursor().column == 8);
}
