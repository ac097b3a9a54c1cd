#include "terminal/commands/awk_values.hpp"

#include "ground/text.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

// The number at the start of a text and where it ends; hexadecimal, inf and nan are no numbers here.
double leading_number(std::string const& text, std::size_t& end) {
    std::size_t at = 0;
    while (at < text.size() && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))) ++at;
    std::size_t digits = at;
    if (digits < text.size() && (text[digits] == '-' || text[digits] == '+')) ++digits;
    bool const starts = digits < text.size() && ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.');
    bool const hexadecimal =
        digits + 1 < text.size() && text[digits] == '0' && (text[digits + 1] == 'x' || text[digits + 1] == 'X');
    end = 0;
    if (!starts) { // a sign makes numbers of inf and nan
        std::string const word = folded(text.substr(digits, 3));
        bool const alone = digits + 3 >= text.size() || text[digits + 3] == ' ' || text[digits + 3] == '\t' ||
                           text[digits + 3] == '\n';
        if (digits == at || !alone || (word != "inf" && word != "nan")) return 0;
        end = digits + 3;
        return std::copysign(word == "inf" ? HUGE_VAL : std::nan(""), text[at] == '-' ? -1.0 : 1.0);
    }
    if (hexadecimal) {
        end = digits + 1;
        return 0;
    }
    char* stop = nullptr;
    double const value = std::strtod(text.c_str() + at, &stop);
    end = static_cast<std::size_t>(stop - text.c_str());
    return end == at ? (end = 0, 0.0) : value;
}

}

double to_number(Value const& value) {
    std::size_t end = 0;
    return value.type == Value::Type::number    ? value.number
           : value.type == Value::Type::nothing ? 0
                                                : leading_number(value.text, end);
}

bool is_numeric(Value const& value) {
    if (value.type == Value::Type::number || value.type == Value::Type::nothing) return true;
    if (value.type != Value::Type::input) return false;
    std::size_t end = 0;
    leading_number(value.text, end);
    if (end == 0) return false;
    while (end < value.text.size() && (value.text[end] == ' ' || (value.text[end] >= '\t' && value.text[end] <= '\r')))
        ++end;
    return end == value.text.size();
}

std::string to_text(Value const& value, std::string const& convfmt) {
    if (value.type != Value::Type::number) return value.text;
    double const n = value.number;
    if (std::isnan(n)) return std::signbit(n) ? "-nan" : "+nan";
    if (std::isinf(n)) return n < 0 ? "-inf" : "+inf";
    if (n == std::floor(n) && std::fabs(n) < 1e16) return std::to_string(static_cast<std::int64_t>(n));
    if (n == std::floor(n)) return format_double("%.0", 'f', n);
    std::string error;
    return format(convfmt, {value}, "%.6g", error);
}

std::string folded(std::string text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) append_utf8(out, to_lower(next_code_point(text, at)));
    return out;
}

bool is_true(Value const& value) {
    if (value.type == Value::Type::number) return value.number != 0;
    if (value.type == Value::Type::input && is_numeric(value)) return to_number(value) != 0;
    return !value.text.empty();
}

int compare(Value const& a, Value const& b, std::string const& convfmt, bool ignores_case) {
    if (is_numeric(a) && is_numeric(b)) {
        double const left = to_number(a), right = to_number(b);
        return left < right ? -1 : left > right ? 1 : 0;
    }
    if (ignores_case) return folded(to_text(a, convfmt)).compare(folded(to_text(b, convfmt)));
    return to_text(a, convfmt).compare(to_text(b, convfmt));
}

std::string format(std::string_view format, std::vector<Value> const& values, std::string const& convfmt,
                   std::string& error) {
    std::string out;
    std::size_t next = 0, conversion = 0;
    bool counted = false, plain = false;
    auto const argument = [&](std::size_t index) {
        if (index < values.size()) return values[index];
        if (error.empty())
            error = "not enough arguments to satisfy format string\n\t`" + std::string(format) + "'\n\t" +
                    std::string(conversion, ' ') + "^ ran out for this one";
        return Value();
    };
    // "3$" at `at`: the number and behind it, or 0.
    auto const position = [&](std::size_t& at) {
        std::size_t const digits = std::min(format.find_first_not_of("0123456789", at), format.size());
        if (digits == at || digits == format.size() || format[digits] != '$') return std::size_t{0};
        auto const number = parse_integer(format.substr(at, digits - at));
        at = digits + 1;
        counted = true;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(number.value_or(0), 1, 100000));
    };
    for (std::size_t at = 0; at < format.size() && error.empty(); ++at) {
        if (format[at] != '%') {
            out += format[at];
            continue;
        }
        std::string spec = "%";
        std::size_t end = at + 1;
        std::size_t const which = position(end);
        for (; end < format.size() &&
               std::string_view("-+ #0123456789.*'hlLzjtq").find(format[end]) != std::string_view::npos;
             ++end) {
            if (format[end] == '*') {
                conversion = end++;
                std::size_t const place = position(end);
                std::string width = std::to_string(
                    static_cast<std::int64_t>(bounded(to_number(argument(place ? place - 1 : next++)), -1e6, 1e6)));
                --end;
                if (spec.back() == '.' && width[0] == '-')
                    spec.pop_back();
                else
                    spec += width;
            } else if (std::string_view("'hlLzjtq").find(format[end]) == std::string_view::npos) {
                spec += format[end];
            }
        }
        if (end == format.size()) {
            out += format.substr(at);
            break;
        }
        conversion = end;
        auto const take = [&] {
            if (!which) plain = true;
            if (counted && plain) error = "fatal: must use `count$' on all formats or none";
            return argument(which ? which - 1 : next++);
        };
        // %05d of inf is " +inf"
        auto const no_number = [&](double number) {
            spec.erase(std::remove(spec.begin() + 1, spec.end(), '0'), spec.end());
            return format_text(spec.substr(0, spec.find('.')), to_text(Value(number), convfmt));
        };
        char const c = format[end];
        if (std::string_view("dixXou").find(c) != std::string_view::npos) {
            double const number = to_number(take());
            if (std::isnan(number) || std::isinf(number))
                out += no_number(number);
            else if (number >= -9223372036854775808.0 && number < 9223372036854775808.0)
                out += format_integer(spec, c == 'i' ? 'd' : c, static_cast<std::int64_t>(number));
            else if (c == 'd' || c == 'i')
                out += format_double(spec.substr(0, spec.find('.')) + ".0", 'f', std::trunc(number));
            else if (number > 0 && number < 18446744073709551616.0)
                out += format_integer(spec, c, static_cast<std::int64_t>(static_cast<std::uint64_t>(number)));
            else
                out += format_double(spec, 'g', number);
        } else if (std::string_view("eEfFgGaA").find(c) != std::string_view::npos) {
            double const number = to_number(take());
            out += std::isnan(number) || std::isinf(number) ? no_number(number) : format_double(spec, c, number);
        } else if (c == 'c') {
            Value const value = take();
            std::string text;
            if (value.type == Value::Type::number || (value.type == Value::Type::input && is_numeric(value))) {
                append_utf8(text, static_cast<char32_t>(bounded(to_number(value), 0, 1114111)));
            } else if (!value.text.empty()) {
                std::size_t length = 0;
                static_cast<void>(next_code_point(value.text, length));
                text = value.text.substr(0, length);
            }
            out += format_text(spec.substr(0, spec.find('.')), text);
        } else if (c == '%') {
            out += '%';
        } else if (c == 's') {
            out += format_text(spec, to_text(take(), convfmt));
        } else {
            out += format.substr(at, end - at + 1);
        }
        at = end;
    }
    return out;
}

}
