// cd, pwd and the directory stack.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

constexpr std::string_view no_directory =
    ": error retrieving current directory: getcwd: cannot access parent "
    "directories: No such file or directory\n";

// Moves the shell to `path`. `shown` is what errors name. False with the error said.
bool change_directory(Interpreter& shell, std::string const& builtin, std::string const& path, bool physical,
                      std::string const& shown) {
    std::string const whole = joined_path(shell.directory, path);
    std::string logical = normal_path(whole);
    // POSIX leaves two slashes at the beginning, and only two, to the system; bash keeps them.
    if (whole.compare(0, 2, "//") == 0 && whole.compare(0, 3, "///") != 0)
        logical = logical == "/" ? "//" : "/" + logical;
    Vfs& vfs = shell.system.vfs;
    std::string const& target = physical ? path : logical;
    auto node = vfs.lookup(shell.caller, target);
    if (node && !node.value->is_directory()) node = Attempt<NodePtr>(Errno::not_directory);
    if (node && !vfs.may(shell.caller, *node.value, 1)) node = Attempt<NodePtr>(Errno::access);
    // a/.. of a missing a: the textual form may hide that
    if (node && !physical) {
        auto const direct = vfs.lookup(shell.caller, path);
        if (!direct && direct.error == Errno::no_entry && path.find("..") != std::string::npos)
            node = Attempt<NodePtr>(direct.error);
    }
    if (!node && vfs.path_of(shell.caller.directory).empty()) { // it was removed, but `.` still leads somewhere
        auto const direct = vfs.lookup(shell.caller, path);
        if (direct && direct.value->is_directory()) {
            shell.write(2, "chdir" + std::string(no_directory));
            node = direct;
        }
    }
    if (!node) {
        shell.builtin_error(builtin, shown + ": " + std::string(message(node.error)));
        return false;
    }
    std::string const* const shown_before = shell.scalar("PWD");
    std::string const before = shown_before ? *shown_before : shell.directory;
    shell.caller.directory = node.value;
    shell.directory = physical ? vfs.path_of(node.value) : logical;
    if (shell.directory.empty()) shell.directory = logical;
    shell.assign("OLDPWD", before, false);
    shell.assign("PWD", shell.directory, false);
    shell.variables.create("PWD").attributes |= Variable::exported;
    shell.variables.create("OLDPWD").attributes |= Variable::exported;
    return true;
}

std::string with_tilde(Interpreter& shell, std::string const& path) {
    std::string const home = shell.value_of("HOME");
    if (home.size() > 1 && path.compare(0, home.size(), home) == 0 &&
        (path.size() == home.size() || path[home.size()] == '/'))
        return "~" + path.substr(home.size());
    return path;
}

std::vector<std::string> whole_stack(Interpreter& shell) {
    std::vector<std::string> stack = shell.directory_stack;
    stack.insert(stack.begin(), shell.directory);
    return stack;
}

// +N or -N: an index into the stack. False if it is none.
bool stack_index(Interpreter& shell, std::string const& builtin, std::string const& text, std::size_t& index,
                 bool& bad) {
    bad = false;
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return false;
    if (!std::all_of(text.begin() + 1, text.end(), is_digit)) return false;
    std::size_t const count = shell.directory_stack.size() + 1;
    std::size_t const number = static_cast<std::size_t>(std::atoi(text.c_str() + 1));
    if (number >= count) {
        shell.builtin_error(
            builtin, count == 1 ? "directory stack empty"
                                : text.substr(builtin == "dirs" ? 1 : 0) + ": directory stack index out of range");
        bad = true;
        return true;
    }
    index = text[0] == '+' ? number : count - 1 - number;
    return true;
}

}

int builtin_cd(Interpreter& shell, Words const& arguments) {
    bool physical = shell.options.physical;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 'P')
                physical = true;
            else if (c == 'L')
                physical = false;
            else if (c != 'e')
                return invalid_option(shell, "cd", std::string("-") + c);
        }
    }
    if (arguments.size() > at + 1) {
        shell.builtin_error("cd", "too many arguments");
        return 1;
    }
    std::string path;
    bool print = false;
    if (at >= arguments.size()) {
        std::string const* const home = shell.scalar("HOME");
        if (!home) {
            shell.builtin_error("cd", "HOME not set");
            return 1;
        }
        path = *home;
        if (path.empty()) return 0;
    } else if (arguments[at] == "-") {
        std::string const* const old = shell.scalar("OLDPWD");
        if (!old) {
            shell.builtin_error("cd", "OLDPWD not set");
            return 1;
        }
        path = *old;
        print = true;
    } else {
        path = arguments[at];
    }
    if (path.empty()) path = "."; // which sets OLDPWD
    bool const searches = path[0] != '/' && path != "." && path != ".." && path.compare(0, 2, "./") != 0 &&
                          path.compare(0, 3, "../") != 0;
    if (std::string const* const cdpath = shell.scalar("CDPATH"); searches && cdpath && at < arguments.size()) {
        std::string const all = *cdpath;
        for (std::string_view const folder : split(all, ':')) {
            std::string const candidate = folder.empty() ? path : joined_path(folder, path);
            auto const node = shell.system.vfs.lookup(shell.caller, joined_path(shell.directory, candidate));
            if (!node || !node.value->is_directory()) continue;
            if (!change_directory(shell, "cd", candidate, physical, path)) return 1;
            if (!folder.empty()) shell.write(1, shell.directory + "\n");
            return 0;
        }
    }
    if (shell.options.cdable_vars && searches && is_identifier(path) &&
        !shell.system.vfs.lookup(shell.caller, joined_path(shell.directory, path)))
        if (std::string const* const named = shell.scalar(path)) {
            path = *named;
            if (!change_directory(shell, "cd", path, physical, path)) return 1;
            shell.write(1, path + "\n"); // as it was given
            return 0;
        }
    if (!change_directory(shell, "cd", path, physical, path)) return 1;
    if (print) shell.write(1, shell.directory + "\n");
    return 0;
}

