// Builtins that run or describe commands: eval, source, exec, command, type, hash, alias.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

constexpr std::string_view keywords[] = {"!",    "[[",   "]]",    "case",  "coproc",   "do", "done", "elif",
                                         "else", "esac", "fi",    "for",   "function", "if", "in",   "select",
                                         "then", "time", "until", "while", "{",        "}"};

bool is_keyword(std::string const& name) {
    return std::find(std::begin(keywords), std::end(keywords), name) != std::end(keywords);
}

}

Task<int> builtin_eval(Interpreter& shell, Words arguments) {
    std::size_t at = 1;
    std::string found;
    if (int const status = read_letters(shell, arguments, at, "", found); status >= 0) co_return status;
    std::string text;
    for (std::size_t i = at; i < arguments.size(); ++i) text += (i > at ? " " : "") + arguments[i];
    auto task = shell.run_text(text, Interpreter::TextKind::eval, shell.line);
    Flow const flow = co_await task;
    if (!flow.goes_on()) shell.pending_flow = flow;
    co_return shell.status;
}

Task<int> builtin_source(Interpreter& shell, Words arguments) {
    std::size_t at = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-')
        co_return invalid_option(shell, arguments[0], arguments[at].substr(0, 2));
    if (at >= arguments.size()) {
        shell.builtin_error(arguments[0], "filename argument required");
        co_return usage(shell, arguments[0]);
    }
    std::string path = arguments[at];
    if (path.find('/') == std::string::npos && shell.options.sourcepath) {
        std::string const all = shell.value_of("PATH");
        for (std::string_view const folder : split(all, ':')) {
            if (folder.empty()) continue;
            std::string const candidate = joined_path(folder, path);
            auto const node = shell.system.vfs.lookup(shell.caller, candidate);
            if (!node || node.value->kind != FileKind::regular) continue;
            path = candidate;
            break;
        }
    }
    OpenFlags flags;
    flags.read = true;
    bool const lost = shell.options.posix && path.find('/') == std::string::npos; // POSIX does not look here
    auto file = lost ? Attempt<FilePtr>(Errno::no_entry) : shell.open(path, flags);
    if (!file) {
        if (lost)
            shell.builtin_error(arguments[0], path + ": file not found");
        else
            shell.error(path + ": " + std::string(message(file.error)));
        shell.end_if_special();
        co_return 1;
    }
    if (NodePtr const node = file.value->node(); node && node->is_directory()) {
        shell.builtin_error(arguments[0], arguments[at] + ": is a directory");
        co_return 1;
    }
    std::string text;
    while (text.size() < limits::script_bytes) {
        IoResult const result = file.value->read(text, 65536);
        if (result.state == IoState::would_block)
            co_await shell.system.scheduler.wait_for(file.value->wait_key());
        else if (result.state != IoState::ok)
            break;
    }
    if (NodePtr const node = file.value->node(); node && text.substr(0, 80).find('\0') != std::string::npos) {
        shell.builtin_error(arguments[0], arguments[at] + ": cannot execute binary file");
        co_return 126;
    }
    bool const own_arguments = at + 1 < arguments.size();
    struct Guard {
        Interpreter& shell;
        std::vector<std::string> positional;
        bool own;
        ~Guard() {
            if (own) shell.positional = std::move(positional);
            shell.frames.pop_back();
            --shell.sourcing;
        }
    };
    struct DebugGuard {
        Interpreter& shell;
        std::optional<std::string> trap;
        ~DebugGuard() {
            if (trap) shell.traps.emplace("DEBUG", *trap); // unless the file set one
        }
    } debug_guard{shell, {}};
    if (auto const debug = shell.traps.find("DEBUG"); !shell.options.functrace && debug != shell.traps.end()) {
        debug_guard.trap = debug->second; // a file does not inherit it
        shell.traps.erase(debug);
    }
    int const line = shell.line;
    shell.frames.push_back({"source", path, line});
    ++shell.sourcing;
    int flow_status = 0;
    bool exits = false, by_return = false;
    {
        Guard const guard{shell, shell.positional, own_arguments};
        if (own_arguments)
            shell.positional.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.end());
        auto task = shell.run_text(text, Interpreter::TextKind::source, 1);
        Flow const flow = co_await task;
        if (flow.kind != FlowKind::return_ && !flow.goes_on()) shell.pending_flow = flow;
        exits = flow.kind == FlowKind::exit;
        by_return = flow.kind == FlowKind::return_;
        flow_status = shell.status;
    }
    shell.line = line;
    if (shell.has_trap("RETURN") && !exits) {
        if (by_return) shell.status = shell.status_before_return;
        auto trap = shell.run_trap("RETURN");
        co_await trap;
        shell.status = flow_status;
    }
    co_return flow_status;
}

