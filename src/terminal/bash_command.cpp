#include "terminal/bash_command.hpp"

#include "terminal/builtins.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/escapes.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct Invocation {
    std::string command, script;
    bool has_command = false, from_input = false, bad = false, version = false;
    bool interactive = false, login = false, reads_start_file = true, reads_profile = true;
    std::string start_file;
    std::size_t arguments_at = 0;
};

constexpr std::string_view bash_usage =
    "Usage:\tbash [GNU long option] [option] ...\n"
    "\tbash [GNU long option] [option] script-file ...\n"
    "GNU long options:\n"
    "\t--debug\n\t--debugger\n\t--dump-po-strings\n\t--dump-strings\n\t--help\n\t--init-file\n\t--login\n"
    "\t--noediting\n\t--noprofile\n\t--norc\n\t--posix\n\t--pretty-print\n\t--rcfile\n\t--restricted\n"
    "\t--verbose\n\t--version\n"
    "Shell options:\n"
    "\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)\n"
    "\t-abefhkmnptuvxBCEHPT or -o option\n";

// The options before the script; errors are said and `bad` set.
Invocation read_invocation(Interpreter& shell, std::vector<std::string> const& argv) {
    Invocation made;
    bool has_letters = false;
    std::size_t at = 1;
    for (; at < argv.size() && (argv[at].size() > 1 || argv[at] == "-") && (argv[at][0] == '-' || argv[at][0] == '+');
         ++at) {
        std::string const& word = argv[at];
        bool const on = word[0] == '-';
        if (word == "--" || word == "-") {
            ++at;
            break;
        }
        if (word.compare(0, 2, "--") == 0) {
            if (has_letters) { // words come first
                shell.write(2, argv[0] + ": --: invalid option\n");
                made.bad = true;
                return made;
            }
            if (word == "--posix")
                set_posix(shell.options, true, false);
            else if (word == "--version")
                made.version = true;
            else if (word == "--verbose")
                shell.options.verbose = true;
            else if (word == "--login")
                made.login = true;
            else if ((word == "--rcfile" || word == "--init-file") && at + 1 < argv.size())
                made.start_file = argv[++at];
            else if (word == "--norc")
                made.reads_start_file = false;
            else if (word == "--noprofile")
                made.reads_profile = false;
            else if (word != "--noediting" && word != "--restricted") {
                shell.write(2, argv[0] + ": " + word + ": invalid option\n" + std::string(bash_usage));
                made.bad = true;
                return made;
            }
            continue;
        }
        has_letters = true;
        for (char const c : word.substr(1)) {
            if (c == 'c') {
                made.has_command = true;
            } else if (c == 's') {
                made.from_input = true;
            } else if (c == 'i') {
                made.interactive = true;
            } else if (c == 'l') {
                made.login = true;
            } else if (c == 'o' || c == 'O') {
                if (at + 1 >= argv.size()) {
                    if (c == 'O')
                        builtin_shopt(shell, on ? Words{"shopt"} : Words{"shopt", "-p"});
                    else
                        builtin_set(shell, {"set", on ? "-o" : "+o"});
                    break;
                }
                std::string const& name = argv[++at];
                OptionRow const* const row = c == 'o' ? find_set_option(name) : find_shopt(name);
                if (!row) {
                    shell.write(2, argv[0] + ": line 0: " +
                                       (c == 'o' ? argv[0] + ": " + name + ": invalid option name\n"
                                                 : name + ": invalid shell option name\n"));
                    made.bad = true;
                    return made;
                }
                if (row->member == &ShellOptions::posix) set_posix(shell.options, on, false);
                shell.options.*(row->member) = on;
            } else if (OptionRow const* const row = find_set_letter(c)) {
                shell.options.*(row->member) = on;
            } else if (c != 'D' && c != 'r') {
                shell.write(2, argv[0] + ": -" + c + ": invalid option\n" + std::string(bash_usage));
                made.bad = true;
                return made;
            }
        }
    }
    if (made.has_command) {
        if (at >= argv.size()) {
            shell.write(2, argv[0] + ": -c: option requires an argument\n");
            made.bad = true;
            return made;
        }
        made.command = argv[at++];
    } else if (!made.from_input && at < argv.size()) {
        made.script = argv[at++];
    } else {
        made.from_input = true;
    }
    made.arguments_at = at;
    return made;
}