int builtin_pwd(Interpreter& shell, Words const& arguments) {
    bool physical = shell.options.physical;
    for (std::size_t at = 1; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") break;
        for (char const c : arguments[at].substr(1)) {
            if (c != 'P' && c != 'L') return invalid_option(shell, "pwd", std::string("-") + c);
            physical = c == 'P';
        }
    }
    std::string const real = shell.system.vfs.path_of(shell.caller.directory);
    if (physical && real.empty()) {
        shell.write(2, "pwd" + std::string(no_directory));
        return 1;
    }
    Errno const error = shell.write(1, (physical && !real.empty() ? real : shell.directory) + "\n");
    if (error == Errno::none) return 0;
    shell.builtin_error("pwd", "write error: " + std::string(message(error)));
    return 1;
}

int builtin_dirs(Interpreter& shell, Words const& arguments) {
    bool lines = false, numbers = false, full = false;
    std::size_t index = 0;
    bool one = false;
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        bool bad = false;
        if (stack_index(shell, "dirs", arguments[at], index, bad)) {
            if (bad) return 1;
            one = true;
            continue;
        }
        if (arguments[at] == "--") continue;
        if (arguments[at].size() < 2 || arguments[at][0] != '-') {
            shell.builtin_error("dirs", arguments[at] + ": invalid option");
            return usage(shell, "dirs");
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 'c') {
                shell.directory_stack.clear();
                return 0;
            }
            if (c == 'l')
                full = true;
            else if (c == 'p')
                lines = true;
            else if (c == 'v')
                numbers = lines = true;
            else {
                shell.builtin_error("dirs", arguments[at] + ": invalid number");
                return usage(shell, "dirs");
            }
        }
    }
    std::vector<std::string> stack = whole_stack(shell);
    if (!full)
        for (std::string& entry : stack) entry = with_tilde(shell, entry);
    std::string out;
    for (std::size_t i = 0; i < stack.size(); ++i) {
        if (one && i != index) continue;
        if (!out.empty() && !lines) out += ' ';
        if (numbers) out += std::string(i < 10 ? " " : "") + std::to_string(i) + "  ";
        out += stack[i];
        if (lines) out += '\n';
    }
    if (!lines) out += '\n';
    shell.write(1, out);
    return 0;
}

int builtin_pushd(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    bool stay = false;
    if (at < arguments.size() && arguments[at] == "-n") {
        stay = true;
        ++at;
    }
    if (at < arguments.size() && arguments[at] == "--") ++at;
    std::vector<std::string> stack = whole_stack(shell);
    if (at >= arguments.size()) {
        if (stack.size() < 2) {
            shell.builtin_error("pushd", "no other directory");
            return 1;
        }
        std::swap(stack[0], stack[1]);
    } else {
        std::size_t index = 0;
        bool bad = false;
        bool const option = arguments[at].size() > 1 && arguments[at][0] == '-' && !is_digit(arguments[at][1]);
        if (arguments.size() > at + 1 && !option) {
            shell.builtin_error("pushd", "too many arguments");
            return 1;
        }
        if (stack_index(shell, "pushd", arguments[at], index, bad)) {
            if (bad) return 1;
            std::rotate(stack.begin(), stack.begin() + static_cast<std::ptrdiff_t>(index), stack.end());
        } else if (arguments[at].size() > 1 && arguments[at][0] == '-') {
            {
                shell.builtin_error("pushd", arguments[at] + ": invalid number");
                return usage(shell, "pushd");
            }
        } else {
            std::string const before = shell.directory;
            if (stay) {
                shell.directory_stack.insert(shell.directory_stack.begin(), arguments[at]);
            } else {
                std::string const path = arguments[at] == "-" ? shell.value_of("OLDPWD") : arguments[at];
                if (!change_directory(shell, "pushd", path, false, path)) return 1;
                shell.directory_stack.insert(shell.directory_stack.begin(), before);
            }
            return builtin_dirs(shell, {"dirs"});
        }
    }
    if (!stay && !change_directory(shell, "pushd", stack[0], false, stack[0])) return 1;
    shell.directory_stack.assign(stack.begin() + 1, stack.end());
    return builtin_dirs(shell, {"dirs"});
}

int builtin_popd(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    bool stay = false;
    if (at < arguments.size() && arguments[at] == "-n") {
        stay = true;
        ++at;
    }
    std::size_t index = 0;
    bool bad = false;
    if (at < arguments.size() && arguments[at] == "--") ++at;
    if (at < arguments.size() && !arguments[at].empty()) {
        if (!stack_index(shell, "popd", arguments[at], index, bad)) {
            shell.builtin_error("popd",
                                arguments[at] + (arguments[at][0] == '-' ? ": invalid number" : ": invalid argument"));
            return usage(shell, "popd");
        }
        if (bad) return 1;
    }
    if (shell.directory_stack.empty()) {
        shell.builtin_error("popd", "directory stack empty");
        return 1;
    }
    if (index > 0 || stay) {
        std::size_t const place = index > 0 ? index - 1 : 0;
        shell.directory_stack.erase(shell.directory_stack.begin() + static_cast<std::ptrdiff_t>(place));
    } else {
        std::string const next = shell.directory_stack[0];
        if (!change_directory(shell, "popd", next, false, next)) return 1;
        shell.directory_stack.erase(shell.directory_stack.begin());
    }
    return builtin_dirs(shell, {"dirs"});
}

}
