#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t to_the_end = INT64_MAX;

struct Range {
    std::int64_t from = 1, to = to_the_end;
};

struct CutPlan {
    std::uint32_t unit = 0; // 'b', 'c' or 'f'
    std::string list;
    std::vector<Range> ranges; // in order, apart
    char separator = '\t';
    bool has_separator = false;
    bool only_separated = false, complement = false;
    std::string joiner;
    bool has_joiner = false;
    char delimiter = '\n';
};

// Positions such as "1-3,5,8-"; the status to end with, or -1.
int read_list(Process& p, CutPlan& plan) {
    bool const fields = plan.unit == 'f';
    std::string list = plan.list;
    std::replace(list.begin(), list.end(), ' ', ',');
    for (std::string_view const part : split(list, ',')) {
        std::size_t const dash = part.find('-');
        auto const from = parse_count(part.substr(0, dash));
        auto const to = dash == std::string_view::npos ? from : parse_count(part.substr(dash + 1));
        bool const dashes = dash != std::string_view::npos && part.find('-', dash + 1) != std::string_view::npos;
        if (dashes) return usage_mistake(p, fields ? "invalid field range" : "invalid byte or character range");
        bool const open_start = dash == 0, open_end = dash != std::string_view::npos && dash + 1 == part.size();
        std::string const zero = fields ? "fields are numbered from 1" : "byte/character positions are numbered from 1";
        if (part.empty() || (from && *from == 0) || (dash == std::string_view::npos && to && *to == 0))
            return usage_mistake(p, zero);
        if (part == "-") return usage_mistake(p, "invalid range with no endpoint: -");
        if ((!from && !open_start) || (!to && !open_end))
            return usage_mistake(
                p, std::string(fields ? "invalid field value " : "invalid byte/character position ") + marked(part));
        Range const range{from.value_or(1), to.value_or(to_the_end)};
        if (range.to < range.from) return usage_mistake(p, "invalid decreasing range");
        plan.ranges.push_back(range);
    }
    std::sort(plan.ranges.begin(), plan.ranges.end(), [](Range const& a, Range const& b) { return a.from < b.from; });
    std::vector<Range> merged;
    for (Range const& range : plan.ranges) {
        // Ranges that only touch stay apart: an output delimiter goes between them.
        if (!merged.empty() && range.from <= merged.back().to)
            merged.back().to = std::max(merged.back().to, range.to);
        else
            merged.push_back(range);
    }
    if (plan.complement) {
        std::vector<Range> rest;
        std::int64_t next = 1;
        for (Range const& range : merged) {
            if (range.from > next) rest.push_back({next, range.from - 1});
            next = range.to == to_the_end ? -1 : range.to + 1;
            if (next < 0) break;
        }
        if (next > 0) rest.push_back({next, to_the_end});
        merged = rest;
    }
    plan.ranges = merged;
    return -1;
}

void cut_bytes(std::string_view line, CutPlan const& plan, std::string& out) {
    bool first = true;
    for (Range const& range : plan.ranges) {
        if (range.from > static_cast<std::int64_t>(line.size())) break;
        if (!first && plan.has_joiner) out += plan.joiner;
        first = false;
        auto const from = static_cast<std::size_t>(range.from - 1);
        auto const to =
            static_cast<std::size_t>(std::min<std::int64_t>(range.to, static_cast<std::int64_t>(line.size())));
        out += line.substr(from, to - from);
    }
}

// False when the line is not to be shown.
bool cut_fields(std::string_view line, CutPlan const& plan, std::string& out) {
    if (line.find(plan.separator) == std::string_view::npos) {
        if (plan.only_separated) return false;
        out += line;
        return true;
    }
    std::int64_t number = 0;
    std::size_t range = 0, from = 0;
    bool first = true;
    for (std::size_t at = 0; at <= line.size() && range < plan.ranges.size(); ++at) {
        if (at < line.size() && line[at] != plan.separator) continue;
        ++number;
        while (range < plan.ranges.size() && plan.ranges[range].to < number) ++range;
        if (range < plan.ranges.size() && plan.ranges[range].from <= number) {
            if (!first) out += plan.has_joiner ? plan.joiner : std::string(1, plan.separator);
            first = false;
            out += line.substr(from, at - from);
        }
        from = at + 1;
    }
    return true;
}

