// xxd: bytes as hexadecimal or binary digits or as a C array, and back.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t most_columns = 256;

struct XxdStyle {
    std::int64_t columns = -1, group = -1, skip = 0, most = -1, offset = 0;
    bool plain = false, bits = false, upper = false, c_array = false, little_endian = false, reverse = false;
    bool skips_zeros = false, decimal = false, capitals = false, help = false, version = false;
    std::string name;
    bool has_name = false;
    std::vector<std::string> operands;
};

// Its options have one dash and any ending: -c, -cols, -c8. False for another one.
bool read_options(std::vector<std::string> const& argv, XxdStyle& style) {
    std::size_t at = 1;
    char form = 0; // the last one counts
    for (; at < argv.size() && argv[at].size() > 1 && argv[at][0] == '-'; ++at) {
        std::string_view word = argv[at];
        if (word == "--") {
            ++at;
            break;
        }
        if (word.substr(0, 2) == "--") word.remove_prefix(1);
        char const letter = word[1];
        std::string_view rest = word.substr(2);
        constexpr std::string_view with_value = "cglons";
        constexpr std::string_view endings[] = {"ols", "roup", "en", "ffset", "ame", "kip"};
        std::size_t const which = with_value.find(letter);
        std::string value;
        if (which != std::string_view::npos) {
            std::string_view const ending = endings[which];
            bool const spelled = rest.empty() || rest.substr(0, ending.size()) == ending || rest == "eek";
            if (spelled && at + 1 == argv.size()) return false;
            value = spelled ? argv[++at] : std::string(rest);
        }
        std::int64_t const number = std::strtoll(value.c_str(), nullptr, 0);
        switch (letter) {
            case 'a': style.skips_zeros = !style.skips_zeros; break;
            case 'b': form = 'b'; break;
            case 'C': style.capitals = true; break;
            case 'c': style.columns = number; break;
            case 'd': style.decimal = true; break;
            case 'E': break;
            case 'e': form = 'e'; break;
            case 'g': style.group = std::max<std::int64_t>(number, 0); break;
            case 'h': style.help = true; break;
            case 'i': form = 'i'; break;
            case 'l': style.most = std::max<std::int64_t>(number, 0); break;
            case 'n':
                style.name = value;
                style.has_name = true;
                break;
            case 'o': style.offset = number; break;
            case 'p': form = 'p'; break;
            case 'r': style.reverse = true; break;
            case 's': style.skip = number; break;
            case 'u': style.upper = true; break;
            case 'v': style.version = true; break;
            default: return false;
        }
    }
    style.bits = form == 'b';
    style.little_endian = form == 'e';
    style.c_array = form == 'i';
    style.plain = form == 'p';
    style.operands.assign(argv.begin() + static_cast<long>(at), argv.end());
    return style.operands.size() <= 2;
}

std::string xxd_byte(unsigned char c, XxdStyle const& style) {
    if (!style.bits) return format_integer("%02", style.upper ? 'X' : 'x', c);
    std::string out;
    for (int bit = 7; bit >= 0; --bit) out += c >> bit & 1 ? '1' : '0';
    return out;
}

std::string dump_line(std::string_view row, std::int64_t address, std::size_t columns, std::size_t group,
                      XxdStyle const& style) {
    std::size_t const per_byte = style.bits ? 8 : 2;
    std::string line = format_integer("%08", style.decimal ? 'd' : 'x', address) + ": ";
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        // The bytes of a little-endian group in reverse.
        std::size_t const first = i - i % group, size = std::min(group, row.size() - first);
        if (style.little_endian && i == first) line.append(2 * (group - size), ' ');
        line +=
            xxd_byte(static_cast<unsigned char>(row[style.little_endian ? first + size - 1 - (i - first) : i]), style);
        if ((i + 1) % group == 0 && i + 1 < columns) line += ' ';
        text += row[i] >= 32 && row[i] < 127 ? row[i] : '.';
    }
    std::size_t const width = 10 + columns * per_byte + (columns - 1) / group;
    line.resize(std::max(line.size(), width), ' ');
    return line + "  " + text;
}

void dump(Output& out, std::string_view bytes, std::int64_t address, XxdStyle const& style) {
    auto const columns = static_cast<std::size_t>(style.columns > 0 ? style.columns : style.bits ? 6 : 16);
    std::int64_t const wanted = style.group >= 0 ? style.group : style.bits ? 1 : style.little_endian ? 4 : 2;
    std::size_t const group =
        wanted == 0 || wanted > static_cast<std::int64_t>(columns) ? columns : static_cast<std::size_t>(wanted);
    // -a: of a run of lines of zeros the first is shown and * for the rest, the last line of all always.
    std::string waiting;
    std::size_t zeros = 0;
    for (std::size_t at = 0; at < bytes.size(); at += columns) {
        std::string_view const row = bytes.substr(at, columns);
        std::string const line = dump_line(row, address + static_cast<std::int64_t>(at), columns, group, style) + "\n";
        bool const last = at + columns >= bytes.size();
        bool const zero = style.skips_zeros && row.find_first_not_of('\0') == std::string_view::npos;
        if (zero && !last && ++zeros > 1) {
            waiting = line;
            continue;
        }
        if (!zero || last) {
            std::size_t const hidden = zeros > 0 ? zeros - 1 : 0;
            if (hidden == 1) out.put(waiting);
            if (hidden > 1) out.put("*\n");
            zeros = 0;
        }
        out.put(line);
    }
}

