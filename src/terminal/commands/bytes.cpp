// od, xxd, strings and cmp: commands that look at bytes.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

struct OdType {
    char kind = 'o'; // a c d u o x f
    std::size_t size = 2;
    bool text = false; // z: characters at the end of the line
};

// "x1", "cz", "d2x1": types in a row; false for a wrong one.
bool read_types(std::string_view text, std::vector<OdType>& types) {
    for (std::size_t at = 0; at < text.size();) {
        OdType type;
        type.kind = text[at++];
        bool const letter = type.kind == 'a' || type.kind == 'c';
        if (!letter && std::string_view("duoxf").find(type.kind) == std::string_view::npos) return false;
        type.size = letter ? 1 : type.kind == 'f' ? 8 : 4;
        if (!letter && at < text.size()) {
            std::size_t const name = std::string_view("CSILF").find(text[at]);
            constexpr std::size_t sizes[] = {1, 2, 4, 8, 4};
            if (name != std::string_view::npos)
                type.size = sizes[name], ++at;
            else if (text[at] >= '1' && text[at] <= '8')
                type.size = static_cast<std::size_t>(text[at++] - '0');
        }
        if (type.size != 1 && type.size != 2 && type.size != 4 && type.size != 8) return false;
        if (at < text.size() && text[at] == 'z') type.text = true, ++at;
        types.push_back(type);
    }
    return true;
}

std::size_t od_width(OdType const& type) {
    if (type.kind == 'a' || type.kind == 'c') return 3;
    constexpr std::size_t octal[] = {3, 6, 11, 22}, hex[] = {2, 4, 8, 16}, decimal[] = {4, 6, 11, 20},
                          plain[] = {3, 5, 10, 20};
    std::size_t const which = type.size == 1 ? 0 : type.size == 2 ? 1 : type.size == 4 ? 2 : 3;
    if (type.kind == 'f') return type.size == 4 ? 15 : 24;
    return type.kind == 'o'   ? octal[which]
           : type.kind == 'x' ? hex[which]
           : type.kind == 'd' ? decimal[which]
                              : plain[which];
}

std::string od_cell(OdType const& type, std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    auto const c = static_cast<unsigned char>(bytes[0]);
    if (type.kind == 'c') {
        return character_or_octal(bytes[0]);
    }
    if (type.kind == 'a') {
        constexpr std::string_view names[] = {"nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs",
                                              "ht",  "nl",  "vt",  "ff",  "cr",  "so",  "si",  "dle", "dc1",
                                              "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em",  "sub",
                                              "esc", "fs",  "gs",  "rs",  "us",  "sp"};
        unsigned const low = c & 127u;
        return low == 127 ? "del" : low <= 32 ? std::string(names[low]) : std::string(1, static_cast<char>(low));
    }
    std::string const zeros = "%0" + std::to_string(od_width(type));
    if (type.kind == 'o' || type.kind == 'x') return format_integer(zeros, type.kind, static_cast<std::int64_t>(value));
    if (type.kind == 'u') return format_integer("%", 'u', static_cast<std::int64_t>(value));
    if (type.kind == 'd') {
        unsigned const shift = static_cast<unsigned>(64 - 8 * type.size);
        return std::to_string(static_cast<std::int64_t>(value << shift) >> shift);
    }
    double number = 0;
    if (type.size == 4) {
        float single = 0;
        auto const bits = static_cast<std::uint32_t>(value);
        std::copy_n(reinterpret_cast<char const*>(&bits), 4, reinterpret_cast<char*>(&single));
        return format_double("%.8", 'g', static_cast<double>(single));
    }
    std::copy_n(reinterpret_cast<char const*>(&value), 8, reinterpret_cast<char*>(&number));
    return format_double("%.17", 'g', number);
}

struct OdStyle {
    std::vector<OdType> types;
    char address = 'o';
    std::int64_t skip = 0, most = -1;
    std::size_t width = 16;
    bool all = false;
};

std::string od_address(OdStyle const& style, std::int64_t offset) {
    if (style.address == 'n') return "";
    return style.address == 'x' ? format_integer("%06", 'x', offset)
                                : format_integer("%07", style.address == 'd' ? 'd' : 'o', offset);
}

