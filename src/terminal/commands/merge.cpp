// join, comm, split and tsort: commands on sorted files, and one that takes a file apart.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace cw::terminal::commands {

namespace {

Task<int> run_comm(Process& p) {
    Arguments const arguments = parse_arguments(p, comm_command);
    if (arguments.ended()) co_return arguments.status;
    auto const& files = arguments.operands;
    if (files.size() < 2) co_return missing_operand(p, files);
    if (files.size() > 2) co_return extra_operand(p, files[2]);
    std::string const* given = arguments.value(long_option("output-delimiter"));
    std::string const tab = given ? *given : "\t";
    bool const shown[3] = {!arguments.has('1'), !arguments.has('2'), !arguments.has('3')};
    char const end = arguments.has('z') ? '\0' : '\n';
    Output out(p);
    Input a(p, {files[0]}, end), b(p, {files[1]}, end);
    if (!a.open_next() || !b.open_next()) co_return 1;
    std::string lines[2], before[2];
    bool has[2] = {}, warned[2] = {}, stopped = false;
    std::int64_t counts[3] = {};
    bool const check = !arguments.has(long_option("nocheck-order"));
    bool const always = arguments.has(long_option("check-order"));
    auto const advance = [&](int which) -> Task<> {
        std::string_view line;
        before[which] = lines[which];
        bool const had = has[which];
        has[which] = co_await (which == 0 ? a : b).next_in_file(line);
        if (has[which]) lines[which] = std::string(line);
        bool const checks = check && (always || counts[0] + counts[1] > 0); // once a line stood alone
        if (checks && had && has[which] && !warned[which] && lines[which] < before[which]) {
            warned[which] = true;
            out.flush();
            p.fail("file " + std::to_string(which + 1) + " is not in sorted order");
            if (always) stopped = true; // and no more is compared
        }
    };
    co_await advance(0);
    co_await advance(1);
    while ((has[0] || has[1]) && !stopped && !out.broken()) {
        int const order = !has[0] ? 1 : !has[1] ? -1 : lines[0].compare(lines[1]);
        int const column = order < 0 ? 0 : order > 0 ? 1 : 2;
        ++counts[column];
        if (shown[column]) {
            std::string row;
            for (int i = 0; i < column; ++i)
                if (shown[i]) row += tab;
            out.line(row + lines[column == 1 ? 1 : 0], end);
        }
        if (column != 1) co_await advance(0);
        if (column != 0 && !stopped) co_await advance(1);
        co_await p.breathe();
    }
    if (arguments.has(long_option("total")))
        out.line(std::to_string(counts[0]) + tab + std::to_string(counts[1]) + tab + std::to_string(counts[2]) + tab +
                     "total",
                 end);
    bool const bad = warned[0] || warned[1];
    if (bad && !stopped) {
        out.flush();
        p.fail("input is not in sorted order");
    }
    co_return out.close(bad ? 1 : 0);
}

struct JoinStyle {
    std::size_t fields[2] = {0, 0};
    int separator = -1; // a byte, or blanks
    bool unpaired[2] = {false, false}, only_unpaired = false, folds_case = false, header = false, automatic = false;
    std::string empty;
    std::vector<std::pair<int, std::size_t>> format; // file (0: the join field), field
};

struct JoinLine {
    std::string text;
    std::vector<std::string_view> fields;
};

class Joiner {
  public:
    Joiner(Process& p, JoinStyle style) : style_(std::move(style)), out_(p) {}
    Output& out() { return out_; }

