// env, printenv, which, hostname, whoami, id, uname, clear, tput: what tells about the session.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/system.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

void unset(std::vector<std::string>& environment, std::string_view name) {
    environment.erase(std::remove_if(environment.begin(), environment.end(),
                                     [&](std::string const& entry) {
                                         return entry.compare(0, name.size(), name) == 0 &&
                                                entry.size() > name.size() && entry[name.size()] == '=';
                                     }),
                      environment.end());
}

// The words of env -S; false after a message.
bool split_string(Process& p, std::string_view text, std::vector<std::string>& words) {
    char quote = 0;
    bool starts = true; // the next character begins a word
    auto const put = [&](std::string_view piece) {
        if (starts) words.emplace_back();
        starts = false;
        words.back() += piece;
    };
    auto const fail = [&](std::string const& message) { return p.fail(message) < 0; };
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if ((c == '\'' || c == '"') && (!quote || quote == c)) {
            quote = quote ? '\0' : c;
            put("");
        } else if (!quote && std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos) {
            starts = true;
        } else if (c == '#' && starts && !quote) {
            return true;
        } else if (c == '\\' &&
                   (quote != '\'' || (at + 1 < text.size() && (text[at + 1] == '\\' || text[at + 1] == '\'')))) {
            if (++at == text.size()) return fail("invalid backslash at end of string in -S");
            std::size_t const which = std::string_view("\"#$'\\_fnrtv").find(text[at]);
            if (text[at] == 'c' && quote) return fail("'\\c' must not appear in double-quoted -S string");
            if (text[at] == 'c') return true;
            if (which == std::string_view::npos)
                return fail(std::string("invalid sequence '\\") + text[at] + "' in -S");
            if (text[at] == '_' && !quote)
                starts = true;
            else
                put(std::string_view("\"#$'\\ \f\n\r\t\v").substr(which, 1));
        } else if (c == '$' && quote != '\'') {
            std::size_t const end = text.find('}', at);
            std::string_view const name = text.substr(0, end).substr(std::min(at + 2, text.size()));
            bool const is_name =
                end != std::string_view::npos && text.substr(at, 2) == "${" && !name.empty() &&
                !(name[0] >= '0' && name[0] <= '9') &&
                name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") ==
                    std::string_view::npos;
            if (!is_name)
                return fail("only ${VARNAME} expansion is supported, error at: " + std::string(text.substr(at)));
            if (p.has_env(name)) put(p.env(name));
            at = end;
        } else {
            put(text.substr(at, 1));
        }
    }
    return quote ? fail("no terminating quote in -S string") : true;
}

// Puts the words of -S, for #! lines, in its place; false after a message.
bool expand_split_strings(Process& p) {
    auto& argv = p.argv;
    constexpr std::string_view long_name = "--split-string";
    for (std::size_t i = 1; i < argv.size() && argv[i].size() > 1 && argv[i][0] == '-' && argv[i] != "--"; ++i) {
        std::string const word = argv[i];
        bool const is_long = word.compare(0, long_name.size(), long_name) == 0;
        std::size_t const letter = is_long ? long_name.size() - 1 : word.find_first_not_of("iv0", 1);
        if (!is_long && (word == "-u" || word == "-C")) ++i;
        if (letter == std::string::npos || (!is_long && word[letter] != 'S')) continue;
        std::vector<std::string> words;
        if (!is_long && letter > 1) words.push_back(word.substr(0, letter));
        bool const joined = word.size() > letter + 1;
        if (!joined && i + 1 == argv.size()) return true; // the parser tells
        if (!split_string(p, joined ? std::string_view(word).substr(letter + (is_long ? 2 : 1)) : argv[i + 1], words))
            return false;
        auto const at = argv.begin() + static_cast<long>(i);
        argv.insert(argv.erase(at, at + (joined ? 1 : 2)), words.begin(), words.end());
        --i;
    }
    return true;
}