Task<int> builtin_exec(Interpreter& shell, Words arguments) {
    std::size_t at = 1;
    bool clean = false;
    std::string argument_zero;
    bool has_zero = false, dash = false;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 'c') {
                clean = true;
            } else if (c == 'l') {
                dash = true;
            } else if (c == 'a') {
                if (++at >= arguments.size()) {
                    shell.builtin_error("exec", "-a: option requires an argument");
                    co_return usage(shell, "exec");
                }
                argument_zero = arguments[at];
                has_zero = true;
                break;
            } else {
                co_return invalid_option(shell, "exec", std::string("-") + c);
            }
        }
    }
    if (at >= arguments.size()) co_return 0; // redirections only: the caller keeps them
    Words argv(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    std::string const command = argv[0];
    std::string const path = shell.find_program(command);
    auto const node = path.empty() ? Attempt<NodePtr>(Errno::no_entry) : shell.system.vfs.lookup(shell.caller, path);
    if (!node || node.value->is_directory() || !shell.system.vfs.may(shell.caller, *node.value, 1)) {
        int status = 126;
        if (path.empty()) {
            shell.builtin_error("exec", command + ": not found");
            status = 127;
        } else if (!node) {
            shell.error(path + ": " + std::string(message(node.error)));
            status = node.error == Errno::no_entry ? 127 : 126;
        } else if (node.value->is_directory()) {
            shell.error(path + ": Is a directory");
            shell.builtin_error("exec", path + ": cannot execute: Is a directory");
        } else {
            std::string_view const relative = path.compare(0, 2, "./") == 0 ? std::string_view(path).substr(2) : path;
            std::string const absolute = path[0] == '/' ? path : joined_path(shell.directory, relative);
            shell.error(absolute + ": Permission denied");
            shell.builtin_error("exec", absolute + ": cannot execute: Permission denied");
        }
        if (!shell.interactive && !shell.options.execfail) shell.pending_flow = {FlowKind::exit, 0};
        co_return status;
    }
    if (has_zero) argv[0] = argument_zero;
    if (dash) argv[0].insert(0, "-");
    std::vector<std::string> exported = clean ? std::vector<std::string>() : shell.environment();
    shell.traps.erase("EXIT");
    auto task = shell.run_program_at(path, std::move(argv), std::move(exported));
    int const status = co_await task;
    shell.pending_flow = {FlowKind::exit, 0};
    co_return status;
}

bool describe_command(Interpreter& shell, std::string const& name, char style, bool all, bool skip_functions,
                      std::string& out) {
    // style: 0 sentences, 't' one word, 'p' path, 'P' path search only, 'v' as command -v
    bool found = false;
    auto const add = [&](std::string const& sentence, std::string_view word, std::string const& plain) {
        found = true;
        if (style == 't')
            out += std::string(word) + "\n";
        else if (style == 'v')
            out += plain + "\n";
        else if (style == 0)
            out += sentence + "\n";
    };
    if (style != 'P') {
        auto const alias = shell.aliases.find(name);
        if (alias != shell.aliases.end() && (shell.options.expand_aliases || shell.interactive)) {
            add(name + " is aliased to `" + alias->second + "'", "alias",
                "alias " + name + "=" + single_quoted(alias->second));
            if (!all) return true;
        }
        if (is_keyword(name)) {
            add(name + " is a shell keyword", "keyword", name);
            if (!all) return true;
        }
        auto const function = shell.functions.find(name);
        if (function != shell.functions.end() && !skip_functions) {
            add(name + " is a function\n" + printed_function(name, *function->second.body), "function", name);
            if (!all) return true;
        }
        if (Builtin const* const builtin = shell.find_enabled_builtin(name)) {
            add(name +
                    (builtin->special && shell.options.posix ? " is a special shell builtin" : " is a shell builtin"),
                "builtin", name);
            if (!all) return true;
        }
    }
    if (!all && shell.options.hashall) {
        auto const known = shell.hashed.find(name);
        if (known != shell.hashed.end()) {
            if (style == 'p' || style == 'P') out += known->second.first + "\n";
            add(name + " is hashed (" + known->second.first + ")", "file", known->second.first);
            return true;
        }
    }
    std::vector<std::string> paths = shell.find_programs(name);
    if (paths.empty() && !all && !name.empty() && name.find('/') == std::string::npos) {
        std::string const path = shell.value_of("PATH"); // a file that cannot be run is better than none
        for (std::string_view const folder : split(path, ':')) {
            std::string const candidate = joined_path(folder.empty() ? "." : folder, name);
            auto const node = shell.system.vfs.lookup(shell.caller, candidate);
            if (paths.empty() && node && node.value->kind == FileKind::regular) paths.push_back(candidate);
        }
    }
    for (std::string const& path : paths) {
        found = true;
        if (style == 'p' || style == 'P')
            out += path + "\n";
        else
            add(name + " is " + path, "file", path);
        if (!all) break;
    }
    return found;
}

