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

constexpr std::int64_t unknown = -1;

struct SeqNumber {
    double value = 0;
    std::int64_t decimals = 0, width = 1; // as written, exponents worked out; unknown for hexadecimal and inf
};

std::optional<SeqNumber> read_seq_number(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\n+"), text.size()));
    auto const value = parse_double(std::string(text));
    if (!value) return {};
    SeqNumber number{*value, unknown, static_cast<std::int64_t>(text.size())};
    if (text.find_first_of("xXnN") != std::string_view::npos) return number;
    std::size_t const dot = text.find('.'), exponent = std::min(text.find_first_of("eE"), text.size());
    number.width = static_cast<std::int64_t>(exponent);
    number.decimals = dot == std::string_view::npos ? 0 : static_cast<std::int64_t>(exponent - dot - 1);
    bool const bare = dot == 0 || (dot == 1 && text[0] == '-'); // .5 is shown as 0.5
    if (dot != std::string_view::npos) number.width += number.decimals == 0 ? -1 : bare;
    if (exponent == text.size()) return number;
    std::int64_t const power =
        std::clamp<std::int64_t>(parse_integer(text.substr(exponent + 1)).value_or(0), -300, 300);
    number.decimals -= power < 0 ? power : std::min(number.decimals, power);
    if (power < 0 && (dot == std::string_view::npos || exponent == dot + 1)) ++number.width;
    number.width += power < 0 ? -power : power;
    return number;
}

// The one conversion of -f, where it starts and ends, or what is wrong with the format.
struct Conversion {
    std::size_t start = 0, end = 0;
    std::string mistake;
};

Conversion find_conversion(std::string_view format) {
    Conversion found;
    bool any = false;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') continue;
        if (format.substr(at, 2) == "%%") {
            ++at;
            continue;
        }
        if (any) {
            found.mistake = " has too many % directives";
            return found;
        }
        std::size_t end = std::min(format.find_first_not_of("-+ #0'", at + 1), format.size());
        end = std::min(format.find_first_not_of("0123456789.", end), format.size());
        if (end == format.size())
            found.mistake = " ends in %";
        else if (std::string_view("aefgAEFG").find(format[end]) == std::string_view::npos)
            found.mistake = std::string(" has unknown %") + format[end] + " directive";
        if (!found.mistake.empty()) return found;
        any = true;
        found.start = at;
        found.end = at = end;
    }
    if (!any) found.mistake = " has no % directive";
    return found;
}

bool is_whole(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Counts in decimal digits, for numbers that no double holds.
Task<> count_up(Process& p, Output& out, std::string value, std::string const& last, std::string_view separator) {
    auto const is_less = [](std::string const& a, std::string const& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    };
    for (bool first = true; !is_less(last, value) && !out.broken(); first = false) {
        if (!first) out.put(separator);
        out.put(value);
        std::size_t at = value.size();
        while (at > 0 && value[at - 1] == '9') value[--at] = '0';
        if (at > 0)
            ++value[at - 1];
        else
            value.insert(0, 1, '1');
        co_await p.breathe();
    }
    out.put('\n');
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
        if (std::isnan(number->value))
            co_return usage_mistake(p, "invalid " + marked("not-a-number") + " argument: " + marked(operand));
        values.push_back(*number);
    }
    SeqNumber const first = values.size() > 1 ? values[0] : SeqNumber{1, 0, 1};
    SeqNumber const step = values.size() > 2 ? values[1] : SeqNumber{1, 0, 1};
    SeqNumber const last = values.back();
    if (step.value == 0) co_return usage_mistake(p, "invalid Zero increment value: " + marked(operands[1]));
    std::string const* const given = arguments.value('f');
    if (given && arguments.has('w'))
        co_return usage_mistake(p, "format string may not be specified when printing equal width strings");
    bool const plain = first.decimals != unknown && step.decimals != unknown;
    std::int64_t const decimals = std::max(first.decimals, step.decimals);
    std::string format = "%";
    std::string before, after;
    char conversion = 'g';
    if (plain && (last.decimals != unknown || !arguments.has('w'))) {
        auto const width_of_all = [&](SeqNumber const& number) {
            return number.width + decimals - number.decimals + (number.decimals == 0 && decimals > 0 ? 1 : 0) -
                   (number.decimals > 0 && decimals == 0 ? 1 : 0);
        };
        if (arguments.has('w')) format += "0" + std::to_string(std::max(width_of_all(first), width_of_all(last)));
        format += "." + std::to_string(decimals);
        conversion = 'f';
    }
    if (given) {
        Conversion const found = find_conversion(*given);
        if (!found.mistake.empty()) co_return p.fail("format " + marked(*given) + found.mistake);
        before = replace_all(given->substr(0, found.start), "%%", "%");
        after = replace_all(given->substr(found.end + 1), "%%", "%");
        format = given->substr(found.start, found.end - found.start);
        conversion = (*given)[found.end];
    }
    std::string const* const joiner = arguments.value('s');
    std::string const separator = joiner ? *joiner : "\n";
    Output out(p);
    constexpr double exact = 1e15;
    if (!given && !arguments.has('w') && operands.size() < 3 && std::fabs(last.value) >= exact &&
        is_whole(operands.back()) && is_whole(operands[0])) {
        auto const from = operands.size() > 1 ? operands[0] : std::string("1");
        auto const digits = [](std::string const& text) {
            return text.substr(std::min(text.find_first_not_of('0'), text.size() - 1));
        };
        if (first.value <= last.value) co_await count_up(p, out, digits(from), digits(operands.back()), separator);
        co_return out.close(0);
    }
    bool any = false;
    for (std::int64_t i = 0;; ++i) {
        double const value = first.value + static_cast<double>(i) * step.value;
        // A last value that differs by rounding alone still counts.
        double const slack = std::fabs(step.value) * 1e-10;
        if (step.value > 0 ? value > last.value + slack : value < last.value - slack) break;
        if (any) out.put(separator);
        any = true;
        if (decimals == 0 && !given && !arguments.has('w') && plain && std::fabs(value) < exact)
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
        if (!arguments.operands.empty()) co_return extra_operand(p, arguments.operands[0]);
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
