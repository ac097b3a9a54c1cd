// history, fc and compgen.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

int builtin_history(Interpreter& shell, Words const& arguments) {
    std::vector<std::string>& lines = *shell.history;
    auto const file_name = [&](std::size_t at) {
        return at < arguments.size() ? arguments[at] : shell.value_of("HISTFILE");
    };
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        char const c = arguments[at][1];
        if (c == 'c') {
            lines.clear();
            return 0;
        }
        if (c == 'd') {
            std::string const text = arguments[at].size() > 2    ? arguments[at].substr(2)
                                     : at + 1 < arguments.size() ? arguments[at + 1]
                                                                 : std::string();
            std::size_t const dash = text.find('-', 1);
            std::int64_t from = 0, to = 0;
            bool const good = parse_number(text.substr(0, dash), from) &&
                              (dash == std::string::npos || parse_number(text.substr(dash + 1), to));
            if (dash == std::string::npos) to = from;
            auto const count = static_cast<std::int64_t>(lines.size());
            if (from < 0) from += count + 1;
            if (to < 0) to += count + 1;
            if (!good || from < 1 || to < from || to > count) {
                shell.builtin_error("history", text + ": history position out of range");
                return 1;
            }
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from - 1),
                        lines.begin() + static_cast<std::ptrdiff_t>(to));
            return 0;
        }
        if (c == 's') {
            std::string text;
            for (std::size_t i = at + 1; i < arguments.size(); ++i) text += (i > at + 1 ? " " : "") + arguments[i];
            if (!text.empty()) lines.push_back(text);
            return 0;
        }
        if (c == 'p') {
            std::string out;
            for (std::size_t i = at + 1; i < arguments.size(); ++i) out += arguments[i] + "\n";
            shell.write(1, out);
            return 0;
        }
        if (c == 'w' || c == 'a') {
            std::string text;
            std::size_t const from = c == 'a' ? std::min(shell.history_saved, lines.size()) : 0;
            for (std::size_t i = from; i < lines.size(); ++i) text += lines[i] + "\n";
            std::string const path = file_name(at + 1);
            Errno const error = c == 'a' ? shell.system.vfs.append_file(shell.caller, path, text)
                                         : shell.system.vfs.write_file(shell.caller, path, text, 0600);
            shell.history_saved = lines.size();
            if (error == Errno::none) return 0;
            shell.builtin_error("history", path + ": cannot create: " + std::string(message(error)));
            return 1;
        }
        if (c == 'r' || c == 'n') {
            auto const text = shell.system.vfs.read_file(shell.caller, file_name(at + 1));
            if (!text) {
                shell.builtin_error("history", file_name(at + 1) + ": " + std::string(message(text.error)));
                return 1;
            }
            std::string line;
            for (char const each : text.value) {
                if (each == '\n') {
                    if (!line.empty()) lines.push_back(line);
                    line.clear();
                } else {
                    line.push_back(each);
                }
            }
            if (!line.empty()) lines.push_back(line);
            while (lines.size() > limits::history_lines) lines.erase(lines.begin());
            shell.history_saved = lines.size();
            return 0;
        }
        return invalid_option(shell, "history", arguments[at].substr(0, 2));
    }
    std::int64_t count = static_cast<std::int64_t>(lines.size());
    if (at < arguments.size()) {
        std::int64_t wanted = 0;
        if (!parse_number(arguments[at], wanted)) {
            shell.builtin_error("history", arguments[at] + ": numeric argument required");
            return 1;
        }
        if (at + 1 < arguments.size()) {
            shell.builtin_error("history", "too many arguments");
            return 1;
        }
        if (wanted < 0) {
            shell.builtin_error("history", arguments[at] + ": invalid option");
            return usage(shell, "history");
        }
        count = std::min(count, wanted);
    }
    std::string out;
    for (std::size_t i = lines.size() - static_cast<std::size_t>(count); i < lines.size(); ++i) {
        std::string const number = std::to_string(i + 1);
        out += std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + "  " + lines[i] + "\n";
    }
    shell.write(1, out);
    return 0;
}