Task<int> run_env(Process& p) {
    if (!expand_split_strings(p)) co_return 125;
    Arguments const arguments = parse_arguments(p, env_command, OperandOrder::options_first, 125);
    if (arguments.ended()) co_return arguments.status;
    std::vector<std::string> environment = p.environment;
    for (Option const& option : arguments.options) {
        if (option.id == 'i') environment.clear();
        bool const named = !option.value.empty() && option.value.find('=') == std::string::npos;
        if (option.id == 'u' && !named)
            co_return p.fail("cannot unset " + marked(option.value) + ": Invalid argument", 125);
        if (option.id == 'u') unset(environment, option.value);
        if (option.id == 'C') {
            auto const node = p.vfs().lookup(p.caller, option.value);
            Errno const error = !node ? node.error : node.value->is_directory() ? Errno::none : Errno::not_directory;
            if (error != Errno::none)
                co_return p.fail(
                    "cannot change directory to " + quoted(option.value) + ": " + std::string(message(error)), 125);
            p.caller.directory = node.value;
        }
    }
    std::size_t at = !arguments.operands.empty() && arguments.operands[0] == "-" ? 1 : 0;
    if (at) environment.clear();
    for (; at < arguments.operands.size() && arguments.operands[at].find('=') != std::string::npos; ++at) {
        std::string const& entry = arguments.operands[at];
        std::string const name = entry.substr(0, entry.find('='));
        auto const old = std::find_if(environment.begin(), environment.end(), [&](std::string const& one) {
            return one.compare(0, name.size() + 1, name + "=") == 0;
        });
        if (old == environment.end())
            environment.push_back(entry);
        else
            *old = entry;
    }
    bool const has_command = at < arguments.operands.size();
    if (has_command && arguments.has('0')) co_return usage_mistake(p, "cannot specify --null (-0) with command", 125);
    if (!has_command && arguments.has('C')) co_return usage_mistake(p, "must specify command with --chdir (-C)", 125);
    if (!has_command) {
        std::string all;
        for (std::string const& entry : environment) (all += entry) += arguments.has('0') ? '\0' : '\n';
        co_return p.out(all) ? 0 : Process::sigpipe;
    }
    // A missing program is env's own error, not the shell's.
    std::string const& program = arguments.operands[at];
    p.environment = environment;
    if (Errno const error = program_error(p, program); error != Errno::none) {
        p.fail(marked(program) + ": " + std::string(message(error)));
        if (error == Errno::no_entry && program.find_first_of(" \t\n") != std::string::npos)
            p.fail("use -[v]S to pass options in shebang lines");
        co_return error == Errno::no_entry ? 127 : 126;
    }
    co_return co_await p.run({arguments.operands.begin() + static_cast<long>(at), arguments.operands.end()});
}

int run_printenv(Process& p) {
    Arguments const arguments = parse_arguments(p, printenv_command, OperandOrder::options_first, 2);
    if (arguments.ended()) return arguments.status;
    char const end = arguments.has('0') ? '\0' : '\n';
    std::string out;
    int status = 0;
    if (arguments.operands.empty())
        for (std::string const& entry : p.environment) (out += entry) += end;
    for (std::string const& name : arguments.operands) {
        if (p.has_env(name))
            (out += p.env(name)) += end;
        else
            status = 1;
    }
    return p.out(out) ? status : Process::sigpipe;
}

int run_which(Process& p) {
    constexpr std::string_view usage = "Usage: /usr/bin/which [-a] args\n";
    for (std::size_t i = 1; i < p.argv.size() && p.argv[i].size() > 1 && p.argv[i][0] == '-' && p.argv[i] != "--";
         ++i) {
        std::size_t const wrong = p.argv[i].find_first_not_of("a", 1);
        if (wrong == std::string::npos) continue;
        p.err("Illegal option -" + p.argv[i].substr(wrong, 1) + "\n");
        p.out(usage);
        return 2;
    }
    Arguments const arguments = parse_arguments(p, which_command, OperandOrder::options_first, 2);
    if (arguments.ended()) return arguments.status;
    int status = arguments.operands.empty() ? 1 : 0;
    for (std::string const& name : arguments.operands) {
        bool found = false;
        auto const look = [&](std::string const& path) {
            auto const node = p.vfs().lookup(p.caller, path);
            bool const runs = node && !node.value->is_directory() && p.vfs().may(p.caller, *node.value, 1);
            if (runs && (!found || arguments.has('a'))) p.out(path + "\n");
            found = found || runs;
        };
        if (name.find('/') != std::string::npos)
            look(name);
        else
            for (std::string_view const folder : split(p.has_env("PATH") ? p.env("PATH") : "/bin:/usr/bin", ':'))
                look(path_in(folder.empty() ? "." : folder, name));
        if (!found) status = 1;
    }
    return status;
}

