// Builtins about the shell itself: caller, times, umask, ulimit; and how builtins read their letters.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

int read_letters(Interpreter& shell, Words const& arguments, std::size_t& at, std::string_view known,
                 std::string& found) {
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (known.find(c) == std::string_view::npos)
                return invalid_option(shell, arguments[0], std::string("-") + c);
            found += c;
        }
    }
    return -1;
}

int builtin_caller(Interpreter& shell, Words const& arguments) {
    std::int64_t depth = 0;
    if (shell.frames.empty()) return 1;
    if (arguments.size() > 1 && !parse_number(arguments[1], depth)) {
        shell.builtin_error("caller", arguments[1] + ": invalid number");
        return usage(shell, "caller");
    }
    std::size_t const count = shell.frames.size();
    auto const level = static_cast<std::size_t>(depth);
    if (depth < 0 || level >= count || count == 0 || !(shell.variables.in_function() || shell.sourcing)) return 1;
    CallFrame const& frame = shell.frames[count - 1 - level];
    bool const outermost = level + 1 >= count;
    std::string const outer_source =
        outermost ? (shell.is_command_string ? "environment" : "NULL") : shell.frames[count - 2 - level].source;
    std::string const outer_function = outermost ? "main" : shell.frames[count - 2 - level].function;
    std::string out = std::to_string(frame.call_line) + " ";
    if (arguments.size() > 1) {
        if (outermost) return 1;
        out += outer_function + " " + outer_source;
    } else {
        out += outermost ? "NULL" : outer_source;
    }
    shell.write(1, out + "\n");
    return 0;
}

int builtin_times(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "", letters); status >= 0) return status;
    shell.write(1, "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    return 0;
}

namespace {

std::string symbolic_mask(unsigned mask) {
    std::string out;
    constexpr char who[] = {'u', 'g', 'o'};
    for (int i = 0; i < 3; ++i) {
        unsigned const allowed = (~mask >> (6 - 3 * i)) & 7u;
        out += std::string(i ? "," : "") + who[i] + "=";
        if (allowed & 4u) out += 'r';
        if (allowed & 2u) out += 'w';
        if (allowed & 1u) out += 'x';
    }
    return out;
}

// u=rwx,g-w on the allowed bits. False if it is not such a text.
bool apply_symbolic(std::string const& text, unsigned& mask, std::string& problem) {
    unsigned allowed = ~mask & 0777u;
    for (std::string_view const clause : split(text, ',')) {
        std::size_t at = 0;
        unsigned who = 0;
        for (; at < clause.size() && std::string_view("ugoa").find(clause[at]) != std::string_view::npos; ++at)
            who |= clause[at] == 'u' ? 0700u : clause[at] == 'g' ? 0070u : clause[at] == 'o' ? 0007u : 0777u;
        if (who == 0) who = 0777u;
        if (at >= clause.size()) {
            problem = "`" + text + "': invalid symbolic mode operator";
            return false;
        }
        while (at < clause.size()) {
            char const op = clause[at++];
            if (op != '+' && op != '-' && op != '=') {
                problem = std::string("`") + op + "': invalid symbolic mode operator";
                return false;
            }
            unsigned bits = 0;
            for (; at < clause.size() && std::string_view("rwxX").find(clause[at]) != std::string_view::npos; ++at)
                bits |= clause[at] == 'r' ? 0444u : clause[at] == 'w' ? 0222u : 0111u;
            if (at < clause.size() && std::string_view("+-=").find(clause[at]) == std::string_view::npos) {
                problem = std::string("`") + clause[at] + "': invalid symbolic mode character";
                return false;
            }
            bits &= who;
            if (op == '+') allowed |= bits;
            if (op == '-') allowed &= ~bits;
            if (op == '=') allowed = (allowed & ~who) | bits;
        }
    }
    mask = ~allowed & 0777u;
    return true;
}

}

