// numfmt: numbers with the suffixes of sizes, read and written.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands {

namespace {

enum class Unit : std::uint8_t { none, automatic, si, iec, iec_i };
enum class Rounding : std::uint8_t { up, down, from_zero, towards_zero, nearest };

constexpr std::string_view unit_names[] = {"none", "auto", "si", "iec", "iec-i"};
constexpr std::string_view rounding_names[] = {"up", "down", "from-zero", "towards-zero", "nearest"};
constexpr std::string_view invalid_names[] = {"abort", "fail", "warn", "ignore"};
constexpr std::string_view powers = "KMGTPEZY";
constexpr int mistake_status = 2;

struct NumfmtStyle {
    Unit from = Unit::none, to = Unit::none;
    Rounding rounding = Rounding::from_zero;
    std::string_view on_invalid = "abort";
    double from_unit = 1, to_unit = 1;
    std::int64_t padding = 0; // negative: on the left
    std::int64_t header = 0;
    std::string suffix, before, after; // of the number; around it, from --format
    int precision = -1;
    bool zero_padded = false, all_fields = false, has_fields = false, has_separator = false;
    char separator = ' ', end = '\n';
    std::vector<std::pair<std::int64_t, std::int64_t>> fields{{1, 1}};
};

double rounded(double value, Rounding how) {
    switch (how) {
        case Rounding::up: return std::ceil(value);
        case Rounding::down: return std::floor(value);
        case Rounding::from_zero: return value < 0 ? std::floor(value) : std::ceil(value);
        case Rounding::towards_zero: return std::trunc(value);
        case Rounding::nearest: return std::round(value);
    }
    return value;
}

struct ReadNumber {
    double value = 0;
    int decimals = 0;
    std::string problem; // in numfmt's words, empty if none
};

ReadNumber read_number(std::string_view text, Unit from) {
    ReadNumber out;
    std::size_t at = text.find_first_not_of(' ');
    if (at == std::string_view::npos) at = 0;
    std::size_t const start = at;
    if (at < text.size() && text[at] == '-') ++at;
    std::size_t const digits = at;
    auto const skip = [&] {
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    };
    skip();
    if (at == digits && (at >= text.size() || text[at] != '.')) {
        out.problem = "invalid number: " + marked(text);
        return out;
    }
    if (at < text.size() && text[at] == '.') {
        std::size_t const dot = at++;
        skip();
        out.decimals = static_cast<int>(at - dot - 1);
        if (out.decimals == 0) {
            out.problem = "invalid number: " + marked(text);
            return out;
        }
    }
    out.value = parse_double(text.substr(start, at - start)).value_or(0) + 0.0; // no -0
    while (at < text.size() && text[at] == ' ') ++at;
    std::string_view rest = text.substr(at);
    if (rest.empty()) return out;
    std::size_t const power = powers.find(rest[0]);
    if (power == std::string_view::npos) {
        out.problem = "invalid suffix in input: " + marked(text);
        return out;
    }
    if (from == Unit::none) {
        out.problem = "rejecting suffix in input: " + marked(text) + " (consider using --from)";
        return out;
    }
    rest.remove_prefix(1);
    double base = from == Unit::si || from == Unit::automatic ? 1000 : 1024;
    bool const binary = !rest.empty() && rest[0] == 'i' && (from == Unit::automatic || from == Unit::iec_i);
    if (binary) {
        base = 1024;
        rest.remove_prefix(1);
    } else if (from == Unit::iec_i) {
        out.problem = "missing 'i' suffix in input: " + marked(text) + " (e.g Ki/Mi/Gi)";
        return out;
    }
    if (!rest.empty()) {
        out.problem = "invalid suffix in input " + marked(text) + ": " + marked(rest);
        return out;
    }
    out.value *= std::pow(base, static_cast<double>(power + 1));
    out.decimals = 0;
    return out;
}

// With zeros after the sign up to the width that --format asks for.
std::string with_zeros(std::string number, NumfmtStyle const& style) {
    std::size_t const sign = number[0] == '-' ? 1 : 0;
    auto const least = static_cast<std::size_t>(std::max<std::int64_t>(0, style.padding));
    if (style.zero_padded && number.size() < least) number.insert(sign, least - number.size(), '0');
    return number;
}

std::string written(double value, int decimals, NumfmtStyle const& style) {
    if (style.to == Unit::none) {
        double const shift = std::pow(10.0, decimals);
        return with_zeros(fixed(rounded(value * shift, style.rounding) / shift, decimals), style);
    }
    double const base = style.to == Unit::si ? 1000 : 1024;
    std::size_t power = 0;
    while (std::fabs(value) >= base && power < powers.size()) value /= base, ++power;
    int const adjust =
        style.precision >= 0 ? std::min(static_cast<int>(power) * 3, style.precision) : (std::fabs(value) < 10 ? 1 : 0);
    double const shift = std::pow(10.0, adjust);
    value = rounded(value * shift, style.rounding) / shift;
    if (std::fabs(value) >= base && power < powers.size()) value /= base, ++power;
    bool const shows_point = value != 0 && std::fabs(value) < 10 && power > 0;
    std::string out = with_zeros(fixed(value, style.precision >= 0 ? style.precision : shows_point ? 1 : 0), style);
    if (power > 0) out += powers[power - 1];
    if (power > 0 && style.to == Unit::iec_i) out += 'i';
    return out;
}

class Numfmt {
  public:
    Numfmt(Process& p, NumfmtStyle const& style, Output& out) : p_(p), style_(style), out_(out) {}
    int status = 0;

