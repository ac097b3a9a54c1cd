// echo, printf, test, [, pwd and kill as programs, for `exec echo`, `xargs printf` and `env test`: the shell's own.
#include "terminal/bash_command.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/programs.hpp"

namespace cw::terminal::commands {

namespace {

constexpr std::string_view manual = "A builtin of the shell that is also a program: see help for its options.\n";

int run_builtin(Process& p) {
    Interpreter shell(p.system);
    shell.pid = shell.shell_pid = p.pid;
    shell.files = p.files;
    shell.caller = p.caller;
    shell.message_name = p.argv[0];
    start_shell(shell, p.environment);
    Words words = p.argv;
    words[0] = std::string(base_name(p.argv[0]));
    Builtin const* const builtin = find_builtin(words[0]);
    return builtin && builtin->now ? builtin->now(shell, words) : 127;
}

}

Command const echo_command{"echo", "display a line of text", "echo [-neE] [STRING]...", manual, run_builtin, nullptr};
Command const printf_command{
    "printf", "format and print ARGUMENTs according to FORMAT", "printf FORMAT [ARGUMENT]...", manual, run_builtin,
    nullptr};
Command const test_command{"test", "check file types and compare values", "test EXPRESSION", manual, run_builtin,
                           nullptr};
Command const bracket_command{"[",    "check file types and compare values", "[ EXPRESSION ]", manual, run_builtin,
                              nullptr};
Command const pwd_command{"pwd", "print the name of the current directory", "pwd [-LP]", manual, run_builtin, nullptr};
Command const kill_command{"kill", "send signals to processes", "kill [-s SIGNAL] PID...", manual, run_builtin,
                           nullptr};

}
