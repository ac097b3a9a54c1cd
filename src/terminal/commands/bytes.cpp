// od and cmp: commands that look at bytes.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cw::terminal::commands {

namespace {

struct OdType {
    char kind = 'o'; // a c d u o x f
    std::size_t size = 2;
    bool text = false; // z: characters at the end of the line
};

// "x1", "cz", "d2x1": types in a row; what is wrong with them, or nothing.
std::string read_types(std::string_view text, std::vector<OdType>& types) {
    std::string const whole = "invalid type string " + marked(text);
    for (std::size_t at = 0; at < text.size();) {
        OdType type;
        type.kind = text[at++];
        bool const letter = type.kind == 'a' || type.kind == 'c', floating = type.kind == 'f';
        if (!letter && std::string_view("duoxf").find(type.kind) == std::string_view::npos)
            return std::string("invalid character '") + type.kind + "' in type string " + marked(text);
        type.size = letter ? 1 : floating ? 8 : 4;
        if (!letter && at < text.size()) {
            constexpr std::size_t sizes[] = {1, 2, 4, 8};
            std::size_t const name = std::string_view(floating ? "??FD" : "CSIL").find(text[at]);
            std::size_t const digits = std::min(text.find_first_not_of("0123456789", at), text.size());
            if (name != std::string_view::npos)
                type.size = sizes[name], ++at;
            else if (digits > at)
                type.size = static_cast<std::size_t>(parse_count(text.substr(at, digits - at)).value_or(0)),
                at = digits;
        }
        bool const known = type.size == 4 || type.size == 8 || (!floating && (type.size == 1 || type.size == 2));
        if (!known)
            return whole + ";\nthis system doesn't provide a " + std::to_string(type.size) + "-byte " +
                   (floating ? "floating point" : "integral") + " type";
        if (at < text.size() && text[at] == 'z') type.text = true, ++at;
        types.push_back(type);
    }
    return {};
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

// With as few digits as are needed to read the same number back.
template <class Same>
std::string shortest(double number, int digits, int most, Same same) {
    std::string text;
    do {
        text = format_double("%." + std::to_string(digits), 'g', number);
    } while (!same(text.c_str()) && digits++ < most);
    return text;
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
        return shortest(static_cast<double>(single), single < 1.2e-38F && single > -1.2e-38F ? 1 : 6, 9,
                        [single](char const* text) { return std::strtof(text, nullptr) == single; });
    }
    std::copy_n(reinterpret_cast<char const*>(&value), 8, reinterpret_cast<char*>(&number));
    return shortest(number, std::fabs(number) < 2.3e-308 ? 1 : 15, 17,
                    [number](char const* text) { return std::strtod(text, nullptr) == number; });
}

struct OdStyle {
    std::vector<OdType> types;
    char address = 'o';
    std::int64_t skip = 0, most = -1;
    std::size_t width = 0;
    std::size_t strings = 0; // -S: their least length
    bool all = false, big_endian = false;
};

std::string od_address(OdStyle const& style, std::int64_t offset) {
    if (style.address == 'n') return "";
    return style.address == 'x' ? format_integer("%06", 'x', offset)
                                : format_integer("%07", style.address == 'd' ? 'd' : 'o', offset);
}

void od_line(Output& out, OdStyle const& style, std::int64_t offset, std::string_view row) {
    // All types take the same room in a line; what the narrower do not need goes between their columns.
    std::size_t room = 0;
    for (OdType const& type : style.types) room = std::max(room, (od_width(type) + 1) * (style.width / type.size));
    bool first = true;
    for (OdType const& type : style.types) {
        std::string line = first ? od_address(style, offset)
                                 : std::string(style.address == 'n' ? 0 : od_address(style, 0).size(), ' ');
        first = false;
        std::size_t const cells = style.width / type.size, cell_room = od_width(type) + 1;
        std::size_t const spare = room - cells * cell_room;
        auto const width_of = [&](std::size_t index) {
            std::size_t const left = cells - index;
            return cell_room + spare * left / cells - spare * (left - 1) / cells;
        };
        std::size_t index = 0;
        for (std::size_t at = 0; at < row.size(); at += type.size, ++index) {
            std::string bytes(row.substr(at, type.size));
            bytes.resize(type.size, '\0');
            if (style.big_endian) std::reverse(bytes.begin(), bytes.end());
            std::string const cell = od_cell(type, bytes);
            line += std::string(width_of(index) > cell.size() ? width_of(index) - cell.size() : 0, ' ') + cell;
        }
        if (type.text) {
            for (; index < cells; ++index) line += std::string(width_of(index), ' ');
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
    struct Old {
        char letter;
        std::string_view types;
    };
    constexpr Old old_letters[] = {{'a', "a"},  {'b', "o1"}, {'c', "c"},  {'d', "u2"}, {'e', "f8"},
                                   {'f', "f4"}, {'h', "x2"}, {'i', "d4"}, {'l', "d8"}, {'o', "o2"},
                                   {'s', "d2"}, {'x', "x2"}, {'B', "o2"}, {'D', "u4"}, {'F', "f8"},
                                   {'H', "x4"}, {'I', "d8"}, {'L', "d8"}, {'O', "o4"}, {'X', "x4"}};
    for (Option const& option : arguments.options) {
        std::string_view types;
        auto const size = parse_size(option.value, true);
        switch (option.id) {
            case 'A':
                style.address = option.value.empty() ? ' ' : option.value[0];
                if (std::string_view("doxn").find(style.address) == std::string_view::npos)
                    co_return p.fail("invalid output address radix '" + option.value.substr(0, 1) +
                                     "'; it must be one character from [doxn]");
                break;
            case 't': types = option.value; break;
            case 'j':
            case 'N':
            case 'S':
            case long_option("strings"):
                if (!size && option.has_value)
                    co_return p.fail("invalid -" +
                                     (option.id < 128 ? std::string(1, static_cast<char>(option.id)) : "-strings") +
                                     " argument '" + option.value + "'");
                if (option.id == 'j') style.skip = *size;
                if (option.id == 'N') style.most = *size;
                if (option.id != 'j' && option.id != 'N') style.strings = static_cast<std::size_t>(size.value_or(3));
                break;
            case 'w': {
                auto const width = option.has_value ? parse_count(option.value) : 32;
                if (!width) co_return p.fail("invalid -w argument '" + option.value + "'");
                style.width = static_cast<std::size_t>(std::min<std::int64_t>(*width, 1024));
                break;
            }
            case 'v': style.all = true; break;
            case long_option("endian"):
                if (option.value != "big" && option.value != "little")
                    co_return invalid_choice(p, option.value, "--endian", {"little", "big"});
                style.big_endian = option.value == "big";
                break;
            default:
                for (Old const& one : old_letters)
                    if (option.id == static_cast<unsigned char>(one.letter)) types = one.types;
        }
        if (std::string const mistake = read_types(types, style.types); !mistake.empty()) co_return p.fail(mistake);
    }
    if (style.types.empty()) style.types.push_back({'o', 2, false});
    std::size_t block_size = 1;
    for (OdType const& type : style.types) block_size = std::max(block_size, type.size);
    bool const has_width = arguments.has('w');
    if (!has_width) style.width = 16;
    if (style.width == 0 || style.width % block_size != 0) {
        p.fail("warning: invalid width " + std::to_string(style.width) + "; using " + std::to_string(block_size) +
               " instead");
        style.width = block_size;
    }
    std::vector<std::string> operands = arguments.operands;
    if (!operands.empty() && operands.size() < 3) { // "od FILE +OFFSET" of old, in octal unless a dot follows
        std::string_view offset = operands.back();
        bool const traditional = arguments.has(long_option("traditional"));
        bool const plus = offset.substr(0, 1) == "+";
        if (plus) offset.remove_prefix(1);
        bool const decimal = !offset.empty() && offset.back() == '.';
        if (decimal) offset.remove_suffix(1);
        auto const value = offset.empty() || offset[0] < '0' || offset[0] > '9'
                               ? std::nullopt
                               : parse_integer(offset, decimal                       ? 10
                                                       : offset.substr(0, 2) == "0x" ? 16
                                                                                     : 8);
        bool const is_offset = plus || (operands.size() == 2 && traditional);
        if (is_offset && value) {
            style.skip = *value;
            operands.pop_back();
        }
    }
    Output out(p);
    Input in(p, operands);
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
    bool any = false;  // file could be opened
    std::string found; // -S: the characters so far
    auto const string_bytes = [&](std::string_view bytes) {
        for (char const c : bytes) {
            ++offset;
            if (c >= 32 && c < 127) {
                found += c;
                continue;
            }
            if (c == '\0' && found.size() >= style.strings)
                out.line(od_address(style, offset + style.skip - 1 - static_cast<std::int64_t>(found.size())) +
                         (style.address == 'n' ? "" : " ") + found);
            found.clear();
        }
    };
    while (in.open_next() && left != 0) {
        any = true;
        while (left != 0 && !out.broken() && co_await in.next_block(block)) {
            auto const drop = std::min<std::int64_t>(skip, static_cast<std::int64_t>(block.size()));
            block.erase(0, static_cast<std::size_t>(drop));
            skip -= drop;
            if (left >= 0 && static_cast<std::int64_t>(block.size()) > left)
                block.resize(static_cast<std::size_t>(left));
            if (left >= 0) left -= static_cast<std::int64_t>(block.size());
            if (style.strings) {
                string_bytes(block);
                continue;
            }
            waiting += block;
            std::size_t at = 0;
            for (; at + style.width <= waiting.size(); at += style.width)
                row_out(std::string_view(waiting).substr(at, style.width));
            waiting.erase(0, at);
            co_await p.breathe();
        }
    }
    if (skip > 0 && left != 0) co_return out.close(p.fail("cannot skip past end of combined input"));
    if (style.strings) co_return out.close(in.failed() ? 1 : 0);
    if (!waiting.empty()) row_out(waiting);
    if (style.address != 'n' && (any || !in.failed())) out.line(od_address(style, offset + style.skip));
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_cmp(Process& p) {
    Arguments const arguments = parse_arguments(p, cmp_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.has('s') && arguments.has('l')) {
        p.fail("options -l and -s are incompatible");
        co_return p.fail("Try 'cmp --help' for more information.", 2);
    }
    auto files = arguments.operands;
    if (files.empty()) co_return missing_operand(p, {p.name()}, 2);
    if (files.size() == 1) files.emplace_back("-");
    std::string bytes[2];
    NodePtr nodes[2];
    for (std::size_t i = 0; i < 2; ++i) {
        if (files[i] == "-") continue;
        auto const opened = p.open(files[i], {});
        nodes[i] = opened ? opened.value->node() : p.vfs().lookup(p.caller, files[i]).value;
        if (opened || opened.error == Errno::is_directory) continue;
        if (!arguments.has('s')) report_file(p, "%", files[i], opened.error);
        co_return 2;
    }
    if (nodes[0] && nodes[0] == nodes[1]) co_return 0;
    for (std::size_t i = 0; i < 2; ++i) {
        if (arguments.has('s') && nodes[i] && nodes[i]->is_directory()) co_return 2;
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
        auto const u = static_cast<unsigned char>(c & 0x7f);
        std::string const meta = c & 0x80 ? "M-" : "";
        return meta + (u < 32     ? std::string("^") + static_cast<char>(u + 64)
                       : u == 127 ? "^?"
                                  : std::string(1, static_cast<char>(u)));
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
            out.line(padded_number(static_cast<std::int64_t>(i + 1), static_cast<int>(std::to_string(common).size())) +
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
    "      --endian=ORDER         swap input bytes according to the specified order: big or little\n"
    "  -S BYTES                   output strings of at least BYTES graphic characters that end in NUL\n"
    "      --strings[=BYTES]      same as -S BYTES, or 3\n"
    "      --traditional          accept an offset as the second operand\n"
    "  -B   same as -t o2\n  -D   same as -t u4\n  -e   same as -t f8\n  -f   same as -t f4\n"
    "  -F   same as -t f8\n  -h   same as -t x2\n  -H   same as -t x4\n  -I   same as -t d8\n"
    "  -L   same as -t d8\n  -O   same as -t o4\n  -X   same as -t x4\n"
    "  -a   same as -t a\n  -b   same as -t o1\n  -c   same as -t c\n  -d   same as -t u2\n  -i   same as -t dI\n  -l  "
    " same as -t dL\n"
    "  -o   same as -t o2\n  -s   same as -t d2\n  -x   same as -t x2\n",
    nullptr,
    run_od};
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