// fc -l [first [last]] lists; fc -s [old=new] [command] runs again. There is no editor to open here.
Task<int> builtin_fc(Interpreter& shell, Words arguments) {
    bool list = false, again = false, numbers = true, reverse = false;
    std::size_t at = 1;
    auto const is_number = [](std::string const& text) {
        return text.size() > 1 && text[0] == '-' && is_digit(text[1]);
    };
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-' && !is_number(arguments[at]);
         ++at)
        for (char const c : arguments[at].substr(1)) {
            if (c == 'l')
                list = true;
            else if (c == 's')
                again = true;
            else if (c == 'n')
                numbers = false;
            else if (c == 'r')
                reverse = true;
            else
                co_return invalid_option(shell, "fc", std::string("-") + c);
        }
    std::vector<std::string> const lines = *shell.history;
    auto const place = [&](std::string const& text, std::int64_t fallback) {
        std::int64_t number = 0;
        auto const count = static_cast<std::int64_t>(lines.size());
        if (text.empty()) return fallback;
        if (parse_number(text, number)) return number < 0 ? count + number : number == 0 ? count - 1 : number - 1;
        for (std::int64_t i = count - 1; i >= 0; --i)
            if (lines[static_cast<std::size_t>(i)].compare(0, text.size(), text) == 0) return i;
        return std::int64_t{-1};
    };
    auto const count = static_cast<std::int64_t>(lines.size());
    if (list) {
        std::int64_t first = place(at < arguments.size() ? arguments[at] : "", std::max<std::int64_t>(count - 16, 0));
        std::int64_t last = place(at + 1 < arguments.size() ? arguments[at + 1] : "", count - 1);
        if (first < 0 || last < 0) {
            shell.builtin_error("fc", "no command found");
            co_return 1;
        }
        if (first > last) {
            std::swap(first, last);
            reverse = !reverse;
        }
        std::string out;
        for (std::int64_t i = first; i <= last && i < count; ++i) {
            std::int64_t const which = reverse ? last - (i - first) : i;
            out += (numbers ? std::to_string(which + 1) : "") + "\t " + lines[static_cast<std::size_t>(which)] + "\n";
        }
        shell.write(1, out);
        co_return 0;
    }
    if (!again) {
        shell.builtin_error("fc", "there is no editor here: use fc -s or the arrow keys");
        co_return 1;
    }
    std::vector<std::pair<std::string, std::string>> changes;
    for (; at < arguments.size(); ++at) {
        std::size_t const equals = arguments[at].find('=');
        if (equals == std::string::npos || equals == 0) break;
        changes.emplace_back(arguments[at].substr(0, equals), arguments[at].substr(equals + 1));
    }
    std::int64_t const which = place(at < arguments.size() ? arguments[at] : "", count - 1);
    if (which < 0 || which >= count) {
        shell.builtin_error("fc", "no command found");
        co_return 1;
    }
    std::string text = lines[static_cast<std::size_t>(which)];
    for (auto const& [from, to] : changes)
        if (std::size_t const hit = text.find(from); hit != std::string::npos) text.replace(hit, from.size(), to);
    shell.write(2, text + "\n");
    shell.history->push_back(text);
    auto task = shell.run_text(text, Interpreter::TextKind::eval, shell.line);
    Flow const flow = co_await task;
    if (!flow.goes_on()) shell.pending_flow = flow;
    co_return shell.status;
}

Task<int> builtin_compgen(Interpreter& shell, Words arguments) {
    std::vector<std::string> found;
    std::string prefix, words;
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        std::string const& word = arguments[at];
        if (word == "-W" && at + 1 < arguments.size()) {
            std::string item;
            for (char const c : arguments[++at] + " ") {
                if (c != ' ' && c != '\t' && c != '\n') {
                    item.push_back(c);
                } else if (!item.empty()) {
                    found.push_back(item);
                    item.clear();
                }
            }
        } else if ((word == "-A" || word == "-o") && at + 1 < arguments.size()) {
            std::string const& action = arguments[++at];
            if (action == "function")
                for (auto const& entry : shell.functions) found.push_back(entry.first);
            if (action == "variable")
                for (std::string const& name : shell.variables.names()) found.push_back(name);
            if (action == "builtin")
                for (Builtin const* const builtin : all_builtins()) found.emplace_back(builtin->name);
            if (action == "alias")
                for (auto const& entry : shell.aliases) found.push_back(entry.first);
            if (action == "shopt")
                for (int i = 0; i < shopt_option_count; ++i) found.emplace_back(shopt_options[i].name);
            if (action == "setopt")
                for (int i = 0; i < set_option_count; ++i) found.emplace_back(set_options[i].name);
        } else if (word.size() == 2 && word[0] == '-') {
            if (word[1] == 'b' || word[1] == 'c')
                for (Builtin const* const builtin : all_builtins()) found.emplace_back(builtin->name);
            if (word[1] == 'v')
                for (std::string const& name : shell.variables.names()) found.push_back(name);
            if (word[1] == 'a')
                for (auto const& entry : shell.aliases) found.push_back(entry.first);
            if (word[1] == 'e')
                for (std::string const& name : shell.variables.names())
                    if (shell.variables.find(name)->has(Variable::exported)) found.push_back(name);
            if (word[1] == 'f' || word[1] == 'd') {
                auto const entries = shell.system.vfs.list(shell.caller, ".");
                if (entries)
                    for (auto const& entry : entries.value)
                        if (word[1] == 'f' || entry.node->is_directory()) found.push_back(entry.name);
            }
        } else if (word != "--") {
            prefix = word;
        }
    }
    std::string out;
    for (std::string const& name : found)
        if (name.compare(0, prefix.size(), prefix) == 0) out += name + "\n";
    shell.write(1, out);
    co_return out.empty() ? 1 : 0;
}

}
