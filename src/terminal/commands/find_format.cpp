#include "terminal/commands/find_format.hpp"

#include "terminal/commands/files.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t billion = 1'000'000'000;

std::string seconds_text(std::int64_t time_ns) {
    std::string fraction = std::to_string(time_ns % billion);
    fraction.insert(0, 9 - fraction.size(), '0');
    return std::to_string(time_ns / billion) + "." + fraction + "0";
}

std::string time_text(Process& p, std::int64_t time_ns) {
    return format_time("%a %b %e %H:%M:%S.%N0 %Y", time_ns, zone_named(p.env("TZ")));
}

// %T, %A or %C with its strftime letter.
std::string time_part(Process& p, std::int64_t time_ns, char letter) {
    if (letter == '@') return seconds_text(time_ns);
    std::string const format = letter == '+'                    ? "%Y-%m-%d+%H:%M:%S.%N0"
                               : letter == 'S'                  ? "%S.%N0"
                               : letter == 'T' || letter == 'X' ? "%H:%M:%S.%N0"
                                                                : std::string("%") + letter;
    return format_time(format, time_ns, zone_named(p.env("TZ")));
}

std::string directive(Process& p, char c, std::string_view spec, Found const& found) {
    Node const& node = *found.node;
    auto const text = [&](std::string_view value) { return format_text(spec, value); };
    auto const number = [&](std::int64_t value) { return format_text(spec, std::to_string(value)); };
    std::string const clean = without_slashes(found.path);
    switch (c) {
        case 'p': return text(found.path);
        case 'f': return text(clean == "/" ? clean : std::string(base_name(clean)));
        case 'h': {
            std::size_t const slash = clean.rfind('/');
            return text(slash == std::string::npos ? "." : clean.substr(0, slash));
        }
        case 'P': {
            std::string_view rest = std::string_view(found.path).substr(found.root.size());
            while (!rest.empty() && rest[0] == '/') rest.remove_prefix(1);
            return text(rest);
        }
        case 'H': return text(found.root);
        case 's': return number(static_cast<std::int64_t>(node.size()));
        case 'b': return number(blocks_of(node));
        case 'k': return number(blocks_of(node) / 2);
        case 'm': return format_integer(spec, 'o', node.mode);
        case 'M': return text(mode_text(node));
        case 'y':
        case 'Y': return text(std::string(1, type_letter(node)));
        case 'u': return text(user_name(p, node.uid));
        case 'g': return text(user_name(p, node.gid));
        case 'U': return number(node.uid);
        case 'G': return number(node.gid);
        case 'n': return number(node.links);
        case 'i': return number(static_cast<std::int64_t>(node.inode));
        case 'd': return number(found.depth);
        case 'l': return text(node.kind == FileKind::symlink ? node.content : "");
        case 't': return text(time_text(p, node.modified_ns));
        case 'a': return text(time_text(p, node.accessed_ns));
        case 'c': return text(time_text(p, node.changed_ns));
        case '%': return "%";
        default: return std::string("%") + c;
    }
}

}

char type_letter(Node const& node) {
    switch (node.kind) {
        case FileKind::regular: return 'f';
        case FileKind::directory: return 'd';
        case FileKind::symlink: return 'l';
        case FileKind::character_device: return 'c';
        case FileKind::fifo: return 'p';
    }
    return '?';
}

std::string find_format(Process& p, std::string_view format, Found const& found) {
    std::string out;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] == '\\' && at + 1 < format.size()) {
            if (format[at + 1] == 'c') break;
            std::size_t end = at + 1;
            while (end < format.size() && end - at <= 3 && format[end] >= '0' && format[end] <= '7') ++end;
            if (end == at + 1) ++end;
            out += unescaped(format.substr(at, end - at));
            at = end - 1;
            continue;
        }
        if (format[at] != '%' || at + 1 == format.size()) {
            out += format[at];
            continue;
        }
        std::size_t const start = at++;
        while (at + 1 < format.size() && std::string_view("-+ #0123456789.").find(format[at]) != std::string_view::npos)
            ++at;
        char const c = format[at];
        bool const is_time = (c == 'T' || c == 'A' || c == 'C') && at + 1 < format.size();
        if (is_time) {
            Node const& node = *found.node;
            out += time_part(p,
                             c == 'T'   ? node.modified_ns
                             : c == 'A' ? node.accessed_ns
                                        : node.changed_ns,
                             format[++at]);
        } else {
            out += directive(p, c, format.substr(start, at - start), found);
        }
    }
    return out;
}

}
