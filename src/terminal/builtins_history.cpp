// history and fc, and what goes into the history.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/escapes.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// The last line if it is the command that runs now: history -s, history -p and fc do not count it.
void forget_current(Interpreter& shell) {
    if (!shell.history_has_current || shell.history->empty()) return;
    shell.history->pop_back();
    shell.history_saved = std::min(shell.history_saved, shell.history->size());
    shell.history_has_current = false;
}

bool is_ignored(Interpreter& shell, std::string const& entry) {
    std::vector<std::string> const& lines = *shell.history;
    std::string const control = shell.value_of("HISTCONTROL");
    for (std::string_view const word : split(control, ':')) {
        bool const both = word == "ignoreboth";
        if ((both || word == "ignorespace") && is_blank_char(entry[0])) return true;
        if ((both || word == "ignoredups") && !lines.empty() && lines.back() == entry) return true;
    }
    PatternOptions options;
    options.extended = shell.options.extglob;
    options.utf8 = shell.utf8;
    std::string const ignored = shell.value_of("HISTIGNORE");
    for (std::string_view const word : split(ignored, ':')) {
        std::string pattern(word);
        if (std::size_t const at = pattern.find('&'); at != std::string::npos && (at == 0 || pattern[at - 1] != '\\'))
            pattern.replace(at, 1, lines.empty() ? "" : lines.back());
        if (!word.empty() && pattern_matches(pattern, entry, options)) return true;
    }
    return false;
}

Errno save_history(Interpreter& shell, std::string const& path, bool append) {
    std::vector<std::string> const& lines = *shell.history;
    std::string text;
    std::size_t const from = append ? std::min(shell.history_saved, lines.size()) : 0;
    if (append && from == lines.size()) return Errno::none; // no file for nothing
    for (std::size_t i = from; i < lines.size(); ++i) text += lines[i] + "\n";
    Vfs& vfs = shell.system.vfs;
    bool const exists = append && vfs.lookup(shell.caller, path);
    Errno const error =
        exists ? vfs.append_file(shell.caller, path, text) : vfs.write_file(shell.caller, path, text, 0600);
    shell.history_file_lines = (append ? shell.history_file_lines : 0) + lines.size() - from;
    shell.history_saved = lines.size();
    return error;
}

Errno read_history(Interpreter& shell, std::string const& path, bool only_new) {
    auto const text = shell.system.vfs.read_file(shell.caller, path);
    if (!text) return text.error;
    std::size_t number = 0;
    for (std::string_view const line : split(text.value, '\n')) {
        if (!line.empty() && (!only_new || number >= shell.history_file_lines)) shell.history->emplace_back(line);
        ++number;
    }
    shell.history_file_lines = number - (number > 0 ? 1 : 0);
    while (shell.history->size() > limits::history_lines) shell.history->erase(shell.history->begin());
    shell.history_saved = shell.history->size();
    return Errno::none;
}

}

void Interpreter::store_history(std::string entry) {
    history_has_current = false;
    if (entry.empty() || is_ignored(*this, entry)) return;
    std::string const control = value_of("HISTCONTROL");
    if (control.find("erasedups") != std::string::npos)
        history->erase(std::remove(history->begin(), history->end(), entry), history->end());
    history->push_back(std::move(entry));
    history_has_current = true;
    std::int64_t most = 0;
    bool const limited = parse_number(value_of("HISTSIZE"), most) && most >= 0;
    std::size_t const kept =
        limited ? std::min(static_cast<std::size_t>(most), limits::history_lines) : limits::history_lines;
    while (history->size() > kept) {
        history->erase(history->begin());
        ++history_base;
        if (history_saved > 0) --history_saved;
    }
}

void Interpreter::remember_line(std::string_view lines) {
    history_has_current = false;
    std::string entry;
    bool is_joined = false;
    while (!lines.empty() && lines.back() == '\n') lines.remove_suffix(1);
    for (std::string_view const typed : split(lines, '\n')) {
        if (!options.cmdhist) { // every line is an entry
            if (!typed.empty()) store_history(std::string(typed));
        } else if (!entry.empty() && options.lithist) {
            (entry += '\n') += typed;
        } else if (!entry.empty()) {
            join_history_line(entry, typed);
            is_joined = true;
        } else if (std::string_view const text = trim(typed); !text.empty() && text[0] == '#') {
            store_history(std::string(typed)); // a comment before the command
        } else if (!text.empty()) {
            entry = typed;
        }
    }
    if (is_joined && has_here_document(entry)) entry += '\n';
    if (!entry.empty()) store_history(std::move(entry));
}

void load_history(Interpreter& shell) { read_history(shell, shell.value_of("HISTFILE"), false); }