int read_options(Process& p, Arguments const& arguments, CutPlan& plan) {
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'b':
            case 'c':
            case 'f':
                if (plan.unit) return usage_mistake(p, "only one list may be specified");
                plan.unit = option.id;
                plan.list = option.value;
                break;
            case 'd':
                if (option.value.size() > 1) return usage_mistake(p, "the delimiter must be a single character");
                plan.separator = option.value.empty() ? '\0' : option.value[0];
                plan.has_separator = true;
                break;
            case 's': plan.only_separated = true; break;
            case long_option("complement"): plan.complement = true; break;
            case long_option("output-delimiter"):
                plan.joiner = option.value.empty() ? std::string(1, '\0') : option.value;
                plan.has_joiner = true;
                break;
            case 'z': plan.delimiter = '\0'; break;
            default: break;
        }
    }
    if (!plan.unit) return usage_mistake(p, "you must specify a list of bytes, characters, or fields");
    if (plan.unit != 'f' && plan.has_separator)
        return usage_mistake(p, "an input delimiter may be specified only when operating on fields");
    if (plan.unit != 'f' && plan.only_separated)
        return usage_mistake(p, "suppressing non-delimited lines makes sense\n\tonly when operating on fields");
    return read_list(p, plan);
}

Task<int> run_cut(Process& p) {
    Arguments const arguments = parse_arguments(p, cut_command);
    if (arguments.ended()) co_return arguments.status;
    CutPlan plan;
    if (int const status = read_options(p, arguments, plan); status >= 0) co_return status;
    Output out(p);
    Input in(p, arguments.operands, plan.delimiter);
    std::string_view line;
    std::string result;
    if (plan.unit == 'f' && plan.separator == plan.delimiter) { // the lines are the fields of one record
        std::int64_t number = 0, shown = 0;
        std::size_t range = 0;
        while (!out.broken() && co_await in.next(line)) {
            bool single = false;
            if (++number == 1 && !in.had_delimiter()) {
                result = line;
                line = result;
                single = co_await in.at_end();
            }
            while (range < plan.ranges.size() && plan.ranges[range].to < number) ++range;
            bool const wanted = range < plan.ranges.size() && plan.ranges[range].from <= number;
            if ((single && plan.only_separated) || !(wanted || single)) continue;
            if (shown++) out.put(plan.has_joiner ? plan.joiner : std::string(1, plan.separator));
            out.put(line);
            co_await p.breathe();
        }
        if (number > 1 || shown) out.put(plan.delimiter);
        co_return out.close(in.failed() ? 1 : 0);
    }
    while (!out.broken() && co_await in.next(line)) {
        result.clear();
        bool shown = true;
        if (plan.unit == 'f')
            shown = cut_fields(line, plan, result);
        else
            cut_bytes(line, plan, result);
        if (shown) out.line(result, plan.delimiter);
        co_await p.breathe();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

}

Command const cut_command{"cut",
                          "print selected parts of lines from each FILE to standard output",
                          "cut OPTION... [FILE]...",
                          "  -b, --bytes=LIST        select only these bytes\n"
                          "  -c, --characters=LIST   select only these characters\n"
                          "  -d, --delimiter=DELIM   use DELIM instead of TAB for field delimiter\n"
                          "  -f, --fields=LIST       select only these fields; also print any line that\n"
                          "                            contains no delimiter, unless -s is specified\n"
                          "  -n                      (ignored)\n"
                          "      --complement        complement the set of selected bytes, characters or fields\n"
                          "  -s, --only-delimited    do not print lines not containing delimiters\n"
                          "      --output-delimiter=STRING  use STRING as the output delimiter\n"
                          "  -z, --zero-terminated   line delimiter is NUL, not newline\n\n"
                          "A LIST is made up of one range or many separated by commas: N, N-, N-M or -M.\n",
                          nullptr,
                          run_cut};

}
