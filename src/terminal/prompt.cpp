// The backslash escapes of PS1 and its kin.
#include "terminal/characters.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"

namespace cw::terminal {

namespace {

std::string shown_directory(Interpreter& shell, bool last_only) {
    std::string const home = shell.value_of("HOME");
    std::string path = shell.directory;
    if (std::string const* const pwd = shell.scalar("PWD")) path = *pwd;
    bool const in_home = home.size() > 1 && path.compare(0, home.size(), home) == 0 &&
                         (path.size() == home.size() || path[home.size()] == '/');
    if (in_home) path = "~" + path.substr(home.size());
    if (last_only) {
        if (path == "~" || path == "/") return path;
        return std::string(base_name(path));
    }
    int const keep = std::atoi(shell.value_of("PROMPT_DIRTRIM").c_str());
    if (keep <= 0) return path;
    std::size_t at = path.size();
    for (int i = 0; i < keep && at != std::string::npos && at > 0; ++i) at = path.rfind('/', at - 1);
    std::size_t const from = in_home ? 2 : 0;
    constexpr std::size_t dots = 3; // no shorter than what they stand for
    if (at == std::string::npos || at < from + dots + 1) return path;
    return path.substr(0, from) + "..." + path.substr(at);
}

}

std::string decoded_prompt(Interpreter& shell, std::string_view text) {
    std::string out;
    std::int64_t const now = shell.system.clock.now_ns;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 >= text.size()) {
            out.push_back(text[at]);
            continue;
        }
        char const c = text[++at];
        switch (c) {
            case 'a': out.push_back('\a'); break;
            case 'd': out += format_time("%a %b %d", now); break;
            case 'D': {
                std::size_t const close = text.find('}', at);
                if (at + 1 >= text.size() || text[at + 1] != '{') {
                    out += "\\D";
                    break;
                }
                std::string_view const format = text.substr(at + 2, std::min(close, text.size()) - at - 2);
                out += format_time(format.empty() ? "%H:%M:%S" : format, now);
                at = std::min(close, text.size() - 1);
                break;
            }
            case 'e': out.push_back('\x1b'); break;
            case 'h': out += shell.system.host_name.substr(0, shell.system.host_name.find('.')); break;
            case 'H': out += shell.system.host_name; break;
            case 'j': out += std::to_string(shell.jobs.size()); break;
            case 'l': out += "tty"; break;
            case 'n': out.push_back('\n'); break;
            case 'r': out.push_back('\r'); break;
            case 's': out += std::string(base_name(shell.name)); break;
            case 't': out += format_time("%H:%M:%S", now); break;
            case 'T': out += format_time("%I:%M:%S", now); break;
            case '@': out += format_time("%I:%M %p", now); break;
            case 'A': out += format_time("%H:%M", now); break;
            case 'u': out += shell.system.user; break;
            case 'v': out += "5.2"; break;
            case 'V': out += "5.2.15"; break;
            case 'w':
            case 'W': {
                // A directory is text: what looks like an expansion in it stays as it is.
                for (char const d : shown_directory(shell, c == 'W')) {
                    if (d == '$' || d == '`' || d == '\\') out.push_back('\\');
                    out.push_back(d);
                }
                break;
            }
            case '!': out += std::to_string(shell.history->size() + shell.history_base + 1); break;
            case '#': out += std::to_string(shell.command_number); break;
            case '$': out += shell.caller.uid == 0 ? "#" : shell.options.promptvars ? "\\$" : "$"; break;
            case '\\': out.push_back('\\'); break;
            case '[':
                if (shell.interactive) out.push_back('\x01'); // for the line editor
                break;
            case ']':
                if (shell.interactive) out.push_back('\x02');
                break;
            default:
                if (c >= '0' && c <= '7') {
                    int value = 0;
                    std::size_t digits = 0;
                    std::string_view const three = text.substr(at, 3);
                    if (three.find_first_not_of("01234567") != std::string_view::npos) { // all three, or none
                        out += std::string("\\") + c;
                        break;
                    }
                    for (; digits < 3 && at + digits < text.size() && text[at + digits] >= '0' &&
                           text[at + digits] <= '7';
                         ++digits)
                        value = value * 8 + (text[at + digits] - '0');
                    out.push_back(static_cast<char>(value & 0xFF));
                    at += digits - 1;
                } else {
                    out.push_back('\\');
                    out.push_back(c);
                }
        }
    }
    return out;
}

}
