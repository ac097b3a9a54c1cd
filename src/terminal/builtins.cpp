// The table of builtins, the small ones, and what all share.
#include "terminal/builtins.hpp"

#include "ground/text.hpp"
#include "terminal/characters.hpp"
#include "terminal/interpreter.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

int builtin_success(Interpreter&, Words const&) { return 0; }
int builtin_failure(Interpreter&, Words const&) { return 1; }

// break and continue.
int leave_loop(Interpreter& shell, Words const& arguments, FlowKind kind) {
    if (shell.loop_depth == 0) {
        if (shell.options.posix) return 0;
        shell.builtin_error(arguments[0], "only meaningful in a `for', `while', or `until' loop");
        return 0;
    }
    std::int64_t levels = 1;
    if (arguments.size() > 1) {
        std::size_t const at = arguments[1] == "--" && arguments.size() > 2 ? 2 : 1;
        if (arguments.size() > at + 1) {
            return too_many_arguments(shell, arguments[0]);
        }
        if (!parse_number(arguments[at], levels)) {
            shell.builtin_error(arguments[0], arguments[at] + ": numeric argument required");
            shell.pending_flow = {FlowKind::exit, 0};
            return 128;
        }
        if (levels < 1) {
            shell.builtin_error(arguments[0], arguments[at] + ": loop count out of range");
            shell.pending_flow = {FlowKind::break_, shell.loop_depth};
            return 1;
        }
    }
    shell.pending_flow = {kind, static_cast<int>(std::min<std::int64_t>(levels, shell.loop_depth))};
    return 0;
}

int builtin_break(Interpreter& shell, Words const& arguments) { return leave_loop(shell, arguments, FlowKind::break_); }
int builtin_continue(Interpreter& shell, Words const& arguments) {
    return leave_loop(shell, arguments, FlowKind::continue_);
}

// The status of return and exit: the argument's low byte, or the last status.
bool exit_status(Interpreter& shell, Words const& arguments, int& status) {
    status = shell.status;
    std::size_t const at = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (arguments.size() <= at) return true;
    std::int64_t value = 0;
    if (!parse_number(arguments[at], value)) {
        shell.builtin_error(arguments[0], arguments[at] + ": numeric argument required");
        status = 2;
        return true;
    }
    if (arguments.size() > at + 1) {
        too_many_arguments(shell, arguments[0]);
        return false;
    }
    status = static_cast<int>(value & 0xFF);
    return true;
}

int builtin_return(Interpreter& shell, Words const& arguments) {
    int status = 0;
    if (!exit_status(shell, arguments, status)) return 1;
    if (!shell.variables.in_function() && shell.sourcing == 0) {
        shell.builtin_error("return", "can only `return' from a function or sourced script");
        shell.end_if_special();
        return 2;
    }
    shell.pending_flow = {FlowKind::return_, 0};
    shell.status_before_return = shell.status;
    return status;
}

int builtin_exit(Interpreter& shell, Words const& arguments) {
    int status = 0;
    if (shell.interactive && shell.subshell_level == 0) shell.write(2, arguments[0] + "\n");
    if (!exit_status(shell, arguments, status)) return 1;
    shell.pending_flow = {FlowKind::exit, 0};
    return status;
}

int builtin_logout(Interpreter& shell, Words const& arguments) {
    if (shell.login) return builtin_exit(shell, arguments);
    shell.builtin_error("logout", "not login shell: use `exit'");
    return 1;
}

// There is nothing to stop into.
int builtin_suspend(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "f", letters); status >= 0) return status;
    if (at < arguments.size()) return too_many_arguments(shell, "suspend");
    shell.builtin_error("suspend", "cannot suspend: no job control");
    return 1;
}

