// The parts that commands share, and what the GNU tools cannot be asked: the table, limits, Ctrl-C.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/awk.hpp"
#include "terminal/commands/compare.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/sed.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/shell.hpp"

#include <doctest/doctest.h>

using namespace cw::terminal;
using namespace cw::terminal::commands;

namespace {

struct Run {
    std::string out, err;
    int status = 0;
};

Run run(std::string const& script) {
    ShellSetup setup;
    setup.interactive = false;
    Shell shell(setup);
    Run result;
    shell.set_sink([&](int fd, std::string_view bytes) { (fd == 1 ? result.out : result.err) += bytes; });
    shell.start({"bash", "-c", script}, make_string_source(""));
    for (int i = 0; i < 5000 && shell.step(100'000) != Shell::State::exited; ++i) {}
    result.status = shell.exit_status();
    return result;
}

}

TEST_CASE("terminal.commands: the list has the rows' names, in order") {
    REQUIRE(std::size(command_names) == command_table().size());
    for (std::size_t i = 0; i < std::size(command_names); ++i) {
        CHECK(command_names[i] == command_table()[i]->name);
        CHECK((i == 0 || command_names[i - 1] < command_names[i]));
        CHECK(command_named(command_names[i]) == command_table()[i]);
    }
    CHECK(command_named("no-such-command") == nullptr);
}

TEST_CASE("terminal.commands: every row documents itself and answers --help") {
    for (Command const* command : command_table()) {
        CAPTURE(command->name);
        CHECK_FALSE(command->summary.empty());
        CHECK(command->usage.substr(0, command->name.size()) == command->name);
        CHECK((command->plain != nullptr) != (command->task != nullptr));
        for (std::string_view const rest : {command->manual})
            CHECK((rest.empty() || rest.back() == '\n' || rest.find('\n') == std::string_view::npos));
    }
    Run const help = run("cut --help");
    CHECK(help.status == 0);
    CHECK(help.out.find("Usage: cut OPTION... [FILE]...") == 0);
    CHECK(help.out.find("--complement") != std::string::npos);
}

TEST_CASE("terminal.commands: an unknown option is refused in GNU's words") {
    Run const wrong = run("cat -Z");
    CHECK(wrong.err == "cat: invalid option -- 'Z'\nTry 'cat --help' for more information.\n");
    CHECK(wrong.status == 1);
    CHECK(run("ls --nope").status == 2);
    CHECK(run("head --lines").err.find("option '--lines' requires an argument") != std::string::npos);
    CHECK(run("sort --re --num /dev/null").status == 0);
}

TEST_CASE("terminal.commands: dates are counted and read") {
    CHECK(format_time("%F %T %j %a", 1'709'642'096'000'000'000) == "2024-03-05 12:34:56 065 Tue");
    CHECK(format_time("%G-W%V-%u", seconds_from({2024, 12, 31, 0, 0, 0, 0, 0}) * 1'000'000'000) == "2025-W01-2");
    std::int64_t const now = seconds_from({2024, 1, 31, 10, 0, 0, 0, 0}) * 1'000'000'000;
    auto const day = [&](char const* text) {
        auto const time = parse_time(text, now);
        return time ? format_time("%F", *time) : std::string("none");
    };
    CHECK(day("yesterday") == "2024-01-30");
    CHECK(day("next month") == "2024-03-02");
    CHECK(day("3 days ago") == "2024-01-28");
    CHECK(day("Feb 29 2024") == "2024-02-29");
    CHECK(day("2023-02-29") == "none");
    CHECK(day("next friday") == "2024-02-02");
    CHECK(day("gibberish") == "none");
}

TEST_CASE("terminal.commands: versions, numbers and sizes have their order") {
    CHECK(compare_versions("file2", "file10") < 0);
    CHECK(compare_versions("1.9", "1.10") < 0);
    CHECK(compare(read_decimal("-3"), read_decimal("2.5")) < 0);
    CHECK(compare(read_decimal("10"), read_decimal("9")) > 0);
    CHECK(compare_human(read_decimal("2K"), read_decimal("1G")) < 0);
    CHECK(parse_size("3MB") == 3'000'000);
    CHECK(parse_size("1K") == 1024);
    CHECK_FALSE(parse_size("x"));
    CHECK(human_size(1536) == "1.5K");
    CHECK(human_size(10'240) == "10K");
}

TEST_CASE("terminal.commands: sed and awk name what they cannot read") {
    auto const sed_error = [](char const* script) {
        auto const parsed = sed::parse({{script, "-e expression #1", false}}, sed::Syntax::basic);
        return parsed ? std::string("none") : parsed.error().message;
    };
    CHECK(sed_error("s/a/b") == "-e expression #1, char 5: unterminated `s' command");
    CHECK(sed_error("k") == "-e expression #1, char 1: unknown command: `k'");
    CHECK(sed_error("{p") == "-e expression #1, char 0: unmatched `{'");
    CHECK(sed_error(std::string(10'000, '{').c_str()) != "none");
    std::vector<awk::Source> const sources = {{"", 1}};
    CHECK_FALSE(awk::parse("{ print $ }", sources).has_value());
    CHECK_FALSE(awk::parse(std::string(10'000, '('), sources).has_value());
    std::string sum = "{ x = 1";
    for (int i = 0; i < 10'000; ++i) sum += "+1";
    CHECK_FALSE(awk::parse(sum + " }", sources).has_value());
    CHECK(awk::parse("BEGIN { while (i++ < 3) print i }", sources).has_value());
}

TEST_CASE("terminal.commands: a jq that takes too much ends in words") {
    std::string const memory = "jq: error (at <unknown>): out of memory\n";
    for (char const* const filter : {"[range(1e9)]", "def f: f, 1; f", "def f: 1 + f; f", "def f(g): f(g | g); f(.)",
                                     "\"x\" | until(false; . + .)", "[1] | until(false; . + .)"}) {
        CAPTURE(filter);
        Run const result = run("jq -n '" + std::string(filter) + "'");
        CHECK(result.err == memory);
        CHECK(result.status == 5);
    }
    CHECK(run("jq -n '\"x\" * 1e9'").err == "jq: error (at <unknown>): Repeat string result too long\n");
    CHECK(run("jq -n 'reduce range(9999) as $i (0; [.])'").err ==
          "jq: error (at <unknown>): value is nested too deeply\n");
    CHECK(run("jq -n \"$(printf '[%.0s' {1..999})\"").status == 3);
    CHECK(run("printf '[%.0s' {1..999} | jq .").err ==
          "parse error: Exceeds depth limit for parsing at line 1, column 257\n");
    CHECK(run("jq -n 'def f: if . > 99999 then . else . + 1 | f end; 0 | f'").out == "100000\n");
    CHECK(run("yes 1 | jq . | head -n 2").out == "1\n1\n");
}

TEST_CASE("terminal.commands: an endless command stops with its reader") {
    CHECK(run("yes | head -2").out == "y\ny\n");
    CHECK(run("seq 1 1000000000 | head -1").out == "1\n");
    CHECK(run("awk 'BEGIN { while (1) print 1 }' | head -1").out == "1\n");
    CHECK(run("sed ':a;s/.*/&&/;ba' <<< y | head -c 1; echo done").out.find("done") != std::string::npos);
}

TEST_CASE("terminal.commands: Ctrl-C stops an endless command") {
    for (char const* const line :
         {"yes > /dev/null\n", "awk 'BEGIN{while(1);}'\n", "tail -f /etc/hostname > /dev/null\n", "sed ':a;ba' <<< x\n",
          "jq -n 'def f: f; f'\n"}) {
        ShellSetup setup;
        Shell shell(setup);
        shell.set_sink([](int, std::string_view) {});
        CAPTURE(line);
        CHECK(shell.submit(line));
        CHECK(shell.step(20'000) == Shell::State::busy);
        shell.interrupt();
        while (shell.step(10'000) == Shell::State::busy) {}
        CHECK(shell.last_status() == 130);
    }
}

TEST_CASE("terminal.commands: man prints the row of the table") {
    Run const page = run("man tac");
    CHECK(page.out.find("NAME\n       tac - write each FILE to standard output, last line first") != std::string::npos);
    CHECK(run("man nosuchpage").status == 16);
}