int builtin_umask(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "pS", letters); status >= 0) return status;
    bool const symbolic = letters.find('S') != std::string::npos;
    if (at < arguments.size()) {
        std::string const& text = arguments[at];
        unsigned mask = shell.caller.umask;
        if (is_digit(text[0])) {
            auto const value = parse_integer(text, 8);
            if (!value || *value > 07777 || *value < 0) {
                shell.builtin_error("umask", text + ": octal number out of range");
                return 1;
            }
            mask = static_cast<unsigned>(*value) & 0777u;
        } else if (std::string problem; !apply_symbolic(text, mask, problem)) {
            shell.builtin_error("umask", problem);
            return 1;
        }
        shell.caller.umask = mask;
        if (symbolic) shell.write(1, symbolic_mask(mask) + "\n");
        return 0;
    }
    unsigned const mask = shell.caller.umask;
    std::string octal = {'0', static_cast<char>('0' + ((mask >> 6) & 7)), static_cast<char>('0' + ((mask >> 3) & 7)),
                         static_cast<char>('0' + (mask & 7))};
    std::string const shown = symbolic ? symbolic_mask(mask) : octal;
    bool const as_command = letters.find('p') != std::string::npos;
    shell.write(1, (as_command ? symbolic ? "umask -S " : "umask " : "") + shown + "\n");
    return 0;
}

// The real bounds of this shell; they cannot be changed.
int builtin_ulimit(Interpreter& shell, Words const& arguments) {
    struct Row {
        char letter;
        std::string_view what;
        std::string value;
    };
    Row const rows[] = {{'c', "core file size              (blocks, -c) ", "0"},
                        {'d', "data seg size               (kbytes, -d) ", "unlimited"},
                        {'f', "file size                   (blocks, -f) ", "unlimited"},
                        {'n', "open files                          (-n) ", std::to_string(limits::descriptors)},
                        {'p', "pipe size                (512 bytes, -p) ", std::to_string(limits::pipe_bytes / 512)},
                        {'s', "stack size                  (kbytes, -s) ", "8192"},
                        {'t', "cpu time                   (seconds, -t) ", "unlimited"},
                        {'u', "max user processes                  (-u) ", std::to_string(limits::processes)},
                        {'v', "virtual memory              (kbytes, -v) ", "unlimited"}};
    std::string letters;
    std::size_t at = 1;
    if (int const status = read_letters(shell, arguments, at, "SHacdfnpstuv", letters); status >= 0) return status;
    auto const has = [&](char c) { return letters.find(c) != std::string::npos; };
    bool const hard_only = has('H') && !has('S'), soft_only = has('S') && !has('H'), all = has('a');
    letters.erase(std::remove_if(letters.begin(), letters.end(), [](char c) { return c == 'S' || c == 'H'; }),
                  letters.end());
    if (letters.empty()) letters = "f";
    std::string out;
    int status = 0;
    for (Row const& row : rows) {
        if (!all && !has(row.letter)) continue;
        std::pair<std::string, std::string> now{row.value, row.value}; // soft and hard
        if (auto const set = shell.resource_limits.find(row.letter); set != shell.resource_limits.end())
            now = set->second;
        if (at >= arguments.size()) {
            if (all || letters.size() > 1) out += row.what;
            out += (hard_only ? now.second : now.first) + "\n";
            continue;
        }
        std::string const wanted = arguments[at] == "hard"   ? now.second
                                   : arguments[at] == "soft" ? now.first
                                                             : arguments[at];
        std::int64_t number = 0, most = 0;
        if (wanted != "unlimited" && (!parse_number(wanted, number) || number < 0)) {
            shell.builtin_error("ulimit", wanted + ": invalid number");
            return 1;
        }
        if (now.second != "unlimited" && (wanted == "unlimited" || !parse_number(now.second, most) || number > most)) {
            std::string_view const name = row.what.substr(0, row.what.find("  "));
            shell.builtin_error("ulimit", std::string(name) + ": cannot modify limit: Operation not permitted");
            status = 1;
            continue;
        }
        if (!hard_only) now.first = wanted;
        if (!soft_only) now.second = wanted;
        shell.resource_limits[row.letter] = std::move(now);
    }
    shell.write(1, out);
    return status;
}

}