constexpr Builtin rows[] = {
    {".", nullptr, builtin_source, true, ". filename [arguments]"},
    {":", builtin_success, nullptr, true, ":"},
    {"[", builtin_test, nullptr, false, "[ arg... ]"},
    {"alias", builtin_alias, nullptr, false, "alias [-p] [name[=value] ... ]"},
    {"bg", builtin_bg, nullptr, false, "bg [job_spec ...]"},
    {"bind", builtin_bind, nullptr, false,
     "bind [-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] "
     "[keyseq:readline-function or readline-command]"},
    {"break", builtin_break, nullptr, true, "break [n]"},
    {"builtin", nullptr, builtin_builtin, false, "builtin [shell-builtin [arg ...]]"},
    {"caller", builtin_caller, nullptr, false, "caller [expr]"},
    {"cd", builtin_cd, nullptr, false, "cd [-L|[-P [-e]] [-@]] [dir]"},
    {"command", nullptr, builtin_command, false, "command [-pVv] command [arg ...]"},
    {"compgen", nullptr, builtin_compgen, false,
     "compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X "
     "filterpat] [-P prefix] [-S suffix] [word]"},
    {"complete", builtin_complete, nullptr, false,
     "complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C "
     "command] [-X filterpat] [-P prefix] [-S suffix] [name ...]"},
    {"compopt", builtin_compopt, nullptr, false, "compopt [-o|+o option] [-DEI] [name ...]"},
    {"continue", builtin_continue, nullptr, true, "continue [n]"},
    {"declare", builtin_declare, nullptr, false,
     "declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]"},
    {"dirs", builtin_dirs, nullptr, false, "dirs [-clpv] [+N] [-N]"},
    {"disown", builtin_disown, nullptr, false, "disown [-h] [-ar] [jobspec ... | pid ...]"},
    {"echo", builtin_echo, nullptr, false, "echo [-neE] [arg ...]"},
    {"enable", builtin_enable, nullptr, false, "enable [-a] [-dnps] [-f filename] [name ...]"},
    {"eval", nullptr, builtin_eval, true, "eval [arg ...]"},
    {"exec", nullptr, builtin_exec, true, "exec [-cl] [-a name] [command [argument ...]] [redirection ...]"},
    {"exit", builtin_exit, nullptr, true, "exit [n]"},
    {"export", builtin_export, nullptr, true, "export [-fn] [name[=value] ...] or export -p"},
    {"false", builtin_failure, nullptr, false, "false"},
    {"fc", nullptr, builtin_fc, false, "fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]"},
    {"fg", nullptr, builtin_fg, false, "fg [job_spec]"},
    {"getopts", builtin_getopts, nullptr, false, "getopts optstring name [arg ...]"},
    {"hash", builtin_hash, nullptr, false, "hash [-lr] [-p pathname] [-dt] [name ...]"},
    {"help", builtin_help, nullptr, false, "help [-dms] [pattern ...]"},
    {"history", builtin_history, nullptr, false,
     "history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]"},
    {"jobs", builtin_jobs, nullptr, false, "jobs [-lnprs] [jobspec ...] or jobs -x command [args]"},
    {"kill", builtin_kill, nullptr, false,
     "kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]"},
    {"let", builtin_let, nullptr, false, "let arg [arg ...]"},
    {"local", builtin_local, nullptr, false, "local [option] name[=value] ..."},
    {"logout", builtin_logout, nullptr, false, "logout [n]"},
    {"mapfile", nullptr, builtin_mapfile, false,
     "mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]"},
    {"popd", builtin_popd, nullptr, false, "popd [-n] [+N | -N]"},
    {"printf", builtin_printf, nullptr, false, "printf [-v var] format [arguments]"},
    {"pushd", builtin_pushd, nullptr, false, "pushd [-n] [+N | -N | dir]"},
    {"pwd", builtin_pwd, nullptr, false, "pwd [-LP]"},
    {"read", nullptr, builtin_read, false,
     "read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]"},
    {"readarray", nullptr, builtin_mapfile, false,
     "readarray [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]"},
    {"readonly", builtin_readonly, nullptr, true, "readonly [-aAf] [name[=value] ...] or readonly -p"},
    {"return", builtin_return, nullptr, true, "return [n]"},
    {"set", builtin_set, nullptr, true, "set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]"},
    {"shift", builtin_shift, nullptr, true, "shift [n]"},
    {"shopt", builtin_shopt, nullptr, false, "shopt [-pqsu] [-o] [optname ...]"},
    {"source", nullptr, builtin_source, true, "source filename [arguments]"},
    {"suspend", builtin_suspend, nullptr, false, "suspend [-f]"},
    {"test", builtin_test, nullptr, false, "test [expr]"},
    {"times", builtin_times, nullptr, true, "times"},
    {"trap", builtin_trap, nullptr, true, "trap [-lp] [[arg] signal_spec ...]"},
    {"true", builtin_success, nullptr, false, "true"},
    {"type", builtin_type, nullptr, false, "type [-afptP] name [name ...]"},
    {"typeset", builtin_declare, nullptr, false,
     "typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]"},
    {"ulimit", builtin_ulimit, nullptr, false, "ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]"},
    {"umask", builtin_umask, nullptr, false, "umask [-p] [-S] [mode]"},
    {"unalias", builtin_unalias, nullptr, false, "unalias [-a] name [name ...]"},
    {"unset", builtin_unset, nullptr, true, "unset [-f] [-v] [-n] [name ...]"},
    {"wait", nullptr, builtin_wait, false, "wait [-fn] [-p var] [id ...]"},
};

}