    void cut(JoinLine& line) const {
        std::string_view const text = line.text;
        if (style_.separator >= 0) {
            line.fields = split(text, static_cast<char>(style_.separator));
            return;
        }
        for (std::size_t at = 0; at < text.size();) {
            at = std::min(text.find_first_not_of(" \t", at), text.size());
            if (at == text.size()) break;
            std::size_t const end = std::min(text.find_first_of(" \t", at), text.size());
            line.fields.push_back(text.substr(at, end - at));
            at = end;
        }
    }
    [[nodiscard]] std::string key(JoinLine const& line, int file) const {
        std::size_t const field = style_.fields[file];
        std::string out(field < line.fields.size() ? line.fields[field] : std::string_view());
        if (style_.folds_case)
            for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return out;
    }
    // Either may be null for an unpaired line.
    void print(JoinLine const* a, JoinLine const* b) {
        char const separator = style_.separator >= 0 ? static_cast<char>(style_.separator) : ' ';
        std::string row;
        bool first = true;
        auto const add = [&](std::string_view text) {
            if (!first) row += separator;
            first = false;
            row += text.empty() ? std::string_view(style_.empty) : text;
        };
        auto const field = [&](JoinLine const* line, std::size_t index) {
            add(line && index < line->fields.size() ? line->fields[index] : std::string_view());
        };
        if (!style_.format.empty()) {
            for (auto const& [file, index] : style_.format) {
                if (file == 0)
                    field(a ? a : b, style_.fields[a ? 0 : 1]);
                else
                    field(file == 1 ? a : b, index);
            }
        } else {
            field(a ? a : b, style_.fields[a ? 0 : 1]);
            JoinLine const* const both[] = {a, b};
            for (int file = 0; file < 2; ++file)
                for (std::size_t i = 0; both[file] && i < both[file]->fields.size(); ++i)
                    if (i != style_.fields[file]) field(both[file], i);
        }
        out_.line(row);
    }
    // -o auto: as many fields as the first lines have.
    void format_as(std::size_t first_count, std::size_t second_count) {
        style_.format.emplace_back(0, 0);
        std::size_t const counts[] = {first_count, second_count};
        for (int file = 0; file < 2; ++file)
            for (std::size_t i = 0; i < counts[file]; ++i)
                if (i != style_.fields[file]) style_.format.emplace_back(file + 1, i);
    }

