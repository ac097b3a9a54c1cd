// echo, printf, test, [, pwd and kill as programs, for `exec echo`, `xargs printf` and `env test`: the shell's own.
#include "ground/text.hpp"
#include "terminal/bash_command.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal::commands {

namespace {

constexpr std::string_view manual = "A builtin of the shell that is also a program: see help for its options.\n";

// The shell's message in the words of the program.
std::string in_own_words(std::string_view text, std::vector<std::string> const& argv, int& status) {
    auto const ends = [&](std::string_view end) {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    };
    auto const before = [&](std::string_view end) { return text.substr(0, text.size() - end.size()); };
    constexpr std::string_view number = ": invalid number", integer = ": integer expression expected",
                               unary = ": unary operator expected", binary = ": binary operator expected",
                               range = ": Numerical result out of range",
                               warning = "warning: ", format = "': invalid format character";
    if (text == "missing `]'") return "missing " + marked("]");
    if (ends(number)) {
        std::string_view const value = before(number);
        bool const starts = value.find_first_of("0123456789") == value.find_first_not_of("+- \t");
        return marked(value) + (starts ? ": value not completely converted" : ": expected a numeric value");
    }
    if (ends(range) && text.substr(0, warning.size()) == warning) {
        status = 1;
        return marked(before(range).substr(warning.size())) + std::string(range);
    }
    if (ends(integer)) return "invalid integer " + marked(before(integer));
    if (ends(binary)) return marked(before(binary)) + std::string(binary);
    if (ends(unary)) {
        std::string_view const word = before(unary);
        return word.size() == 2 && word[0] == '-' ? marked(word) + std::string(unary)
                                                  : "missing argument after " + marked(argv.back());
    }
    if (text == "argument expected") return "missing argument after " + marked(argv.back());
    if (text == "too many arguments" && argv.size() > 2) return "extra argument " + marked(argv[2]);
    constexpr std::string_view cut = "': missing format character";
    if (ends(cut)) return std::string(before(cut).substr(1)) + ": invalid conversion specification";
    if (ends(format) && argv.size() > 1) {
        std::size_t const at = argv[1].find('%');
        std::size_t const end = argv[1].find_first_not_of("-+ #0'123456789.*hlLjzt", at + 1);
        return argv[1].substr(at, end - at + 1) + ": invalid conversion specification";
    }
    return std::string(text);
}

int run_builtin(Process& p, char const* name) {
    Interpreter shell(p.system);
    shell.pid = shell.shell_pid = p.pid;
    shell.files = p.files;
    shell.caller = p.caller;
    shell.message_name = p.argv[0];
    start_shell(shell, p.environment);
    Words words = p.argv;
    words[0] = name; // also where argv[0] says another
    bool const is_printf = words[0] == "printf";
    std::size_t const format = words.size() > 1 && words[1] == "--" ? 2 : 1;
    if (is_printf && words.size() <= format) return missing_operand(p, {});
    auto const messages = std::make_shared<std::string>();
    shell.files.set(2, make_string_sink(messages, limits::value_bytes));
    Builtin const* const builtin = find_builtin(words[0]);
    int status = builtin && builtin->now ? builtin->now(shell, words) : 127;
    std::string const prefix = p.argv[0] + ": line 1: " + words[0] + ": ";
    for (std::string_view line : split(*messages, '\n')) {
        if (line.empty()) continue;
        bool const known = line.substr(0, prefix.size()) == prefix;
        if (known)
            p.fail(in_own_words(line.substr(prefix.size()), words, status));
        else
            p.err(std::string(line) + "\n");
    }
    if (is_printf && words.size() > format + 1 && replace_all(words[format], "%%", "").find('%') == std::string::npos)
        p.fail("warning: ignoring excess arguments, starting with " + marked(words[format + 1]));
    return status;
}

}

Command const echo_command{"echo",
                           "display a line of text",
                           "echo [-neE] [STRING]...",
                           manual,
                           [](Process& p) { return run_builtin(p, "echo"); },
                           nullptr};
Command const printf_command{
    "printf", "format and print ARGUMENTs according to FORMAT",    "printf FORMAT [ARGUMENT]...",
    manual,   [](Process& p) { return run_builtin(p, "printf"); }, nullptr};
Command const test_command{"test",
                           "check file types and compare values",
                           "test EXPRESSION",
                           manual,
                           [](Process& p) { return run_builtin(p, "test"); },
                           nullptr};
Command const bracket_command{"[",    "check file types and compare values",          "[ EXPRESSION ]",
                              manual, [](Process& p) { return run_builtin(p, "["); }, nullptr};
Command const pwd_command{"pwd",  "print the name of the current directory",        "pwd [-LP]",
                          manual, [](Process& p) { return run_builtin(p, "pwd"); }, nullptr};
Command const kill_command{"kill",
                           "send signals to processes",
                           "kill [-s SIGNAL] PID...",
                           manual,
                           [](Process& p) { return run_builtin(p, "kill"); },
                           nullptr};

}