Builtin const* find_builtin(std::string_view name) {
    std::size_t low = 0, high = sizeof rows / sizeof rows[0];
    while (low < high) {
        std::size_t const middle = (low + high) / 2;
        int const order = rows[middle].name.compare(name);
        if (order == 0) return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return nullptr;
}

std::vector<Builtin const*> all_builtins() {
    std::vector<Builtin const*> all;
    for (Builtin const& row : rows) all.push_back(&row);
    return all;
}

int usage(Interpreter& shell, std::string_view builtin) {
    Builtin const* const row = find_builtin(builtin);
    shell.write(2, std::string(builtin) + ": usage: " + std::string(row ? row->synopsis : builtin) + "\n");
    if (row && row->special) shell.end_if_special();
    return 2;
}

int invalid_option(Interpreter& shell, std::string_view builtin, std::string_view option) {
    shell.builtin_error(builtin, std::string(option) + ": invalid option");
    return usage(shell, builtin);
}

int too_many_arguments(Interpreter& shell, std::string_view builtin) {
    shell.builtin_error(builtin, "too many arguments");
    bool const ends = shell.is_command_string && shell.subshell_level == 0;
    shell.pending_flow = {ends ? FlowKind::exit : FlowKind::discard, 0};
    return 1;
}

bool parse_number(std::string_view text, std::int64_t& value) {
    std::string_view trimmed = trim(text);
    if (!trimmed.empty() && trimmed[0] == '+') {
        trimmed.remove_prefix(1);
        if (trimmed.empty() || !is_digit(trimmed[0])) return false;
    }
    auto const parsed = parse_integer(trimmed);
    if (!parsed) return false;
    value = *parsed;
    return true;
}

bool is_identifier(std::string_view text) {
    return !text.empty() && is_name_start(text[0]) && std::all_of(text.begin(), text.end(), is_name_char);
}

std::size_t subscript_end(std::string_view text, std::size_t open) {
    constexpr std::size_t none = std::string_view::npos;
    int depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\\') {
            ++at;
        } else if (c == '\'' || c == '"' || c == '`') {
            do {
                at = text.find(c, at + 1);
            } while (c == '"' && at != none && text[at - 1] == '\\');
            if (at == none) return none;
        } else if (c == '$' && at + 1 < text.size() && (text[at + 1] == '(' || text[at + 1] == '{')) {
            char const opener = text[at + 1], closer = opener == '(' ? ')' : '}';
            int inner = 0;
            for (++at; at < text.size(); ++at) {
                if (text[at] == opener) ++inner;
                if (text[at] == closer && --inner == 0) break;
            }
        } else if (c == '[') {
            ++depth;
        } else if (c == ']' && --depth == 0) {
            return at;
        }
    }
    return none;
}