void dump_array(Output& out, std::string_view bytes, XxdStyle const& style) {
    std::string name = style.name, size = "_len";
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') name.insert(0, "__");
    for (char& c : name) {
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) c = '_';
        if (style.capitals && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    }
    if (style.capitals) size = "_LEN";
    auto const columns = static_cast<std::size_t>(style.columns > 0 ? style.columns : 12);
    if (!name.empty()) out.line("unsigned char " + name + "[] = {");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out.put(i % columns == 0 ? "  " : " ");
        out.put((style.upper ? "0X" : "0x") + xxd_byte(static_cast<unsigned char>(bytes[i]), style));
        if (i + 1 < bytes.size()) out.put(i % columns + 1 == columns ? ",\n" : ",");
    }
    if (!bytes.empty()) out.put('\n');
    if (!name.empty()) out.line("};\nunsigned int " + name + size + " = " + std::to_string(bytes.size()) + ";");
}

// -r: back to bytes. A line's digits end where as many bytes as it has columns are read or two characters in a row are
// none; gaps before its offset become zeros.
std::string reversed(std::string_view text, XxdStyle const& style) {
    constexpr std::size_t most_bytes = 1 << 24;
    std::string out;
    std::int64_t const columns = style.columns > 0 ? style.columns : style.plain ? 30 : 16;
    for (std::string_view line : split(text, '\n')) {
        std::size_t at = 0;
        auto const digit = [](char c) {
            return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        };
        if (!style.plain) {
            while (at < line.size() && digit(line[at]) < 0) ++at;
            std::int64_t address = 0;
            for (; at < line.size() && digit(line[at]) >= 0; ++at)
                address = std::min<std::int64_t>(address * 16 + digit(line[at]), most_bytes);
            if (at == line.size()) continue;
            ++at;
            address = std::clamp<std::int64_t>(address + style.skip, 0, most_bytes);
            if (address > static_cast<std::int64_t>(out.size())) out.resize(static_cast<std::size_t>(address), '\0');
        }
        int high = -1, others = 1; // characters in a row that are no digits
        if (style.plain)
            while (at < line.size() && digit(line[at]) < 0) ++at;
        for (std::int64_t count = 0; at < line.size() && (style.plain || count < columns); ++at) {
            char const c = line[at];
            if (c == '\r' || (style.plain && (c == ' ' || c == '\t'))) continue;
            int const value = digit(c);
            if (value < 0) {
                high = -1;
                if (++others > 2) break;
                continue;
            }
            others = high < 0 ? 0 : 1;
            if (high < 0) {
                high = value;
                continue;
            }
            out += static_cast<char>(high * 16 + value);
            high = -1;
            ++count;
        }
    }
    return out;
}

Task<int> run_xxd(Process& p) {
    XxdStyle style;
    bool const fine = read_options(p.argv, style);
    if (style.version) {
        p.err("xxd 2022-01-14 by Juergen Weigert et al.\n");
        co_return 0;
    }
    if (!fine || style.help) {
        p.err(help_text(xxd_command));
        co_return 1;
    }
    if (style.columns > most_columns && !style.plain && !style.c_array) {
        p.err(p.name() + ": invalid number of columns (max. " + std::to_string(most_columns) + ").\n");
        co_return 1;
    }
    std::string bytes;
    std::string const name = style.operands.empty() ? "-" : style.operands[0];
    if (!style.has_name && name != "-") style.name = name;
    bool const read = co_await read_whole(p, name, bytes);
    if (!read) co_return 2;
    if (style.operands.size() > 1 && style.operands[1] != "-") {
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto const opened = p.open(style.operands[1], flags);
        if (!opened) {
            report_file(p, "%", style.operands[1], opened.error);
            co_return 3;
        }
        p.files.set(1, opened.value);
    }
    Output out(p);
    if (style.reverse) {
        out.put(reversed(bytes, style));
        co_return out.close(0);
    }
    auto const size = static_cast<std::int64_t>(bytes.size());
    if (-style.skip > size) {
        p.err(p.name() + ": Sorry, cannot seek.\n");
        co_return out.close(4);
    }
    std::int64_t const skip =
        style.skip < 0 ? std::max<std::int64_t>(size + style.skip, 0) : std::min(style.skip, size);
    std::string_view view = std::string_view(bytes).substr(static_cast<std::size_t>(skip));
    if (style.most >= 0) view = view.substr(0, static_cast<std::size_t>(style.most));
    if (style.c_array) {
        dump_array(out, view, style);
    } else if (style.plain) {
        auto const columns =
            style.columns == 0 ? view.size() : static_cast<std::size_t>(style.columns > 0 ? style.columns : 30);
        for (std::size_t at = 0; at < view.size(); at += columns) {
            for (char const c : view.substr(at, columns)) out.put(xxd_byte(static_cast<unsigned char>(c), style));
            out.put('\n');
        }
    } else {
        dump(out, view, skip + style.offset, style);
    }
    co_return out.close(0);
}

}

Command const xxd_command{"xxd",
                          "make a hexdump or do the reverse",
                          "xxd [options] [infile [outfile]]",
                          "  -a        toggle autoskip: a single '*' replaces lines of zeros\n"
                          "  -b        binary digit dump\n"
                          "  -C        capitalize variable names in C include file style\n"
                          "  -c COLS   format COLS octets per line\n"
                          "  -d        show offset in decimal instead of hex\n"
                          "  -e        little-endian groups, of four bytes\n"
                          "  -g BYTES  number of octets per group in normal output\n"
                          "  -i        output in C include file style\n"
                          "  -l LEN    stop after LEN octets\n"
                          "  -n NAME   set the variable name used in C include output\n"
                          "  -o OFF    add OFF to the displayed file position\n"
                          "  -p        output in plain hexdump style\n"
                          "  -r        reverse operation: convert hexdump into binary\n"
                          "  -s SEEK   start at SEEK bytes, from the end if negative\n"
                          "  -u        use upper case hex letters\n"
                          "  -v        show version\n",
                          nullptr,
                          run_xxd};

}