  private:
    JoinStyle style_;
    Output out_;
};

// "1.2,2.3,0"; false for a wrong one.
bool read_format(std::string text, JoinStyle& style) {
    if (text == "auto") return style.automatic = true;
    std::replace(text.begin(), text.end(), ' ', ',');
    for (std::string_view const part : split(text, ',')) {
        if (part == "0") {
            style.format.emplace_back(0, 0);
            continue;
        }
        std::size_t const dot = part.find('.');
        auto const field = dot == std::string_view::npos ? std::nullopt : parse_count(part.substr(dot + 1));
        bool const fine = field && *field > 0 && dot == 1 && (part[0] == '1' || part[0] == '2');
        if (!fine) return false;
        style.format.emplace_back(part[0] - '0', static_cast<std::size_t>(*field) - 1);
    }
    return true;
}

int read_join_options(Process& p, Arguments const& arguments, JoinStyle& style) {
    for (Option const& option : arguments.options) {
        auto const number = parse_count(option.value);
        bool const is_field = option.id == '1' || option.id == '2' || option.id == 'j';
        if (is_field && (!number || *number == 0)) return p.fail("invalid field number: " + marked(option.value));
        switch (option.id) {
            case '1': style.fields[0] = static_cast<std::size_t>(*number) - 1; break;
            case '2': style.fields[1] = static_cast<std::size_t>(*number) - 1; break;
            case 'j': style.fields[0] = style.fields[1] = static_cast<std::size_t>(*number) - 1; break;
            case 't':
                style.separator = option.value == "\\t" ? '\t'
                                  : option.value.empty() || option.value == "\\0"
                                      ? 0
                                      : static_cast<unsigned char>(option.value[0]);
                break;
            case 'a':
            case 'v':
                if (option.value != "1" && option.value != "2")
                    return p.fail("invalid file number: " + marked(option.value));
                style.unpaired[option.value == "1" ? 0 : 1] = true;
                style.only_unpaired = style.only_unpaired || option.id == 'v';
                break;
            case 'e': style.empty = option.value; break;
            case 'i': style.folds_case = true; break;
            case long_option("header"): style.header = true; break;
            case 'o':
                if (!read_format(option.value, style))
                    return p.fail("invalid field specifier: " + marked(option.value));
                break;
            default: break;
        }
    }
    return -1;
}

Task<int> run_join(Process& p) {
    Arguments const arguments = parse_arguments(p, join_command);
    if (arguments.ended()) co_return arguments.status;
    JoinStyle style;
    if (int const status = read_join_options(p, arguments, style); status >= 0) co_return status;
    auto const& files = arguments.operands;
    if (files.size() < 2) co_return missing_operand(p, files);
    if (files.size() > 2) co_return extra_operand(p, files[2]);
    Joiner joiner(p, style);
    Input in_a(p, {files[0]}), in_b(p, {files[1]});
    std::vector<JoinLine> sides[2];
    Input* const inputs[] = {&in_a, &in_b};
    for (int file = 0; file < 2; ++file) {
        if (!inputs[file]->open_next()) co_return 1;
        std::string_view line;
        while (co_await inputs[file]->next_in_file(line)) {
            sides[file].push_back({std::string(line), {}});
            co_await p.breathe();
        }
        for (JoinLine& one : sides[file]) joiner.cut(one);
    }
    auto& a = sides[0];
    auto& b = sides[1];
    if (style.automatic) joiner.format_as(a.empty() ? 0 : a[0].fields.size(), b.empty() ? 0 : b[0].fields.size());
    std::size_t i = 0, j = 0;
    bool disorder[2] = {};
    bool checks = arguments.has(long_option("check-order")); // or once a line found no partner
    auto const check = [&](int file, std::size_t at) {
        auto const& side = sides[file];
        if (arguments.has(long_option("nocheck-order")) || !checks || disorder[file] || at == 0 || at >= side.size() ||
            (style.header && at == 1))
            return;
        if (joiner.key(side[at], file) >= joiner.key(side[at - 1], file)) return;
        disorder[file] = true;
        joiner.out().flush();
        p.fail(files[static_cast<std::size_t>(file)] + ":" + std::to_string(at + 1) +
               ": is not sorted: " + side[at].text);
    };
    if (style.header && (!a.empty() || !b.empty())) {
        joiner.print(a.empty() ? nullptr : &a[0], b.empty() ? nullptr : &b[0]);
        i = a.empty() ? 0 : 1;
        j = b.empty() ? 0 : 1;
    }
    while (i < a.size() || j < b.size()) {
        int const order = i == a.size() ? 1 : j == b.size() ? -1 : joiner.key(a[i], 0).compare(joiner.key(b[j], 1));
        checks = checks || order != 0;
        if (order < 0) {
            if (style.unpaired[0]) joiner.print(&a[i], nullptr);
            check(0, ++i);
        } else if (order > 0) {
            if (style.unpaired[1]) joiner.print(nullptr, &b[j]);
            check(1, ++j);
        } else {
            std::size_t end_a = i + 1, end_b = j + 1;
            while (end_a < a.size() && joiner.key(a[end_a], 0) == joiner.key(a[i], 0)) ++end_a;
            while (end_b < b.size() && joiner.key(b[end_b], 1) == joiner.key(b[j], 1)) ++end_b;
            for (std::size_t x = i; x < end_a && !style.only_unpaired; ++x)
                for (std::size_t y = j; y < end_b; ++y) {
                    joiner.print(&a[x], &b[y]);
                    co_await p.breathe();
                }
            i = end_a;
            j = end_b;
            check(0, i);
            check(1, j);
        }
        if (joiner.out().broken()) break;
    }
    bool const bad = disorder[0] || disorder[1];
    if (bad) {
        joiner.out().flush();
        p.fail("input is not in sorted order");
    }
    co_return joiner.out().close(bad ? 1 : 0);
}

// xaa, xab ... or x00, x01 ...
std::string split_suffix(std::size_t index, std::size_t length, int base, char first) {
    std::string out(length, first);
    for (std::size_t at = length; at-- > 0; index /= static_cast<std::size_t>(base)) {
        auto const digit = static_cast<int>(index % static_cast<std::size_t>(base));
        out[at] = base == 26 ? static_cast<char>('a' + digit) : "0123456789abcdef"[digit];
    }
    return out;
}

constexpr std::int64_t most_parts = 100'000;

// The lines dealt out in turn, one part behind the other, and where each ends.
std::string dealt(std::string_view text, std::size_t parts, std::vector<std::size_t>& ends) {
    std::vector<std::string> hands(parts);
    for (std::size_t at = 0, line = 0; at < text.size(); ++line) {
        std::size_t const end = std::min(text.find('\n', at), text.size() - 1) + 1;
        hands[line % parts] += text.substr(at, end - at);
        at = end;
    }
    std::string out;
    for (std::string const& hand : hands) ends.push_back((out += hand).size());
    return out;
}

Task<int> run_split(Process& p) {
    Arguments const arguments = parse_arguments(p, split_command);
    if (arguments.ended()) co_return arguments.status;
    std::int64_t lines = 1000, bytes = 0, parts = 0;
    std::size_t length = 2;
    std::int64_t only = 0; // of the parts, to stdout
    bool by_lines_in_parts = false, by_line_bytes = false, in_turn = false;
    int base = 26;
    std::string extra;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'l':
            case '#': {
                auto const number = parse_size(option.value);
                if (!number || *number == 0) co_return p.fail("invalid number of lines: " + marked(option.value));
                lines = *number;
                break;
            }
            case 'b':
            case 'C': {
                auto const number = parse_size(option.value, true);
                if (!number || *number == 0) co_return p.fail("invalid number of bytes: " + marked(option.value));
                bytes = *number;
                by_line_bytes = option.id == 'C';
                break;
            }
            case 'n': {
                by_lines_in_parts = option.value.compare(0, 2, "l/") == 0;
                in_turn = option.value.compare(0, 2, "r/") == 0;
                std::string const rest = by_lines_in_parts || in_turn ? option.value.substr(2) : option.value;
                std::size_t const slash = rest.find('/');
                auto const number = parse_count(slash == std::string::npos ? rest : rest.substr(slash + 1));
                auto const wrong = [&](std::string_view what, std::string_view text, bool is_number) {
                    return p.fail("invalid " + std::string(what) + ": " + marked(text) +
                                  (is_number ? ": Numerical result out of range" : ""));
                };
                if (!number || *number == 0)
                    co_return wrong("number of chunks", slash == std::string::npos ? rest : rest.substr(slash + 1),
                                    number.has_value());
                parts = std::min<std::int64_t>(*number, most_parts);
                if (slash == std::string::npos) break;
                auto const one = parse_count(rest.substr(0, slash));
                if (!one || *one == 0 || *one > *number)
                    co_return wrong("chunk number", rest.substr(0, slash), one.has_value());
                only = *one;
                break;
            }
            case 'a':
                length =
                    static_cast<std::size_t>(std::clamp<std::int64_t>(parse_count(option.value).value_or(2), 1, 20));
                break;
            case 'd': base = 10; break;
            case 'x': base = 16; break;
            case long_option("additional-suffix"): extra = option.value; break;
            default: break;
        }
    }
    if (arguments.operands.size() > 2) co_return extra_operand(p, arguments.operands[2]);
    std::string text;
    bool const read = co_await read_whole(p, arguments.operands.empty() ? "-" : arguments.operands[0], text,
                                          {"cannot open $ for reading", "%: read error"});
    if (!read) co_return 1;
    std::string const prefix = arguments.operands.size() > 1 ? arguments.operands[1] : "x";
    std::size_t count = 0, at = 0;
    double capacity = 1;
    for (std::size_t i = 0; i < length; ++i) capacity *= base;
    int status = 0;
    auto const write = [&](std::size_t end) {
        if (static_cast<double>(count) >= capacity) {
            status = p.fail("output file suffixes exhausted");
            return false;
        }
        std::string const name = prefix + split_suffix(count++, length, base, base == 26 ? 'a' : '0') + extra;
        if (arguments.has(long_option("verbose"))) p.out("creating file " + quoted(name) + "\n");
        Errno const error = p.vfs().write_file(p.caller, name, std::string_view(text).substr(at, end - at));
        at = end;
        if (error == Errno::none) return true;
        report_file(p, "%", name, error);
        status = 1;
        return false;
    };
    if (parts > 0) {
        auto const size = text.size();
        std::vector<std::size_t> ends;
        if (in_turn) text = dealt(text, static_cast<std::size_t>(parts), ends);
        for (std::int64_t i = 1; i <= parts; ++i) {
            std::size_t end = i == parts ? size : size / static_cast<std::size_t>(parts) * static_cast<std::size_t>(i);
            if (in_turn) end = ends[static_cast<std::size_t>(i - 1)];
            if (by_lines_in_parts && i < parts) {
                end = std::max(end, at);
                if (end > at && end > 0 && text[end - 1] != '\n') end = std::min(text.find('\n', end), size - 1) + 1;
            }
            if (i == only) p.out(std::string_view(text).substr(at, end - at));
            if (only > 0)
                at = end;
            else if (!write(end))
                break;
        }
        co_return status;
    }
    while (at < text.size()) {
        std::size_t end = at;
        if (by_line_bytes) {
            end = std::min(at + static_cast<std::size_t>(bytes), text.size());
            std::size_t const newline = end == text.size() ? std::string::npos : text.rfind('\n', end - 1);
            if (newline != std::string::npos && newline >= at) end = newline + 1;
        } else if (bytes > 0) {
            end = std::min(at + static_cast<std::size_t>(bytes), text.size());
        } else {
            for (std::int64_t i = 0; i < lines && end < text.size(); ++i)
                end = std::min(text.find('\n', end), text.size() - 1) + 1;
        }
        if (!write(end)) break;
        co_await p.breathe();
    }
    co_return status;
}