void keep_history(Interpreter& shell) {
    std::string const path = shell.value_of("HISTFILE");
    if (!path.empty() && shell.history->size() > shell.history_saved) save_history(shell, path, true);
}

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
        if (std::count_if(arguments[at].begin(), arguments[at].end(), [](char each) {
                return std::string_view("anrw").find(each) != std::string_view::npos;
            }) > 1) {
            shell.builtin_error("history", "cannot use more than one of -anrw");
            return 1;
        }
        char const c = arguments[at][1];
        if (c == 'c') {
            lines.clear();
            shell.history_saved = shell.history_base = 0;
            return 0;
        }
        if (c == 'd') {
            if (arguments[at].size() == 2 && at + 1 >= arguments.size()) {
                shell.builtin_error("history", "-d: option requires an argument");
                return usage(shell, "history");
            }
            std::string const text = arguments[at].size() > 2 ? arguments[at].substr(2) : arguments[at + 1];
            std::size_t const dash = text.find('-', 1);
            std::int64_t from = 0, to = 0;
            bool const good = parse_number(text.substr(0, dash), from) &&
                              (dash == std::string::npos || parse_number(text.substr(dash + 1), to));
            if (dash == std::string::npos) to = from;
            auto const count = static_cast<std::int64_t>(lines.size());
            auto const base = static_cast<std::int64_t>(shell.history_base);
            from += from < 0 ? count + 1 : -base;
            to += to < 0 ? count + 1 : -base;
            if (good && from >= 1 && to < from && to >= 1) return 1;
            if (!good || from < 1 || to < from || to > count) {
                bool const first = from < 1 || from > count; // of a range, the end that is wrong
                std::string const shown = !good || dash == std::string::npos ? text
                                          : first                            ? text.substr(0, dash)
                                                                             : text.substr(dash + 1);
                shell.builtin_error("history", shown + ": history position out of range");
                return 1;
            }
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from - 1),
                        lines.begin() + static_cast<std::ptrdiff_t>(to));
            shell.history_saved = std::min(shell.history_saved, lines.size());
            return 0;
        }
        if (c == 's') {
            std::string text;
            for (std::size_t i = at + 1; i < arguments.size(); ++i) text += (i > at + 1 ? " " : "") + arguments[i];
            if (text.empty()) return 0;
            forget_current(shell);
            shell.store_history(text);
            shell.history_has_current = false;
            return 0;
        }
        if (c == 'p') {
            forget_current(shell);
            std::string out;
            for (std::size_t i = at + 1; i < arguments.size(); ++i) {
                std::string text = arguments[i];
                std::string const problem = shell.history_text(text);
                if (!problem.empty()) {
                    shell.builtin_error("history", arguments[i] + ": history expansion failed");
                    shell.write(1, out);
                    return 1;
                }
                out += text + "\n";
            }
            shell.write(1, out);
            return 0;
        }
        if (c == 'w' || c == 'a') {
            std::string const path = file_name(at + 1);
            if (path.empty()) return 1;
            Errno const error = save_history(shell, path, c == 'a');
            if (error == Errno::none) return 0;
            shell.builtin_error("history", path + ": cannot create: " + std::string(message(error)));
            return 1;
        }
        if (c == 'r' || c == 'n') {
            std::string const path = file_name(at + 1);
            Errno const error = path.empty() ? Errno::none : read_history(shell, path, c == 'n');
            if (error == Errno::none) return 0;
            shell.builtin_error("history", path + ": cannot read: " + std::string(message(error)));
            return 1;
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
            shell.pending_flow = {FlowKind::discard, 0};
            shell.survives_errexit = true;
            return 1;
        }
        if (wanted < 0) {
            shell.builtin_error("history", arguments[at] + ": invalid option");
            return usage(shell, "history");
        }
        count = std::min(count, wanted);
    }
    std::string out;
    std::string const* const format = shell.scalar("HISTTIMEFORMAT");
    std::string const time = format && !format->empty() ? format_time(*format, shell.system.clock.now_ns) : "";
    for (std::size_t i = lines.size() - static_cast<std::size_t>(count); i < lines.size(); ++i) {
        std::string const number = std::to_string(i + 1 + shell.history_base);
        out += std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + "  " + time + lines[i] + "\n";
    }
    shell.write(1, out);
    return 0;
}

