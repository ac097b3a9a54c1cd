#include "ground/text.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace cw;
using namespace cw::terminal;

struct Desk {
    Terminal terminal{[] {
        Terminal::Options options;
        options.files = {{"data.csv", ""}, {"docs/guide.md", ""}, {".hidden", ""}, {"it's.txt", ""}};
        return options;
    }()};

    std::string texts(std::string_view line) {
        Completions completions = complete_command_line(terminal.shell(), line, line.size());
        std::vector<std::string> found;
        for (auto const& item : completions.items) found.push_back(item.text + item.suffix);
        std::sort(found.begin(), found.end());
        return join(found, " ");
    }
    std::size_t start(std::string_view line) {
        return complete_command_line(terminal.shell(), line, line.size()).start;
    }
};

}

TEST_CASE("terminal.complete: a command where one is expected, a file elsewhere") {
    Desk desk;
    for (char const* line :
         {"unali", "echo x | unali", "if unali", "a=1 unali", "echo $(unali", "{ unali", "true && unali"})
        CHECK_MESSAGE(desk.texts(line) == "unalias", line);
    for (char const* line : {"cat da", "echo x > da", "<da", "if cat da", "A=da", "cat x:da"})
        CHECK_MESSAGE(desk.texts(line) == "data.csv", line);
    CHECK(desk.texts("./da") == "./data.csv");
    CHECK(desk.texts("cat do") == "docs/");
    CHECK(desk.texts("cat ./docs/") == "./docs/guide.md");
    CHECK(desk.texts("cat ~/da") == "~/data.csv");
    CHECK(desk.texts("nosuch/").empty());
}

TEST_CASE("terminal.complete: hidden files only when asked for, quotes and blanks are read") {
    Desk desk;
    CHECK(desk.texts("cat ").find(".hidden") == std::string::npos);
    CHECK(desk.texts("cat .hi") == ".hidden");
    CHECK(desk.texts("cat it\\'s") == "it's.txt");
    CHECK(desk.texts("cat \"it's") == "it's.txt");
    CHECK(desk.start("cat \"it's") == 4);
    CHECK(desk.start("cat --file=da") == 11);
}

TEST_CASE("terminal.complete: variables, functions, aliases and options") {
    Desk desk;
    Interpreter& shell = desk.terminal.shell().interpreter();
    shell.assign("LESSON", "6", false);
    shell.aliases["lessons"] = "ls";
    CHECK(desk.texts("echo $LESS") == "$LESSON");
    CHECK(desk.texts("echo ${LESS") == "${LESSON}");
    CHECK(desk.texts("echo a$LESS") == "a$LESSON");
    CHECK(desk.texts("echo '$LESS").empty());
    CHECK(desk.texts("lesson") == "lessons");
    CHECK(desk.texts("cat --nu") == "--number --number-nonblank");
}

TEST_CASE("terminal.complete: the lines of a command are joined as bash's history joins them") {
    auto const joined = [](std::vector<std::string> const& lines) {
        std::string command = lines[0];
        for (std::size_t at = 1; at < lines.size(); ++at) join_history_line(command, lines[at]);
        return command;
    };
    CHECK(joined({"for i in 1 2", "do echo $i", "done"}) == "for i in 1 2; do echo $i; done");
    CHECK(joined({"echo 'a", "b'"}) == "echo 'a\nb'");
    CHECK(joined({"echo a \\", "b"}) == "echo a b");
    CHECK(joined({"f() {", "ls", "}"}) == "f() { ls; }");
    CHECK(joined({"ls |", "cat"}) == "ls | cat");
    CHECK(joined({"cat <<E", "a", "E"}) == "cat <<E\na\nE");
    CHECK(joined({"case x in", "x) ls ;;", "esac"}) == "case x in x) ls ;; esac");
}