    // False when an invalid number ends the run.
    bool line(std::string_view text, bool ends = true) {
        std::string row;
        std::int64_t field = 0;
        std::size_t at = 0;
        do {
            ++field;
            std::size_t const from = at;
            if (style_.has_separator) {
                at = std::min(text.find(style_.separator, at), text.size());
            } else {
                while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
                while (at < text.size() && text[at] != ' ' && text[at] != '\t') ++at;
            }
            if (field > 1) row += style_.has_separator ? style_.separator : text[from_blank_];
            if (!convert(text.substr(from, at - from), field, row)) return false;
            from_blank_ = at;
            if (at == text.size()) break;
            ++at;
        } while (true);
        out_.put(row);
        if (ends) out_.put(style_.end);
        return true;
    }

  private:
    [[nodiscard]] bool wanted(std::int64_t field) const {
        return style_.all_fields || std::any_of(style_.fields.begin(), style_.fields.end(), [&](auto const& range) {
                   return field >= range.first && field <= range.second;
               });
    }
    bool convert(std::string_view text, std::int64_t field, std::string& row) {
        if (!wanted(field)) {
            row += text;
            return true;
        }
        std::size_t const blanks = std::min(text.find_first_not_of(" \t"), text.size());
        std::string_view number = text.substr(blanks);
        if (!style_.suffix.empty() && number.size() > style_.suffix.size() &&
            number.substr(number.size() - style_.suffix.size()) == style_.suffix)
            number.remove_suffix(style_.suffix.size());
        ReadNumber const read = read_number(number, style_.from);
        if (!read.problem.empty()) return refuse(read.problem, text, row);
        double const value = read.value * style_.from_unit / style_.to_unit;
        int const decimals = style_.precision >= 0 ? style_.precision : read.decimals;
        double const largest = style_.to == Unit::none ? std::pow(10.0, 19 - decimals) : 1e27;
        if (std::fabs(value) >= largest) {
            std::string const size = format_double("%", 'g', value);
            return refuse(decimals > 0 && style_.to == Unit::none
                              ? "value/precision too large to be printed: '" + size + "/" + std::to_string(decimals) +
                                    "' (consider using --to)"
                              : "value too large to be printed: '" + size + "' (" +
                                    (style_.to == Unit::none ? "consider using --to)" : "cannot handle values > 999Y)"),
                          text, row);
        }
        std::string shown = written(value, decimals, style_);
        shown += style_.suffix;
        std::int64_t width = style_.padding;
        if (width == 0 && blanks > 0) width = static_cast<std::int64_t>(text.size());
        row += style_.before + padded(shown, static_cast<int>(width)) + style_.after;
        return true;
    }

    // False to end the run, else the text stays as it is.
    bool refuse(std::string const& problem, std::string_view text, std::string& row) {
        bool const aborts = style_.on_invalid == "abort";
        if (aborts) out_.put(row);
        row += text;
        if (style_.on_invalid != "ignore") {
            out_.flush();
            p_.fail(problem);
        }
        if (aborts || style_.on_invalid == "fail") status = mistake_status;
        return !aborts;
    }