Task<int> run_tsort(Process& p) {
    Arguments const arguments = parse_arguments(p, tsort_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.operands.size() > 1) co_return extra_operand(p, arguments.operands[1]);
    std::string text;
    std::string const name = arguments.operands.empty() ? "-" : arguments.operands[0];
    bool const read = co_await read_whole(p, name, text);
    if (!read) co_return 1;
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), '\t', ' ');
    std::vector<std::string> words;
    for (std::string_view const word : split(text, ' '))
        if (!word.empty()) words.emplace_back(word);
    if (words.size() % 2) co_return p.fail(name + ": input contains an odd number of tokens");
    struct Item {
        std::set<std::string> after;
        std::size_t before = 0;
    };
    std::map<std::string, Item> items;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        items[words[i]];
        Item& later = items[words[i + 1]];
        if (words[i] != words[i + 1] && items[words[i]].after.insert(words[i + 1]).second) ++later.before;
    }
    int status = 0;
    std::vector<std::string> ready;
    auto const gather = [&] {
        for (auto const& [item, links] : items)
            if (links.before == 0) ready.push_back(item);
    };
    gather();
    std::size_t at = 0, printed = 0, total = items.size();
    while (printed < total) {
        if (at == ready.size()) { // a loop: break it at the first item left
            status = 1;
            p.fail(name + ": input contains a loop:");
            for (auto& [item, links] : items) {
                p.fail(item);
                links.before = 0;
                ready.push_back(item);
            }
        }
        std::string const item = ready[at++];
        auto const found = items.find(item);
        if (found == items.end()) continue;
        p.out(item + "\n");
        ++printed;
        std::set<std::string> const after = found->second.after;
        items.erase(found);
        for (std::string const& one : after) {
            auto const next = items.find(one);
            if (next != items.end() && next->second.before > 0 && --next->second.before == 0) ready.push_back(one);
        }
        co_await p.breathe();
    }
    co_return status;
}

}