// fc -l [first [last]] lists; fc -s [old=new] [command] runs again; fc -e EDITOR [first [last]] after an editor.
Task<int> builtin_fc(Interpreter& shell, Words arguments) {
    bool list = false, again = false, numbers = true, reverse = false;
    std::string editor = shell.value_of("FCEDIT").empty() ? shell.value_of("EDITOR") : shell.value_of("FCEDIT");
    std::size_t at = 1;
    auto const is_number = [](std::string const& text) {
        return text.size() > 1 && text[0] == '-' && is_digit(text[1]);
    };
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-' && !is_number(arguments[at]);
         ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        if (arguments[at] == "-e") {
            if (++at >= arguments.size()) {
                shell.builtin_error("fc", "-e: option requires an argument");
                co_return usage(shell, "fc");
            }
            editor = arguments[at];
            again = again || editor == "-";
            continue;
        }
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
    }
    if (!list) forget_current(shell);
    std::vector<std::string> lines = *shell.history;
    if (shell.history_has_current && !lines.empty()) lines.pop_back();
    auto const count = static_cast<std::int64_t>(lines.size());
    if (count == 0 && again) {
        shell.builtin_error("fc", "no command found");
        co_return 1;
    }
    if (count == 0) co_return 0;
    auto const place = [&](std::string const& text, std::int64_t fallback) {
        std::int64_t number = 0;
        if (text.empty()) return fallback;
        if (parse_number(text, number)) {
            if (number <= 0) return std::max<std::int64_t>(number == 0 ? count - 1 : count + number, 0);
            number -= static_cast<std::int64_t>(shell.history_base) + 1;
            return number < 0 || (number >= count && at + 1 >= arguments.size()) ? std::int64_t{-2}
                                                                                 : std::min(number, count - 1);
        }
        for (std::int64_t i = count - 1; i >= 0; --i)
            if (lines[static_cast<std::size_t>(i)].compare(0, text.size(), text) == 0) return i;
        return std::int64_t{-1};
    };
    std::int64_t first =
        place(at < arguments.size() ? arguments[at] : "", list ? std::max<std::int64_t>(count - 16, 0) : count - 1);
    std::int64_t last =
        place(at + 1 < arguments.size() ? arguments[at + 1] : "", list || at >= arguments.size() ? count - 1 : first);
    if (!again) {
        if (first < 0 || last < 0) {
            bool const out_of_range = first == -2 || last == -2;
            shell.builtin_error("fc", out_of_range ? "history specification out of range" : "no command found");
            co_return 1;
        }
        if (first > last) {
            std::swap(first, last);
            reverse = !reverse;
        }
    }
    if (list) {
        std::string out;
        for (std::int64_t i = first; i <= last && i < count; ++i) {
            std::int64_t const which = reverse ? last - (i - first) : i;
            out += numbers ? std::to_string(static_cast<std::size_t>(which) + 1 + shell.history_base) : "";
            out += "\t " + lines[static_cast<std::size_t>(which)] + "\n";
        }
        shell.write(1, out);
        co_return 0;
    }
    if (!again) {
        std::string const path = "/tmp/bash-fc." + std::to_string(shell.system.next_pid++);
        std::string text;
        for (std::int64_t i = first; i <= last; ++i)
            text += lines[static_cast<std::size_t>(reverse ? last - (i - first) : i)] + "\n";
        shell.system.vfs.write_file(shell.caller, path, text, 0600);
        auto editing =
            shell.run_text((editor.empty() ? "nano" : editor) + " " + path, Interpreter::TextKind::eval, shell.line);
        co_await editing;
        auto const edited = shell.system.vfs.read_file(shell.caller, path);
        shell.system.vfs.unlink(shell.caller, path);
        if (shell.status != 0 || !edited) co_return 1;
        shell.write(2, edited.value);
        shell.remember_line(edited.value);
        auto task = shell.run_text(edited.value, Interpreter::TextKind::eval, shell.line);
        Flow const flow = co_await task;
        if (!flow.goes_on()) shell.pending_flow = flow;
        co_return shell.status;
    }
    std::vector<std::pair<std::string, std::string>> changes;
    for (; at < arguments.size(); ++at) {
        std::size_t const equals = arguments[at].find('=');
        if (equals == std::string::npos || equals == 0) break;
        changes.emplace_back(arguments[at].substr(0, equals), arguments[at].substr(equals + 1));
    }
    std::int64_t const which = place(at < arguments.size() ? arguments[at] : "", count - 1);
    if (which < 0) {
        shell.builtin_error("fc", "no command found");
        co_return 1;
    }
    std::string text = lines[static_cast<std::size_t>(which)];
    for (auto const& [from, to] : changes)
        for (std::size_t hit = text.find(from); hit != std::string::npos; hit = text.find(from, hit + to.size()))
            text.replace(hit, from.size(), to);
    shell.write(2, text + "\n");
    shell.store_history(text);
    auto task = shell.run_text(text, Interpreter::TextKind::eval, shell.line);
    Flow const flow = co_await task;
    if (!flow.goes_on()) shell.pending_flow = flow;
    co_return shell.status;
}

}