int run_hostname(Process& p) {
    Arguments const arguments = parse_arguments(p, hostname_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return p.fail("you must be root to change the host name");
    p.out((arguments.has('I') || arguments.has('i') ? "127.0.0.1" : p.system.host_name) + "\n");
    return 0;
}

int run_whoami(Process& p) {
    Arguments const arguments = parse_arguments(p, whoami_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    p.out(user_name(p, p.caller.uid) + "\n");
    return 0;
}

int run_id(Process& p) {
    Arguments const arguments = parse_arguments(p, id_command);
    if (arguments.ended()) return arguments.status;
    int uid = p.caller.uid;
    if (!arguments.operands.empty()) {
        std::string const& name = arguments.operands[0];
        if (name == "root" || name == "0")
            uid = 0;
        else if (name == p.system.user || name == "1000")
            uid = 1000;
        else
            return p.fail(marked(name) + ": no such user");
    }
    int const gid = arguments.operands.empty() ? p.caller.gid : uid;
    bool const by_name = arguments.has('n');
    auto const show = [&](int id) { return by_name ? user_name(p, id) : std::to_string(id); };
    if (by_name && !arguments.has('u') && !arguments.has('g') && !arguments.has('G'))
        return p.fail("cannot print only names or real IDs in default format");
    bool const zero = arguments.has('z');
    if (zero && !arguments.has('u') && !arguments.has('g') && !arguments.has('G'))
        return p.fail("option --zero not permitted in default format");
    std::string const user = user_name(p, uid), group = user_name(p, gid);
    if (arguments.has('u'))
        p.out(show(uid) + (zero ? '\0' : '\n'));
    else if (arguments.has('g') || arguments.has('G'))
        p.out(show(gid) + (zero ? '\0' : '\n'));
    else
        p.out("uid=" + std::to_string(uid) + "(" + user + ") gid=" + std::to_string(gid) + "(" + group +
              ") groups=" + std::to_string(gid) + "(" + group + ")\n");
    return 0;
}

int run_uname(Process& p) {
    Arguments const arguments = parse_arguments(p, uname_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    bool const all = arguments.has('a');
    std::string out;
    auto const add = [&](std::uint32_t option, std::string_view text) {
        if (all || arguments.has(option) || (option == 's' && arguments.options.empty()))
            (out += out.empty() ? "" : " ") += text;
    };
    add('s', "Linux");
    add('n', p.system.host_name);
    add('r', "6.1.0-counterweight");
    add('v', "#1 SMP Counterweight");
    add('m', "wasm32");
    if (!all) add('p', "unknown");
    if (!all) add('i', "unknown");
    add('o', "GNU/Linux");
    p.out(out + "\n");
    return 0;
}

int run_clear(Process& p) {
    p.out("\x1b[H\x1b[2J\x1b[3J");
    return 0;
}

// The capabilities that scripts use, of an xterm.
int run_tput(Process& p) {
    Arguments const arguments = parse_arguments(p, tput_command, OperandOrder::options_first, 2);
    if (arguments.ended()) return arguments.status;
    auto const& words = arguments.operands;
    if (words.empty()) return usage_mistake(p, "missing operand", 2);
    auto const number = [&](std::size_t i) { return words.size() > i ? parse_count(words[i]).value_or(0) : 0; };
    struct Capability {
        std::string_view name, text;
    };
    constexpr Capability fixed_ones[] = {{"bold", "\x1b[1m"},
                                         {"dim", "\x1b[2m"},
                                         {"sgr0", "\x1b(B\x1b[m"},
                                         {"smul", "\x1b[4m"},
                                         {"rmul", "\x1b[24m"},
                                         {"rev", "\x1b[7m"},
                                         {"smso", "\x1b[7m"},
                                         {"rmso", "\x1b[27m"},
                                         {"sitm", "\x1b[3m"},
                                         {"ritm", "\x1b[23m"},
                                         {"blink", "\x1b[5m"},
                                         {"clear", "\x1b[H\x1b[2J\x1b[3J"},
                                         {"civis", "\x1b[?25l"},
                                         {"cnorm", "\x1b[?12l\x1b[?25h"},
                                         {"el", "\x1b[K"},
                                         {"el1", "\x1b[1K"},
                                         {"ed", "\x1b[J"},
                                         {"home", "\x1b[H"},
                                         {"sc",
                                          "\x1b"
                                          "7"},
                                         {"rc",
                                          "\x1b"
                                          "8"},
                                         {"smcup", "\x1b[?1049h\x1b[22;0;0t"},
                                         {"rmcup", "\x1b[?1049l\x1b[23;0;0t"},
                                         {"bel", "\a"},
                                         {"cuu1", "\x1b[A"},
                                         {"cud1", "\n"},
                                         {"op", "\x1b[39;49m"},
                                         {"reset",
                                          "\x1b"
                                          "c"},
                                         {"init", ""}};
    for (Capability const& one : fixed_ones)
        if (one.name == words[0]) return p.out(one.text) ? 0 : Process::sigpipe;
    if (words[0] == "cols")
        p.out(std::to_string(p.terminal_size().columns) + "\n");
    else if (words[0] == "lines")
        p.out(std::to_string(p.terminal_size().rows) + "\n");
    else if (words[0] == "colors")
        p.out("256\n");
    else if (words[0] == "setaf" || words[0] == "setab") {
        std::int64_t const color = number(1);
        std::string const base = words[0] == "setaf" ? "3" : "4", bright = words[0] == "setaf" ? "9" : "10";
        p.out("\x1b[" +
              (color < 8    ? base + std::to_string(color)
               : color < 16 ? bright + std::to_string(color - 8)
                            : base + "8;5;" + std::to_string(color)) +
              "m");
    } else if (words[0] == "cup") {
        p.out("\x1b[" + std::to_string(number(1) + 1) + ";" + std::to_string(number(2) + 1) + "H");
    } else {
        return p.fail("unknown terminfo capability '" + words[0] + "'", 4);
    }
    return 0;
}

}

Command const env_command{"env",
                          "set each NAME to VALUE in the environment and run COMMAND",
                          "env [OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]",
                          "  -i, --ignore-environment  start with an empty environment\n"
                          "  -0, --null                end each output line with NUL, not newline\n"
                          "  -u, --unset=NAME          remove variable from the environment\n"
                          "  -C, --chdir=DIR           change working directory to DIR\n"
                          "  -S, --split-string=S      process and split S into separate arguments\n",
                          nullptr,
                          run_env};
Command const printenv_command{"printenv",
                               "print the values of the specified environment VARIABLE(s), or of all",
                               "printenv [OPTION]... [VARIABLE]...",
                               "  -0, --null  end each output line with NUL, not newline\n",
                               run_printenv,
                               nullptr};
Command const which_command{"which",           "locate a command",
                            "which [-a] args", "  -a  print all matching pathnames of each argument\n",
                            run_which,         nullptr};
Command const hostname_command{"hostname",
                               "show the system's host name",
                               "hostname [OPTION]",
                               "  -f, --fqdn, --long      long host name\n"
                               "  -i, --ip-address        address for the host name\n"
                               "  -I, --all-ip-addresses  all addresses for the host\n"
                               "  -s, --short             short host name\n",
                               run_hostname,
                               nullptr};
Command const whoami_command{
    "whoami", "print the user name associated with the current effective user ID", "whoami [OPTION]...", "", run_whoami,
    nullptr};
Command const id_command{"id",
                         "print user and group information for the USER, or the current user",
                         "id [OPTION]... [USER]",
                         "  -g, --group   print only the effective group ID\n"
                         "  -G, --groups  print all group IDs\n"
                         "  -n, --name    print a name instead of a number, for -ugG\n"
                         "  -r, --real    (ignored)\n"
                         "  -u, --user    print only the effective user ID\n"
                         "  -z, --zero    end each entry with NUL, not newline\n",
                         run_id,
                         nullptr};
Command const uname_command{"uname",
                            "print certain system information",
                            "uname [OPTION]...",
                            "  -a, --all               print all information\n"
                            "  -s, --kernel-name       print the kernel name\n"
                            "  -n, --nodename          print the network node hostname\n"
                            "  -r, --kernel-release    print the kernel release\n"
                            "  -v, --kernel-version    print the kernel version\n"
                            "  -m, --machine           print the machine hardware name\n"
                            "  -p, --processor         print the processor type\n"
                            "  -i, --hardware-platform  print the hardware platform\n"
                            "  -o, --operating-system  print the operating system\n",
                            run_uname,
                            nullptr};
Command const clear_command{"clear", "clear the terminal screen", "clear", "", run_clear, nullptr};
Command const tput_command{"tput",
                           "query the terminal: cols, lines, colors, bold, setaf N, sgr0, cup Y X",
                           "tput CAPABILITY [PARAMETER]...",
                           "  -T TYPE  (ignored)\n",
                           run_tput,
                           nullptr};

}