Command const comm_command{"comm",
                           "compare sorted files FILE1 and FILE2 line by line",
                           "comm [OPTION]... FILE1 FILE2",
                           "  -1                     suppress column 1 (lines unique to FILE1)\n"
                           "  -2                     suppress column 2 (lines unique to FILE2)\n"
                           "  -3                     suppress column 3 (lines that appear in both files)\n"
                           "      --check-order      check the order even if all lines pair\n"
                           "      --nocheck-order    do not check that the input is correctly sorted\n"
                           "      --output-delimiter=STR  separate columns with STR\n"
                           "      --total            output a summary\n"
                           "  -z, --zero-terminated  line delimiter is NUL, not newline\n",
                           nullptr,
                           run_comm};
Command const join_command{"join",
                           "for each pair of input lines with identical join fields, write a line",
                           "join [OPTION]... FILE1 FILE2",
                           "  -a FILENUM             also print unpairable lines from file FILENUM\n"
                           "  -e STRING              replace missing input fields with STRING\n"
                           "  -i, --ignore-case      ignore differences in case when comparing fields\n"
                           "  -j FIELD               equivalent to '-1 FIELD -2 FIELD'\n"
                           "  -o FORMAT              obey FORMAT while constructing output line\n"
                           "  -t CHAR                use CHAR as input and output field separator\n"
                           "  -v FILENUM             like -a FILENUM, but suppress joined output lines\n"
                           "  -1 FIELD               join on this FIELD of file 1\n"
                           "  -2 FIELD               join on this FIELD of file 2\n"
                           "      --check-order      check the order even if all lines pair\n"
                           "      --nocheck-order    do not check that the input is correctly sorted\n"
                           "      --header           treat the first line in each file as field headers\n",
                           nullptr,
                           run_join};
Command const split_command{
    "split",
    "output pieces of FILE to PREFIXaa, PREFIXab, ...",
    "split [OPTION]... [FILE [PREFIX]]",
    "  -a, --suffix-length=N       generate suffixes of length N (default 2)\n"
    "      --additional-suffix=SUFFIX  append an additional SUFFIX to file names\n"
    "  -b, --bytes=SIZE            put SIZE bytes per output file\n"
    "  -C, --line-bytes=SIZE       put at most SIZE bytes of lines per output file\n"
    "  -d                          use numeric suffixes starting at 0, not alphabetic\n"
    "  -l, --lines=NUMBER          put NUMBER lines per output file\n"
    "  -n, --number=CHUNKS         generate CHUNKS output files; l/N does not split lines, r/N deals\n"
    "                              them out in turn, K/N prints the Kth to standard output\n"
    "      --verbose               print a diagnostic before each file is opened\n"
    "  -x                          use hex suffixes starting at 0\n"
    "  -NUM                        same as -l NUM\n",
    nullptr,
    run_split};
Command const tsort_command{"tsort",
                            "write totally ordered list consistent with the partial ordering in FILE",
                            "tsort [OPTION] [FILE]",
                            "",
                            nullptr,
                            run_tsort};

}