// What an interactive shell has switched on and set.
void make_interactive(Interpreter& shell) {
    shell.interactive = true;
    shell.options.expand_aliases = shell.options.history = shell.options.histexpand = shell.options.emacs = true;
    auto const preset = [&](char const* name, std::string const& value) {
        if (!shell.scalar(name)) shell.assign(name, value, false);
    };
    preset("PS1", "\\s-\\v\\$ ");
    preset("PS2", "> ");
    preset("HISTFILE", shell.value_of("HOME") + "/.bash_history");
    preset("HISTSIZE", "500");
    preset("HISTFILESIZE", shell.value_of("HISTSIZE"));
}

// The profile of a login shell, ~/.bashrc or --rcfile of an interactive one, $BASH_ENV of a script.
std::string start_file(Interpreter& shell, Invocation const& how) {
    if (how.login) {
        for (char const* const name : {"/.bash_profile", "/.bash_login", "/.profile"})
            if (std::string file = shell.value_of("HOME") + name;
                how.reads_profile && shell.system.vfs.lookup(shell.caller, file))
                return file;
        return {};
    }
    if (how.interactive ? !how.reads_start_file : shell.options.posix) return {};
    if (!how.interactive) return shell.value_of("BASH_ENV");
    if (shell.options.posix) return shell.value_of("ENV");
    return how.start_file.empty() ? shell.value_of("HOME") + "/.bashrc" : how.start_file;
}

// The command that reads it; empty if there is none.
std::string start_command(Interpreter& shell, Invocation const& how) {
    std::string const file = start_file(shell, how);
    bool const exists = !file.empty() && shell.system.vfs.lookup(shell.caller, file);
    return exists ? ". " + single_quoted(file) : std::string();
}

}

Task<int> run_shell(Interpreter& shell, std::vector<std::string> argv) {
    Invocation const how = read_invocation(shell, argv);
    struct Registered {
        System& system;
        int pid;
        ~Registered() { system.shells.erase(pid); }
    } const registered{shell.system, shell.pid};
    shell.system.shells[shell.pid] = &shell;
    if (how.bad) co_return 2;
    if (how.version) {
        shell.write(1, "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n");
        co_return 0;
    }
    if (shell.options.posix && !shell.scalar("POSIXLY_CORRECT")) shell.assign("POSIXLY_CORRECT", "y", false);
    shell.login = how.login;
    shell.options.login_shell = how.login;
    if (how.interactive)
        make_interactive(shell);
    else
        for (char const* const prompt : {"PS1", "PS2"}) shell.unset_variable(prompt);
    shell.positional.assign(argv.begin() + static_cast<std::ptrdiff_t>(std::min(how.arguments_at, argv.size())),
                            argv.end());
    shell.name = shell.message_name = argv[0];
    Flow flow;
    {
        auto starting = shell.run_text(start_command(shell, how), Interpreter::TextKind::eval, 0);
        flow = co_await starting;
    }
    if (how.interactive && !how.has_command) load_history(shell);
    if (!flow.goes_on()) {
        shell.interactive = false;
    } else if (how.has_command) {
        shell.is_command_string = true;
        shell.execution_string = how.command;
        Variable& string = shell.variables.create("BASH_EXECUTION_STRING");
        string.value = how.command;
        string.is_set = true;
        if (!shell.positional.empty()) {
            shell.name = shell.message_name = shell.positional[0];
            shell.positional.erase(shell.positional.begin());
        }
        auto task = shell.run_text(how.command, Interpreter::TextKind::script, 1);
        flow = co_await task;
    } else if (!how.script.empty()) {
        std::string path = how.script;
        OpenFlags flags;
        flags.read = true;
        auto file = shell.open(path, flags);
        if (!file && path.find('/') == std::string::npos) {
            std::string const found = shell.find_program(path, false);
            if (!found.empty()) {
                path = found;
                file = shell.open(path, flags);
            }
        }
        NodePtr const node = file ? file.value->node() : nullptr;
        if (!file || (node && node->is_directory())) {
            Errno const error = file ? Errno::is_directory : file.error;
            std::string const& name = file ? how.script : argv[0]; // by then bash goes by the script's name
            shell.write(2, name + ": " + how.script + ": " + std::string(message(error)) + "\n");
            co_return error == Errno::no_entry ? 127 : 126;
        }
        std::string text;
        while (text.size() < limits::script_bytes) {
            IoResult const result = file.value->read(text, 65536);
            if (result.state == IoState::would_block)
                co_await shell.system.scheduler.wait_for(file.value->wait_key());
            else if (result.state != IoState::ok)
                break;
        }
        if (text.substr(0, std::min(text.find('\n'), std::size_t{80})).find('\0') != std::string::npos ||
            text.compare(0, 4,
                         "\x7f"
                         "ELF") == 0) {
            shell.write(2, path + ": " + path + ": cannot execute binary file\n");
            co_return 126;
        }
        shell.name = shell.message_name = how.script;
        shell.frames.push_back({"main", path, 0});
        auto task = shell.run_text(std::move(text), Interpreter::TextKind::script, 1);
        flow = co_await task;
        if (!shell.frames.empty()) shell.frames.resize(1);
    } else {
        shell.reads_stdin = true;
        auto task = shell.run_input();
        flow = co_await task;
    }
    auto ending = shell.finish(flow);
    int const status = (co_await ending) & 0xFF;
    if (how.interactive && !how.has_command) keep_history(shell);
    co_return status;
}