    Process& p_;
    NumfmtStyle const& style_;
    Output& out_;
    std::size_t from_blank_ = 0; // where the field before ended
};

// "%[0]['][-][WIDTH][.PRECISION]f" with text around; the status to end with, or -1.
int read_format(Process& p, std::string const& format, NumfmtStyle& style) {
    std::size_t at = 0;
    auto const text = [&](std::string& into) {
        for (; at < format.size() && (format[at] != '%' || format.compare(at, 2, "%%") == 0); ++at) {
            if (format[at] == '%') ++at;
            into += format[at];
        }
    };
    text(style.before);
    if (at >= format.size()) return p.fail("format " + marked(format) + " has no % directive");
    bool left = false;
    for (++at; at < format.size() && std::string_view("0'- ").find(format[at]) != std::string_view::npos; ++at) {
        style.zero_padded = style.zero_padded || format[at] == '0';
        left = left || format[at] == '-';
    }
    auto const number = [&] {
        std::size_t const from = at;
        while (at < format.size() && format[at] >= '0' && format[at] <= '9') ++at;
        return parse_count(format.substr(from, at - from)).value_or(0);
    };
    if (auto const width = number(); width > 0) style.padding = left ? -width : width;
    if (at < format.size() && format[at] == '.') {
        ++at;
        if (at < format.size() && (format[at] == '-' || format[at] == '+'))
            return p.fail("invalid precision in format " + marked(format));
        style.precision = static_cast<int>(std::min<std::int64_t>(number(), 17));
    }
    if (at >= format.size()) return p.fail("format " + marked(format) + " ends in %");
    if (format[at] != 'f')
        return p.fail("invalid format " + marked(format) + ", directive must be %[0]['][-][N][.][N]f");
    ++at;
    text(style.after);
    if (at < format.size()) return p.fail("format " + marked(format) + " has too many % directives");
    return -1;
}

int read_fields(Process& p, std::string const& list, NumfmtStyle& style) {
    style.fields.clear();
    style.all_fields = list == "-";
    std::string commas = list;
    std::replace(commas.begin(), commas.end(), ' ', ',');
    for (std::string_view const part : split(commas, ',')) {
        if (style.all_fields) break;
        std::size_t const dash = part.find('-');
        if (dash != std::string_view::npos && part.find('-', dash + 1) != std::string_view::npos)
            return usage_mistake(p, "invalid field range");
        auto const from = parse_count(part.substr(0, dash));
        auto const to = dash == std::string_view::npos ? from : parse_count(part.substr(dash + 1));
        bool const open_start = dash == 0, open_end = dash != std::string_view::npos && dash + 1 == part.size();
        if ((!from && !open_start) || (!to && !open_end))
            return usage_mistake(p, "invalid field value " + marked(part.substr(open_start && !to ? 1 : 0)));
        if (from && *from == 0) return usage_mistake(p, "fields are numbered from 1");
        if (from && to && *to < *from) return usage_mistake(p, "invalid decreasing range");
        style.fields.emplace_back(from.value_or(1), to.value_or(INT64_MAX));
    }
    return -1;
}

template <class Names>
int index_of(Names const& names, std::string_view name) {
    auto const at = std::find(std::begin(names), std::end(names), name);
    return at == std::end(names) ? -1 : static_cast<int>(at - std::begin(names));
}

// --from, --to, --round and --invalid: the status to end with, or -1.
int read_choice(Process& p, Option const& option, NumfmtStyle& style) {
    auto const wrong = [&](std::string_view name, auto const& names) {
        return invalid_choice(p, option.value, name, {std::begin(names), std::end(names)});
    };
    if (option.id == long_option("round")) {
        int const at = index_of(rounding_names, option.value);
        if (at < 0) return wrong("--round", rounding_names);
        style.rounding = static_cast<Rounding>(at);
    } else if (option.id == long_option("invalid")) {
        int const at = index_of(invalid_names, option.value);
        if (at < 0) return wrong("--invalid", invalid_names);
        style.on_invalid = invalid_names[at];
    } else {
        bool const to = option.id == long_option("to");
        int const at = index_of(unit_names, option.value);
        constexpr std::string_view to_names[] = {"none", "si", "iec", "iec-i"};
        if (to && (at < 0 || at == 1)) return wrong("--to", to_names);
        if (at < 0) return wrong("--from", unit_names);
        (to ? style.to : style.from) = static_cast<Unit>(at);
    }
    return -1;
}

int read_option(Process& p, Option const& option, NumfmtStyle& style) {
    switch (option.id) {
        case long_option("from"):
        case long_option("to"):
        case long_option("round"):
        case long_option("invalid"): return read_choice(p, option, style);
        case long_option("from-unit"):
        case long_option("to-unit"): {
            std::string_view number = option.value; // K is 1000, Ki 1024
            bool const binary = !number.empty() && number.back() == 'i';
            if (binary) number.remove_suffix(1);
            bool const letter = !number.empty() && (number.back() | 32) >= 'a' && (number.back() | 32) <= 'z';
            auto const size =
                binary && !letter ? std::nullopt : parse_size(std::string(number) + (letter && !binary ? "B" : ""));
            if (!size || *size == 0 || *size >= INT64_MAX) return p.fail("invalid unit size: " + marked(option.value));
            (option.id == long_option("to-unit") ? style.to_unit : style.from_unit) = static_cast<double>(*size);
            return -1;
        }
        case long_option("padding"): {
            bool const left = option.value[0] == '-';
            auto const width = parse_count(std::string_view(option.value).substr(left ? 1 : 0));
            if (!width || *width == 0) return p.fail("invalid padding value " + marked(option.value));
            style.padding = left ? -*width : *width;
            return -1;
        }
        case long_option("header"): {
            auto const lines = option.has_value ? parse_count(option.value) : 1;
            if (!lines || *lines == 0) return p.fail("invalid header value " + marked(option.value));
            style.header = *lines;
            return -1;
        }
        case long_option("field"):
            if (style.has_fields) return p.fail("multiple field specifications");
            style.has_fields = true;
            return read_fields(p, option.value, style);
        case long_option("format"): return read_format(p, option.value, style);
        case long_option("suffix"): style.suffix = option.value; return -1;
        case 'd':
            if (option.value.size() > 1) return p.fail("the delimiter must be a single character");
            style.separator = option.value.empty() ? '\0' : option.value[0];
            style.has_separator = true;
            return -1;
        case 'z': style.end = '\0'; return -1;
        default: return -1;
    }
}

Task<int> run_numfmt(Process& p) {
    Arguments const arguments = parse_arguments(p, numfmt_command);
    if (arguments.ended()) co_return arguments.status;
    NumfmtStyle style;
    for (Option const& option : arguments.options)
        if (int const status = read_option(p, option, style); status >= 0) co_return status;
    if (arguments.has(long_option("grouping"))) {
        if (arguments.has(long_option("format"))) co_return p.fail("--grouping cannot be combined with --format");
        if (style.to != Unit::none) co_return p.fail("grouping cannot be combined with --to");
    }
    if (arguments.has(long_option("debug")) && style.header > 0 && !arguments.operands.empty())
        p.fail("--header ignored with command-line input");
    Output out(p);
    Numfmt numfmt(p, style, out);
    if (!arguments.operands.empty()) {
        for (std::string const& number : arguments.operands)
            if (!numfmt.line(number)) break;
        co_return out.close(numfmt.status);
    }
    Input in(p, {}, style.end);
    std::string_view line;
    while (co_await in.next(line)) {
        if (style.header-- > 0)
            out.line(line, style.end);
        else if (!numfmt.line(line, in.had_delimiter()))
            break;
        co_await p.breathe();
    }
    co_return out.close(numfmt.status);
}

}