bool split_reference(std::string_view text, std::string& name, std::string& subscript, bool& has_subscript) {
    std::size_t const bracket = text.find('[');
    has_subscript = bracket != std::string_view::npos;
    name = std::string(text.substr(0, bracket));
    if (!is_identifier(name)) return false;
    subscript.clear();
    if (!has_subscript) return true;
    if (text.back() != ']' || subscript_end(text, bracket) != text.size() - 1) return false;
    subscript = std::string(text.substr(bracket + 1, text.size() - bracket - 2));
    return !subscript.empty();
}

namespace {

constexpr std::string_view signal_names[] = {"EXIT",   "HUP",  "INT",    "QUIT", "ILL",   "TRAP", "ABRT", "BUS",
                                             "FPE",    "KILL", "USR1",   "SEGV", "USR2",  "PIPE", "ALRM", "TERM",
                                             "STKFLT", "CHLD", "CONT",   "STOP", "TSTP",  "TTIN", "TTOU", "URG",
                                             "XCPU",   "XFSZ", "VTALRM", "PROF", "WINCH", "IO",   "PWR",  "SYS"};

}

std::string signal_description(int number) {
    constexpr std::string_view texts[] = {"",
                                          "Hangup",
                                          "Interrupt",
                                          "Quit",
                                          "Illegal instruction",
                                          "Trace/breakpoint trap",
                                          "Aborted",
                                          "Bus error",
                                          "Floating point exception",
                                          "Killed",
                                          "User defined signal 1",
                                          "Segmentation fault",
                                          "User defined signal 2",
                                          "Broken pipe",
                                          "Alarm clock",
                                          "Terminated",
                                          "Stack fault",
                                          "Child exited",
                                          "Continued",
                                          "Stopped (signal)",
                                          "Stopped",
                                          "Stopped (tty input)",
                                          "Stopped (tty output)",
                                          "Urgent I/O condition",
                                          "CPU time limit exceeded",
                                          "File size limit exceeded",
                                          "Virtual timer expired",
                                          "Profiling timer expired",
                                          "Window changed",
                                          "I/O possible",
                                          "Power failure",
                                          "Bad system call"};
    if (number > 0 && number < static_cast<int>(std::size(texts))) return std::string(texts[number]);
    return number < 34 ? "Unknown signal " + std::to_string(number) : "Real-time signal " + std::to_string(number - 34);
}

std::string signal_name(int number) {
    constexpr int count = static_cast<int>(sizeof signal_names / sizeof signal_names[0]);
    constexpr int first = 34, last = 64; // the real-time signals
    if (number < 0 || number > last || (number >= count && number < first)) return {};
    if (number < count) return std::string(signal_names[number]);
    int const middle = (first + last) / 2;
    int const distance = number <= middle ? number - first : last - number;
    std::string const name = number <= middle ? "RTMIN+" : "RTMAX-";
    return distance == 0 ? name.substr(0, 5) : name + std::to_string(distance);
}

int signal_number(std::string_view name) {
    std::string upper;
    for (char const c : name) upper.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    std::string_view wanted = upper;
    if (wanted.substr(0, 3) == "SIG") wanted.remove_prefix(3);
    std::int64_t number = -1;
    if (!name.empty() && is_digit(name[0]) && parse_number(name, number))
        return number <= 64 ? static_cast<int>(number) : -1;
    for (int i = 0; i <= 64; ++i)
        if (!wanted.empty() && signal_name(i) == wanted) return i;
    return -1;
}

}