int builtin_type(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "afptP", letters); status >= 0) return status;
    bool const all = letters.find('a') != std::string::npos;
    char style = 0;
    for (char const c : letters)
        if (c == 't' || c == 'p' || c == 'P') style = c;
    int status = 0;
    for (; at < arguments.size(); ++at) {
        std::string out;
        bool const found =
            describe_command(shell, arguments[at], style, all, letters.find('f') != std::string::npos, out);
        shell.write(1, out);
        if (found) continue;
        if (style == 0) shell.builtin_error("type", arguments[at] + ": not found");
        status = 1;
    }
    return status;
}

Task<int> builtin_command(Interpreter& shell, Words arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "pvV", letters); status >= 0) co_return status;
    if (at >= arguments.size()) co_return 0;
    bool const verbose = letters.find('V') != std::string::npos, terse = letters.find('v') != std::string::npos;
    bool const standard_path = letters.find('p') != std::string::npos;
    if (verbose || terse) {
        bool any = false;
        shell.variables.push_scope(Variables::ScopeKind::temporary);
        if (bool is_new = false; standard_path) {
            Variable& path = shell.variables.declare_local("PATH", Variables::ScopeKind::temporary, is_new);
            path.value = "/bin:/usr/bin";
            path.is_set = true;
        }
        for (; at < arguments.size(); ++at) {
            std::string out;
            std::string const standard = "/bin/" + arguments[at];
            bool const is_standard = letters.find('p') != std::string::npos && !shell.functions.count(arguments[at]) &&
                                     !find_builtin(arguments[at]) && arguments[at].find('/') == std::string::npos &&
                                     shell.system.vfs.lookup(shell.caller, standard);
            if (is_standard) out = (verbose ? arguments[at] + " is " + standard : standard) + "\n";
            bool const found =
                is_standard || describe_command(shell, arguments[at], verbose ? '\0' : 'v', false, false, out);
            shell.write(1, out);
            if (!found && verbose) shell.builtin_error("command", arguments[at] + ": not found");
            any = any || found;
        }
        shell.variables.pop_scope();
        co_return any ? 0 : 1;
    }
    Words rest(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    if (letters.find('p') != std::string::npos && !find_builtin(rest[0])) {
        std::vector<std::string> exported = shell.environment();
        std::string const standard = "/bin/" + rest[0];
        auto const node = shell.system.vfs.lookup(shell.caller, standard);
        if (node && rest[0].find('/') == std::string::npos) {
            auto task = shell.run_program_at(standard, std::move(rest), std::move(exported));
            co_return co_await task;
        }
    }
    bool const leaves = rest[0] == "exit" || rest[0] == "exec";
    bool const before = std::exchange(shell.under_command, true);
    auto task = shell.run_command(std::move(rest), false);
    Flow const flow = co_await task;
    shell.under_command = before;
    if (shell.options.posix && !leaves && shell.failure == Failure::fatal) { // no special builtin here ends the shell
        shell.failure = Failure::none;
        shell.status = 1;
    }
    if (!flow.goes_on()) shell.pending_flow = flow;
    co_return shell.status;
}