Command const numfmt_command{
    "numfmt",
    "reformat NUMBER(s), or the numbers from standard input if none are specified",
    "numfmt [OPTION]... [NUMBER]...",
    "  -d, --delimiter=X    use X instead of whitespace for field delimiter\n"
    "      --debug          (ignored)\n"
    "      --field=FIELDS   replace the numbers in these input fields (default=1)\n"
    "      --format=FORMAT  use printf style floating-point FORMAT\n"
    "      --from=UNIT      auto-scale input numbers to UNITs; default is 'none'\n"
    "      --from-unit=N    specify the input unit size (instead of the default 1)\n"
    "      --grouping       (ignored)\n"
    "      --header[=N]     print (without converting) the first N header lines\n"
    "      --invalid=MODE   MODE can be: abort (default), fail, warn, ignore\n"
    "      --padding=N      pad the output to N characters; negative N will left-align\n"
    "      --round=METHOD   up, down, from-zero (default), towards-zero, nearest\n"
    "      --suffix=SUFFIX  add SUFFIX to output numbers, and accept it in input numbers\n"
    "      --to=UNIT        auto-scale output numbers to UNITs\n"
    "      --to-unit=N      the output unit size (instead of the default 1)\n"
    "  -z, --zero-terminated    line delimiter is NUL, not newline\n\n"
    "UNIT is none, auto (1K = 1000, 1Ki = 1024), si (1K = 1000), iec (1K = 1024) or iec-i (1Ki = 1024).\n",
    nullptr,
    run_numfmt};

}