void od_line(Output& out, OdStyle const& style, std::int64_t offset, std::string_view row) {
    // Columns of all types line up: each byte gets as much room as the widest needs.
    std::size_t per_block = 0;
    std::size_t block = 1;
    for (OdType const& type : style.types) block = std::max(block, type.size);
    for (OdType const& type : style.types) per_block = std::max(per_block, (od_width(type) + 1) * (block / type.size));
    bool first = true;
    for (OdType const& type : style.types) {
        std::string line = first ? od_address(style, offset)
                                 : std::string(style.address == 'n' ? 0 : od_address(style, 0).size(), ' ');
        first = false;
        std::size_t const cells = block / type.size;
        std::size_t used = 0;
        for (std::size_t at = 0; at < row.size(); at += type.size) {
            std::string bytes(row.substr(at, type.size));
            bytes.resize(type.size, '\0');
            std::size_t const index = at / type.size % cells;
            std::size_t const room = per_block * (index + 1) / cells - per_block * index / cells;
            std::string const cell = od_cell(type, bytes);
            line += std::string(room > cell.size() ? room - cell.size() : 0, ' ') + cell;
            used += type.size;
        }
        if (type.text) {
            for (; used < style.width; used += type.size) line += std::string(per_block / cells, ' ');
            line += "  >";
            for (char const c : row) line += c >= 32 && c < 127 ? c : '.';
            line += '<';
        }
        out.line(line);
    }
}

Task<int> run_od(Process& p) {
    Arguments const arguments = parse_arguments(p, od_command);
    if (arguments.ended()) co_return arguments.status;
    OdStyle style;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'A': style.address = option.value.empty() ? 'o' : option.value[0]; break;
            case 't':
                if (!read_types(option.value, style.types))
                    co_return p.fail("invalid type string " + marked(option.value));
                break;
            case 'a': style.types.push_back({'a', 1, false}); break;
            case 'b': style.types.push_back({'o', 1, false}); break;
            case 'c': style.types.push_back({'c', 1, false}); break;
            case 'd': style.types.push_back({'u', 2, false}); break;
            case 'i': style.types.push_back({'d', 4, false}); break;
            case 'l': style.types.push_back({'d', 8, false}); break;
            case 'o': style.types.push_back({'o', 2, false}); break;
            case 's': style.types.push_back({'d', 2, false}); break;
            case 'x': style.types.push_back({'x', 2, false}); break;
            case 'j': style.skip = parse_size(option.value, true).value_or(0); break;
            case 'N': style.most = parse_size(option.value, true).value_or(0); break;
            case 'w':
                style.width = static_cast<std::size_t>(
                    std::clamp<std::int64_t>(option.has_value ? parse_count(option.value).value_or(16) : 32, 1, 1024));
                break;
            case 'v': style.all = true; break;
            default: break;
        }
    }
    if (style.types.empty()) style.types.push_back({'o', 2, false});
    Output out(p);
    Input in(p, arguments.operands);
    std::string waiting, block, before;
    std::int64_t offset = 0, skip = style.skip, left = style.most;
    bool starred = false, has_before = false;
    auto const row_out = [&](std::string_view row) {
        bool const repeats = !style.all && has_before && row == before && row.size() == style.width;
        if (repeats && !starred) out.line("*");
        if (!repeats) od_line(out, style, offset + style.skip, row);
        starred = repeats;
        has_before = true;
        before = std::string(row);
        offset += static_cast<std::int64_t>(row.size());
    };
    bool any = false; // file could be opened
    while (in.open_next() && left != 0) {
        any = true;
        while (left != 0 && !out.broken() && co_await in.next_block(block)) {
            auto const drop = std::min<std::int64_t>(skip, static_cast<std::int64_t>(block.size()));
            block.erase(0, static_cast<std::size_t>(drop));
            skip -= drop;
            if (left >= 0 && static_cast<std::int64_t>(block.size()) > left)
                block.resize(static_cast<std::size_t>(left));
            if (left >= 0) left -= static_cast<std::int64_t>(block.size());
            waiting += block;
            std::size_t at = 0;
            for (; at + style.width <= waiting.size(); at += style.width)
                row_out(std::string_view(waiting).substr(at, style.width));
            waiting.erase(0, at);
            co_await p.breathe();
        }
    }
    if (!waiting.empty()) row_out(waiting);
    if (style.address != 'n' && (any || !in.failed())) out.line(od_address(style, offset + style.skip));
    co_return out.close(in.failed() ? 1 : 0);
}