Task<int> builtin_builtin(Interpreter& shell, Words arguments) {
    if (arguments.size() > 1 && arguments[1].size() > 1 && arguments[1][0] == '-' && arguments[1] != "--")
        co_return invalid_option(shell, "builtin", arguments[1].substr(0, 2));
    std::size_t at = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (at >= arguments.size()) co_return 0;
    Words rest(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    if (!shell.find_enabled_builtin(rest[0])) {
        shell.builtin_error("builtin", rest[0] + ": not a shell builtin");
        co_return 1;
    }
    auto task = shell.run_command(std::move(rest), false);
    Flow const flow = co_await task;
    if (!flow.goes_on()) shell.pending_flow = flow;
    co_return shell.status;
}

int builtin_hash(Interpreter& shell, Words const& arguments) {
    if (!shell.options.hashall) {
        shell.builtin_error("hash", "hashing disabled");
        return 1;
    }
    std::size_t at = 1;
    std::string letters;
    if (arguments.size() > 3 && arguments[1] == "-p") {
        for (std::size_t i = 3; i < arguments.size(); ++i) shell.hashed[arguments[i]] = {arguments[2], 0};
        return 0;
    }
    if (int const status = read_letters(shell, arguments, at, "lrtdp", letters); status >= 0) return status;
    bool const lists = letters.find('l') != std::string::npos;
    if (letters.find('r') != std::string::npos) {
        shell.hashed.clear();
        return 0;
    }
    int status = 0;
    if (letters.find('t') != std::string::npos || letters.find('d') != std::string::npos) {
        bool const removes = letters.find('d') != std::string::npos;
        bool const several = arguments.size() > at + 1;
        if (at >= arguments.size()) {
            shell.builtin_error("hash", std::string(removes ? "-d" : "-t") + ": option requires an argument");
            return 1;
        }
        for (; at < arguments.size(); ++at) {
            auto const found = shell.hashed.find(arguments[at]);
            if (found == shell.hashed.end()) {
                shell.builtin_error("hash", arguments[at] + ": not found");
                status = 1;
            } else if (removes) {
                shell.hashed.erase(found);
            } else {
                ++found->second.second;
                shell.write(1, (several ? arguments[at] + "\t" : "") + found->second.first + "\n");
            }
        }
        return status;
    }
    if (at >= arguments.size()) {
        if (shell.hashed.empty()) {
            if (!lists) shell.write(1, "hash: hash table empty\n");
            return 0;
        }
        std::string out = lists ? "" : "hits\tcommand\n";
        AssociativeArray table(256); // in the order of bash's table
        for (auto const& each : shell.hashed) table.set(each.first, "");
        for (auto const& [key, unused] : table.ordered()) {
            std::string const& name = *key;
            auto const& entry = shell.hashed[name];
            out += lists ? "builtin hash -p " + entry.first + " " + name + "\n"
                         : std::string(entry.second < 10 ? "   " : "  ") + std::to_string(entry.second) + "\t" +
                               entry.first + "\n";
        }
        shell.write(1, out);
        return 0;
    }
    for (; at < arguments.size(); ++at) {
        if (arguments[at].find('/') != std::string::npos || find_builtin(arguments[at])) continue;
        shell.hashed.erase(arguments[at]);
        if (!shell.find_program(arguments[at]).empty()) continue;
        shell.builtin_error("hash", arguments[at] + ": not found");
        status = 1;
    }
    return status;
}

int builtin_enable(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "anps", letters); status >= 0) return status;
    bool const off = letters.find('n') != std::string::npos;
    auto& disabled = shell.disabled_builtins;
    if (at >= arguments.size()) {
        std::string out;
        bool const every = letters.find('a') != std::string::npos;
        for (Builtin const* const builtin : all_builtins()) {
            if (letters.find('s') != std::string::npos && !builtin->special) continue;
            bool const on = std::find(disabled.begin(), disabled.end(), builtin->name) == disabled.end();
            if (!every && on == off) continue;
            out += std::string(on ? "enable " : "enable -n ") + std::string(builtin->name) + "\n";
        }
        shell.write(1, out);
        return 0;
    }
    int status = 0;
    for (; at < arguments.size(); ++at) {
        if (!find_builtin(arguments[at])) {
            shell.builtin_error("enable", arguments[at] + ": not a shell builtin");
            status = 1;
            continue;
        }
        disabled.erase(std::remove(disabled.begin(), disabled.end(), arguments[at]), disabled.end());
        if (off) disabled.push_back(arguments[at]);
    }
    return status;
}

bool is_alias_name(std::string const& name) { return name.find_first_of(" \t\n/$`'\"\\<>&|;()") == std::string::npos; }

int builtin_alias(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "p", letters); status >= 0) return status;
    std::string out;
    int status = 0;
    auto const show = [&](std::string const& name, std::string const& text) {
        if (!shell.options.posix || !letters.empty()) out += std::string("alias ") + (name[0] == '-' ? "-- " : "");
        out += name + "=" + single_quoted(text) + "\n";
    };
    if (at >= arguments.size() || !letters.empty())
        for (auto const& [name, text] : shell.aliases) show(name, text);
    for (; at < arguments.size(); ++at) {
        std::size_t const equals = arguments[at].find('=');
        if (equals != std::string::npos && equals > 0) {
            std::string const name = arguments[at].substr(0, equals);
            if (!is_alias_name(name)) {
                shell.builtin_error("alias", "`" + name + "': invalid alias name");
                status = 1;
                continue;
            }
            shell.aliases[name] = arguments[at].substr(equals + 1);
            continue;
        }
        auto const found = shell.aliases.find(arguments[at]);
        if (found != shell.aliases.end()) {
            show(found->first, found->second);
            continue;
        }
        shell.builtin_error("alias", arguments[at] + ": not found");
        status = 1;
    }
    shell.write(1, out);
    return status;
}

int builtin_unalias(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "a", letters); status >= 0) return status;
    if (!letters.empty()) {
        shell.aliases.clear();
        return 0;
    }
    if (at >= arguments.size()) return usage(shell, "unalias");
    int status = 0;
    for (; at < arguments.size(); ++at) {
        if (shell.aliases.erase(arguments[at])) continue;
        shell.builtin_error("unalias", arguments[at] + ": not found");
        status = 1;
    }
    return status;
}

}