namespace {

int next_shell_level(Interpreter& shell, std::string const& inherited) {
    constexpr std::int64_t highest = 999;
    std::int64_t level = 0;
    if (!parse_number(inherited, level)) level = 0;
    ++level;
    if (level > highest) {
        std::string const shown = std::to_string(level);
        shell.write(2, shell.message_name + ": warning: shell level (" + shown + ") too high, resetting to 1\n");
        return 1;
    }
    return static_cast<int>(std::max<std::int64_t>(level, 0));
}

}

void start_shell(Interpreter& shell, std::vector<std::string> const& environment) {
    shell.set_special_variables();
    shell.utf8 = false;
    shell.import_environment(environment);
    std::string const real = shell.system.vfs.path_of(shell.caller.directory);
    std::string const* const pwd = shell.scalar("PWD");
    auto const named = pwd && !pwd->empty() && (*pwd)[0] == '/' ? shell.system.vfs.lookup(shell.caller, *pwd)
                                                                : Attempt<NodePtr>(Errno::no_entry);
    shell.directory = named && named.value == shell.caller.directory ? *pwd : real.empty() ? "/" : real;
    shell.assign("PWD", shell.directory, false);
    shell.variables.create("PWD").attributes |= Variable::exported;
    Variable& old = shell.variables.create("OLDPWD");
    old.attributes |= Variable::exported;
    Variable& level = shell.variables.create("SHLVL");
    level.value = std::to_string(next_shell_level(shell, level.value));
    level.is_set = true;
    level.attributes |= Variable::exported;
    if (!shell.scalar("PATH"))
        shell.assign("PATH", "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.", false);
    if (!shell.scalar("TERM")) shell.assign("TERM", "dumb", false);
}

Task<int> run_bash(Process& p) {
    if (p.depth > limits::subshell_depth) co_return p.fail("too many shells inside each other", 254);
    Interpreter shell(p.system);
    shell.pid = shell.shell_pid = p.pid;
    shell.parent_pid = p.parent_pid;
    shell.files = p.files;
    shell.caller = p.caller;
    shell.subshell_level = 0;
    shell.program_depth = p.depth;
    if (base_name(p.argv[0]) == "sh") shell.options.posix = true;
    start_shell(shell, p.environment);
    auto task = run_shell(shell, p.argv);
    int const status = co_await task;
    p.killed_by = shell.killed_by;
    co_return status;
}

namespace commands {

Command const bash_command{"bash",
                           "GNU Bourne-Again SHell",
                           "bash [options] [-c command | file [argument ...]]",
                           "Runs commands from a string, a file, or standard input.",
                           nullptr,
                           run_bash};
Command const sh_command{"sh",
                         "command interpreter (shell)",
                         "sh [options] [-c command | file [argument ...]]",
                         "The same shell as bash, in POSIX mode.",
                         nullptr,
                         run_bash};

}

}
