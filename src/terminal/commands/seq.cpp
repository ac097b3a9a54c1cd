// seq and shuf.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t max_decimals = 15;

struct SeqNumber {
    double value = 0;
    std::size_t decimals = 0, whole_width = 0;
};

std::optional<SeqNumber> read_seq_number(std::string const& text) {
    auto const value = parse_double(text);
    if (!value || std::isnan(*value)) return {};
    SeqNumber number{*value, 0, 0};
    std::size_t const dot = text.find('.');
    std::size_t const exponent = text.find_first_of("eE");
    if (dot != std::string::npos && exponent == std::string::npos) number.decimals = text.size() - dot - 1;
    number.whole_width = std::min(std::min(dot, exponent), text.size()) - (text[0] == '+' ? 1 : 0);
    return number;
}

// The one conversion of -f: its start and end; none if the format has no or a wrong one.
std::optional<std::pair<std::size_t, std::size_t>> find_conversion(std::string_view format) {
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') continue;
        if (format.substr(at, 2) == "%%") {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        while (end < format.size() && std::string_view("-+ #0'123456789.").find(format[end]) != std::string_view::npos)
            ++end;
        if (end == format.size() || std::string_view("aefgAEFG").find(format[end]) == std::string_view::npos) return {};
        return std::make_pair(at, end);
    }
    return {};
}

Task<int> run_seq(Process& p) {
    // A negative number is no option.
    for (std::size_t i = 1; i < p.argv.size(); ++i) {
        std::string const& word = p.argv[i];
        if (word.size() < 2 || word[0] != '-') {
            bool const is_value = p.argv[i - 1] == "-s" || p.argv[i - 1] == "-f";
            if (is_value) continue;
            break;
        }
        if (word == "--") break;
        if (word[1] != '.' && (word[1] < '0' || word[1] > '9')) continue;
        p.argv.insert(p.argv.begin() + static_cast<long>(i), "--");
        break;
    }
    Arguments const arguments = parse_arguments(p, seq_command, OperandOrder::options_first);
    if (arguments.ended()) co_return arguments.status;
    auto const& operands = arguments.operands;
    if (operands.empty()) co_return missing_operand(p, operands);
    if (operands.size() > 3) co_return extra_operand(p, operands[3]);
    std::vector<SeqNumber> values;
    for (std::string const& operand : operands) {
        auto const number = read_seq_number(operand);
        if (!number) co_return usage_mistake(p, "invalid floating point argument: " + marked(operand));
        values.push_back(*number);
    }
    SeqNumber const first = values.size() > 1 ? values[0] : SeqNumber{1, 0, 1};
    SeqNumber const step = values.size() > 2 ? values[1] : SeqNumber{1, 0, 1};
    SeqNumber const last = values.back();
    if (step.value == 0) co_return usage_mistake(p, "invalid Zero increment value: " + marked(operands[1]));
    std::size_t const decimals = std::min<std::size_t>(max_decimals, std::max(first.decimals, step.decimals));
    std::string format = "%." + std::to_string(decimals);
    std::string before, after;
    char conversion = 'f';
    if (std::string const* given = arguments.value('f')) {
        auto const found = find_conversion(*given);
        if (!found)
            co_return p.fail("format " + marked(*given) +
                             (given->find('%') == std::string::npos
                                  ? " has no % directive"
                                  : " has unknown %" + given->substr(given->find('%') + 1, 1) + " directive"));
        before = replace_all(given->substr(0, found->first), "%%", "%");
        after = replace_all(given->substr(found->second + 1), "%%", "%");
        format = given->substr(found->first, found->second - found->first);
        conversion = (*given)[found->second];
    } else if (arguments.has('w')) {
        std::size_t width = std::max(first.whole_width, last.whole_width);
        if (decimals > 0) width += decimals + 1;
        format = "%0" + std::to_string(width) + "." + std::to_string(decimals);
    }
    std::string const* given = arguments.value('s');
    std::string const separator = given ? *given : "\n";
    Output out(p);
    bool any = false;
    for (std::int64_t i = 0;; ++i) {
        double const value = first.value + static_cast<double>(i) * step.value;
        // A last value that differs by rounding alone still counts.
        double const slack = std::fabs(step.value) * 1e-10;
        if (step.value > 0 ? value > last.value + slack : value < last.value - slack) break;
        if (any) out.put(separator);
        any = true;
        if (decimals == 0 && !arguments.has('f') && !arguments.has('w') && std::fabs(value) < 1e15)
            out.put(std::to_string(static_cast<std::int64_t>(value)));
        else
            out.put(before + format_double(format, conversion, value) + after);
        if (out.broken()) break;
        co_await p.breathe();
    }
    if (any) out.put('\n');
    co_return out.close(0);
}

