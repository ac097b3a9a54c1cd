// join and comm: commands on sorted files.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

Task<int> run_comm(Process& p) {
    Arguments const arguments = parse_arguments(p, comm_command);
    if (arguments.ended()) co_return arguments.status;
    auto const& files = arguments.operands;
    if (files.size() < 2) co_return missing_operand(p, files);
    if (files.size() > 2) co_return extra_operand(p, files[2]);
    std::string const* given = arguments.value(long_option("output-delimiter"));
    for (Option const& option : arguments.options)
        if (given && option.id == long_option("output-delimiter") && option.value != *given)
            co_return p.fail("multiple output delimiters specified");
    std::string const tab = !given ? "\t" : given->empty() ? std::string(1, '\0') : *given;
    bool const shown[3] = {!arguments.has('1'), !arguments.has('2'), !arguments.has('3')};
    char const end = arguments.has('z') ? '\0' : '\n';
    Output out(p);
    Input a(p, {files[0]}, end), b(p, {files[1]}, end);
    if (!a.open_next() || !b.open_next()) co_return 1;
    std::string lines[2], before[2];
    bool has[2] = {}, warned[2] = {}, stopped = false;
    std::int64_t counts[3] = {}, read[2] = {};
    bool check = true, always = false;
    for (Option const& option : arguments.options) {
        if (option.id != long_option("check-order") && option.id != long_option("nocheck-order")) continue;
        check = always = option.id == long_option("check-order");
    }
    auto const advance = [&](int which) -> Task<> {
        std::string_view line;
        has[which] = co_await (which == 0 ? a : b).next_in_file(line);
        if (has[which]) {
            before[which] = lines[which];
            lines[which] = std::string(line);
            ++read[which];
        }
        // Once a line stood alone, and at the end for the last two again.
        bool const checks = check && (always || counts[0] + counts[1] > 0);
        if (checks && read[which] > 1 && !warned[which] && lines[which] < before[which]) {
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
    if (arguments.has(long_option("total")) && !stopped)
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
    char delimiter = '\n';
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
            if (!text.empty()) line.fields = split(text, static_cast<char>(style_.separator));
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
        out_.line(row, style_.delimiter);
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
    std::int64_t given[2] = {};
    for (Option const& option : arguments.options) {
        auto const number = parse_count(option.value);
        bool const is_field = option.id == '1' || option.id == '2' || option.id == 'j';
        if (is_field && (!number || *number == 0)) return p.fail("invalid field number: " + marked(option.value));
        for (std::size_t file = 0; is_field && file < 2; ++file) {
            if (option.id == (file == 0 ? '2' : '1')) continue;
            if (given[file] > 0 && given[file] != *number)
                return p.fail("incompatible join fields " + std::to_string(given[file]) + ", " +
                              std::to_string(*number));
            given[file] = *number;
        }
        switch (option.id) {
            case '1': style.fields[0] = static_cast<std::size_t>(*number) - 1; break;
            case '2': style.fields[1] = static_cast<std::size_t>(*number) - 1; break;
            case 'j': style.fields[0] = style.fields[1] = static_cast<std::size_t>(*number) - 1; break;
            case 'z': style.delimiter = '\0'; break;
            case 't':
                if (option.value.size() > 1 && option.value != "\\0" && option.value != "\\t")
                    return p.fail("multi-character tab " + marked(option.value));
                if (arguments.value('t')->compare(option.value) != 0) return p.fail("incompatible tabs");
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
                if (!read_format(option.value, style)) {
                    std::string_view const text = option.value;
                    bool const wrong_file = text.size() > 1 && text[0] != '1' && text[0] != '2' && text[1] == '.';
                    return p.fail((wrong_file ? "invalid file number in field spec: " : "invalid field specifier: ") +
                                  marked(text));
                }
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
    Input in_a(p, {files[0]}, style.delimiter), in_b(p, {files[1]}, style.delimiter);
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
    if (style.automatic && style.format.empty())
        joiner.format_as(a.empty() ? 0 : a[0].fields.size(), b.empty() ? 0 : b[0].fields.size());
    std::size_t i = 0, j = 0;
    bool disorder[2] = {};
    bool const strict = arguments.has(long_option("check-order")); // the first disorder is the end
    bool checks = strict;                                          // or once a line found no partner
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
        bool const both = i < a.size() && j < b.size();
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
            check(0, end_a);
            if (!strict || !disorder[0]) check(1, end_b);
            bool const shown = !style.only_unpaired && !(strict && (disorder[0] || disorder[1]));
            for (std::size_t x = i; x < end_a && shown; ++x)
                for (std::size_t y = j; y < end_b; ++y) {
                    joiner.print(&a[x], &b[y]);
                    co_await p.breathe();
                }
            i = end_a;
            j = end_b;
        }
        checks = checks || (both && order != 0);
        if (joiner.out().broken() || (strict && (disorder[0] || disorder[1]))) break;
    }
    bool const bad = disorder[0] || disorder[1];
    if (bad && !strict) {
        joiner.out().flush();
        p.fail("input is not in sorted order");
    }
    co_return joiner.out().close(bad ? 1 : 0);
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
                           "  -z, --zero-terminated  line delimiter is NUL, not newline\n"
                           "      --header           treat the first line in each file as field headers\n",
                           nullptr,
                           run_join};

}