struct XxdStyle {
    std::size_t columns = 16, group = 2;
    bool plain = false, bits = false, upper = false, c_array = false, little_endian = false;
    std::int64_t skip = 0, most = -1;
    std::string name;
};

std::string xxd_byte(unsigned char c, XxdStyle const& style) {
    if (!style.bits) return format_integer("%02", style.upper ? 'X' : 'x', c);
    std::string out;
    for (int bit = 7; bit >= 0; --bit) out += c >> bit & 1 ? '1' : '0';
    return out;
}

void xxd_dump(Output& out, std::string_view bytes, XxdStyle const& style) {
    std::size_t const per_byte = style.bits ? 8 : 2;
    for (std::size_t at = 0; at < bytes.size(); at += style.columns) {
        std::string_view const row = bytes.substr(at, style.columns);
        std::string line =
            style.plain ? "" : format_integer("%08", 'x', static_cast<std::int64_t>(at) + style.skip) + ": ";
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (style.little_endian && i % style.group == 0)
                line.append(2 * (style.group - std::min(style.group, row.size() - i)), ' ');
            // The bytes of a group in reverse.
            std::size_t const group = style.little_endian ? i - i % style.group : 0;
            std::size_t const shown =
                style.little_endian ? group + std::min(style.group, row.size() - group) - 1 - (i - group) : i;
            line += xxd_byte(static_cast<unsigned char>(row[shown]), style);
            if (!style.plain && style.group && (i + 1) % style.group == 0 && i + 1 < style.columns) line += ' ';
            text += row[i] >= 32 && row[i] < 127 ? row[i] : '.';
        }
        if (!style.plain) {
            std::size_t const groups = style.group ? (style.columns - 1) / style.group : 0;
            std::size_t const width = 10 + style.columns * per_byte + groups;
            line.resize(std::max(line.size(), width), ' ');
            line += "  " + text;
        }
        out.line(line);
    }
}

void xxd_array(Output& out, std::string_view bytes, XxdStyle const& style) {
    std::string name = style.name;
    for (char& c : name)
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) c = '_';
    if (!name.empty()) out.line("unsigned char " + name + "[] = {");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out.put(i % 12 == 0 ? "  " : " ");
        out.put("0x" + xxd_byte(static_cast<unsigned char>(bytes[i]), style));
        if (i + 1 < bytes.size()) out.put(i % 12 == 11 ? ",\n" : ",");
    }
    out.put('\n');
    if (!name.empty()) out.line("};\nunsigned int " + name + "_len = " + std::to_string(bytes.size()) + ";");
}

// xxd -r: back to bytes.
std::string xxd_reverse(std::string_view text, bool plain) {
    std::string out;
    auto const digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    };
    for (std::string_view line : split(text, '\n')) {
        if (!plain) {
            std::size_t const colon = line.find(':');
            if (colon == std::string_view::npos) continue;
            line = line.substr(colon + 1);
            if (std::size_t const end = line.find("  ", 1); end != std::string_view::npos) line = line.substr(0, end);
        }
        int high = -1;
        for (char const c : line) {
            int const value = digit(c);
            if (value < 0) continue;
            if (high < 0)
                high = value;
            else
                out += static_cast<char>(high * 16 + value), high = -1;
        }
    }
    return out;
}

Task<int> run_xxd(Process& p) {
    // xxd's long options have one dash in the old style; the common ones are plain letters.
    for (std::string& word : p.argv)
        if (word == "-ps" || word == "-plain" || word == "-postscript") word = "-p";
    Arguments const arguments = parse_arguments(p, xxd_command);
    if (arguments.ended()) co_return arguments.status;
    XxdStyle style;
    bool columns_given = false, group_given = false;
    for (Option const& option : arguments.options) {
        auto const number = parse_size(option.value);
        switch (option.id) {
            case 'b': style.bits = true; break;
            case 'c':
                style.columns = static_cast<std::size_t>(std::clamp<std::int64_t>(number.value_or(16), 1, 256)),
                columns_given = true;
                break;
            case 'g':
                style.group = static_cast<std::size_t>(std::max<std::int64_t>(0, number.value_or(2))),
                group_given = true;
                break;
            case 'e': style.little_endian = true; break;
            case 'i': style.c_array = true; break;
            case 'l': style.most = number.value_or(-1); break;
            case 'p': style.plain = true; break;
            case 's': style.skip = number.value_or(0); break;
            case 'u': style.upper = true; break;
            default: break;
        }
    }
    if (style.plain && !columns_given) style.columns = 30;
    if (style.bits && !columns_given) style.columns = 6;
    if (style.bits && !group_given) style.group = 1;
    if (style.little_endian && (!group_given || style.group == 0)) style.group = 4;
    std::string bytes;
    std::string const name = arguments.operands.empty() ? "-" : arguments.operands[0];
    style.name = name == "-" ? "" : name;
    bool const read = co_await read_whole(p, name, bytes);
    if (!read) co_return 2;
    Output out(p);
    if (arguments.has('r')) {
        out.put(xxd_reverse(bytes, style.plain));
        co_return out.close(0);
    }
    std::string_view view = bytes;
    view.remove_prefix(std::min(static_cast<std::size_t>(style.skip), view.size()));
    if (style.most >= 0) view = view.substr(0, static_cast<std::size_t>(style.most));
    if (style.c_array)
        xxd_array(out, view, style);
    else
        xxd_dump(out, view, style);
    co_return out.close(0);
}