Task<int> run_shuf(Process& p) {
    Arguments const arguments = parse_arguments(p, shuf_command);
    if (arguments.ended()) co_return arguments.status;
    char const delimiter = arguments.has('z') ? '\0' : '\n';
    std::vector<std::string> lines;
    if (arguments.has('e')) {
        lines = arguments.operands;
    } else if (std::string const* range = arguments.value('i')) {
        std::size_t const dash = range->find('-');
        auto const low = parse_count(std::string_view(*range).substr(0, dash));
        auto const high =
            dash == std::string::npos ? std::nullopt : parse_count(std::string_view(*range).substr(dash + 1));
        if (!low || !high || *high < *low - 1 || *high - *low > 1'000'000)
            co_return p.fail("invalid input range: " + marked(*range));
        for (std::int64_t i = *low; i <= *high; ++i) lines.push_back(std::to_string(i));
    } else {
        if (arguments.operands.size() > 1) co_return extra_operand(p, arguments.operands[1]);
        Input in(p, arguments.operands, delimiter);
        std::string_view line;
        while (co_await in.next(line)) {
            lines.emplace_back(line);
            co_await p.breathe();
        }
        if (in.failed()) co_return 1;
    }
    std::size_t count = arguments.has('r') ? SIZE_MAX : lines.size();
    if (std::string const* most = arguments.value('n')) {
        auto const number = parse_count(*most);
        if (!number) co_return p.fail("invalid line count: " + marked(*most));
        count = std::min(count, static_cast<std::size_t>(*number));
    }
    if (lines.empty() && arguments.has('r') && count > 0) co_return p.fail("no lines to repeat");
    if (std::string const* path = arguments.value('o')) {
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto opened = p.open(*path, flags);
        if (!opened) {
            report_file(p, "%", *path, opened.error);
            co_return 1;
        }
        p.files.set(1, opened.value);
    }
    Output out(p);
    for (std::size_t i = 0; i < count && !out.broken(); ++i) {
        std::size_t const left = arguments.has('r') ? lines.size() : lines.size() - i;
        std::size_t const pick = static_cast<std::size_t>(p.random().next() % left) + (arguments.has('r') ? 0 : i);
        if (!arguments.has('r')) std::swap(lines[i], lines[pick]);
        out.line(lines[arguments.has('r') ? pick : i], delimiter);
        co_await p.breathe();
    }
    co_return out.close(0);
}

}

Command const seq_command{"seq",
                          "print numbers from FIRST to LAST, in steps of INCREMENT",
                          "seq [OPTION]... LAST\nseq [OPTION]... FIRST LAST\nseq [OPTION]... FIRST INCREMENT LAST",
                          "  -f, --format=FORMAT     use printf style floating-point FORMAT\n"
                          "  -s, --separator=STRING  use STRING to separate numbers (default: \\n)\n"
                          "  -w, --equal-width       equalize width by padding with leading zeroes\n",
                          nullptr,
                          run_seq};
Command const shuf_command{"shuf",
                           "write a random permutation of the input lines to standard output",
                           "shuf [OPTION]... [FILE]\nshuf -e [OPTION]... [ARG]...\nshuf -i LO-HI [OPTION]...",
                           "  -e, --echo                treat each ARG as an input line\n"
                           "  -i, --input-range=LO-HI   treat each number LO through HI as an input line\n"
                           "  -n, --head-count=COUNT    output at most COUNT lines\n"
                           "  -o, --output=FILE         write result to FILE instead of standard output\n"
                           "      --random-source=FILE  (ignored)\n"
                           "  -r, --repeat              output lines can be repeated\n"
                           "  -z, --zero-terminated     line delimiter is NUL, not newline\n",
                           nullptr,
                           run_shuf};

}