Task<int> run_strings(Process& p) {
    Arguments const arguments = parse_arguments(p, strings_command);
    if (arguments.ended()) co_return arguments.status;
    std::size_t least = 4;
    char radix = 0;
    for (Option const& option : arguments.options) {
        if (option.id == 'n' || option.id == '#')
            least = static_cast<std::size_t>(std::max<std::int64_t>(1, parse_count(option.value).value_or(4)));
        if (option.id == 't' && !option.value.empty()) radix = option.value[0];
        if (option.id == 'o') radix = 'o';
    }
    Output out(p);
    Input in(p, arguments.operands, '\n', {"$", "Warning: $ is a directory"});
    std::string block;
    while (in.open_next()) {
        std::string run;
        std::int64_t offset = 0;
        auto const finish = [&] {
            if (run.size() >= least) {
                std::int64_t const start = offset - static_cast<std::int64_t>(run.size());
                if (arguments.has('f')) out.put((in.name() == "-" ? "{standard input}" : in.name()) + ": ");
                if (radix) out.put(format_integer("%7", radix, start) + " ");
                out.line(run);
            }
            run.clear();
        };
        while (!out.broken() && co_await in.next_block(block)) {
            for (char const c : block) {
                if ((c >= 32 && c < 127) || c == '\t')
                    run += c;
                else
                    finish();
                ++offset;
            }
        }
        finish();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_cmp(Process& p) {
    Arguments const arguments = parse_arguments(p, cmp_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    auto files = arguments.operands;
    if (files.empty()) co_return missing_operand(p, {p.name()}, 2);
    if (files.size() == 1) files.emplace_back("-");
    std::string bytes[2];
    for (std::size_t i = 0; i < 2; ++i) {
        bool const read = co_await read_whole(p, files[i], bytes[i]);
        if (!read) co_return 2;
    }
    std::size_t most = std::string::npos;
    if (std::string const* given = arguments.value('n'))
        most = static_cast<std::size_t>(parse_size(*given).value_or(0));
    std::size_t skips[2] = {0, 0};
    if (std::string const* given = arguments.value('i')) {
        std::size_t const colon = given->find(':');
        auto const first = parse_size(given->substr(0, colon));
        auto const second = colon == std::string::npos ? first : parse_size(given->substr(colon + 1));
        if (!first || !second) co_return usage_mistake(p, "invalid --ignore-initial value '" + *given + "'", 2);
        skips[0] = std::min(static_cast<std::size_t>(*first), bytes[0].size());
        skips[1] = std::min(static_cast<std::size_t>(*second), bytes[1].size());
    }
    std::string_view const a = std::string_view(bytes[0]).substr(skips[0], most),
                           b = std::string_view(bytes[1]).substr(skips[1], most);
    std::size_t const common = std::min(a.size(), b.size());
    bool const quiet = arguments.has('s'), verbose = arguments.has('l'), shows = arguments.has('b');
    std::size_t line = 1;
    int status = 0;
    Output out(p);
    auto const visible = [](char c) {
        auto const u = static_cast<unsigned char>(c);
        return u < 32 ? std::string("^") + static_cast<char>(u + 64) : u == 127 ? "^?" : std::string(1, c);
    };
    for (std::size_t i = 0; i < common; ++i) {
        if (a[i] != b[i]) {
            status = 1;
            std::string const left = format_integer("%3", 'o', static_cast<unsigned char>(a[i])),
                              right = format_integer("%3", 'o', static_cast<unsigned char>(b[i]));
            if (quiet) co_return 1;
            if (!verbose) {
                out.line(files[0] + " " + files[1] + " differ: " + "byte " + std::to_string(i + 1) + ", line " +
                         std::to_string(line) +
                         (shows ? " is " + left + " " + visible(a[i]) + " " + right + " " + visible(b[i]) : ""));
                co_return out.close(1);
            }
            out.line(padded_number(static_cast<std::int64_t>(i + 1),
                                   static_cast<int>(std::to_string(std::max(a.size(), b.size())).size())) +
                     " " + left + (shows ? " " + padded(visible(a[i]), -4) : "") + " " + right +
                     (shows ? " " + visible(b[i]) : ""));
        }
        line += a[i] == '\n';
    }
    if (a.size() != b.size()) {
        if (quiet) co_return 1;
        std::size_t const shorter = a.size() < b.size() ? 0 : 1;
        out.flush();
        std::string const where = common == 0
                                      ? " which is empty"
                                      : " after byte " + std::to_string(common) +
                                            (verbose ? ""
                                                     : std::string(", ") + (bytes[shorter].back() == '\n'
                                                                                ? "line " + std::to_string(line - 1)
                                                                                : "in line " + std::to_string(line)));
        p.fail("EOF on " + (files[shorter] == "-" ? "-" : files[shorter]) + where);
        status = 1;
    }
    co_return out.close(status);
}

}

Command const od_command{
    "od",
    "write an unambiguous representation, octal bytes by default, of FILE",
    "od [OPTION]... [FILE]...",
    "  -A, --address-radix=RADIX  output format for file offsets: d, o, x or n for none\n"
    "  -j, --skip-bytes=BYTES     skip BYTES input bytes first\n"
    "  -N, --read-bytes=BYTES     limit dump to BYTES input bytes\n"
    "  -t, --format=TYPE          select output format: a c d[SIZE] f[SIZE] o[SIZE] u[SIZE] x[SIZE]\n"
    "  -v, --output-duplicates    do not use * to mark line suppression\n"
    "  -w, --width[=BYTES]        output BYTES bytes per output line; 32 is implied\n"
    "  -a   same as -t a\n  -b   same as -t o1\n  -c   same as -t c\n  -d   same as -t u2\n  -i   same as -t dI\n  -l  "
    " same as -t dL\n"
    "  -o   same as -t o2\n  -s   same as -t d2\n  -x   same as -t x2\n",
    nullptr,
    run_od};
Command const xxd_command{"xxd",
                          "make a hexdump or do the reverse",
                          "xxd [options] [infile]",
                          "  -b        binary digit dump\n"
                          "  -c COLS   format COLS octets per line\n"
                          "  -e        little-endian groups, of four bytes\n"
                          "  -g BYTES  number of octets per group in normal output\n"
                          "  -i        output in C include file style\n"
                          "  -l LEN    stop after LEN octets\n"
                          "  -p        output in plain hexdump style\n"
                          "  -r        reverse operation: convert hexdump into binary\n"
                          "  -s SEEK   start at SEEK bytes\n"
                          "  -u        use upper case hex letters\n",
                          nullptr,
                          run_xxd};
Command const strings_command{"strings",
                              "print the sequences of printable characters in files",
                              "strings [option(s)] [file(s)]",
                              "  -a, --all           (always so)\n"
                              "  -f, --print-file-name  print the name of the file before each string\n"
                              "  -n, --bytes=NUMBER  print any sequence of at least NUMBER characters (default 4)\n"
                              "  -o                  same as -t o\n"
                              "  -t, --radix=RADIX   print the location in base 8 (o), 10 (d) or 16 (x)\n"
                              "  -NUM                same as -n NUM\n",
                              nullptr,
                              run_strings};
Command const cmp_command{
    "cmp",
    "compare two files byte by byte",
    "cmp [OPTION]... FILE1 [FILE2]",
    "  -b, --print-bytes     print differing bytes\n"
    "  -i, --ignore-initial=SKIP  skip the first SKIP bytes of both, or with SKIP1:SKIP2 of each\n"
    "  -l, --verbose         output byte numbers and differing byte values\n"
    "  -n, --bytes=LIMIT     compare at most LIMIT bytes\n"
    "  -s, --quiet, --silent  suppress all normal output\n",
    nullptr,
    run_cmp};

}
