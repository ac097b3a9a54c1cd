// The formats of printf: C's conversions on text arguments, %b %q %(date)T, * widths, the format used again while
// arguments are left.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/escapes.hpp"
#include "terminal/limits.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace cw::terminal {

namespace {

struct Spec {
    std::string flags;
    std::int64_t width = 0;
    std::int64_t precision = -1;
    bool has_flag(char c) const { return flags.find(c) != std::string::npos; }
};

class Formatter {
  public:
    Formatter(Interpreter& shell, Words const& arguments, std::size_t format_at, std::string& out)
        : shell_(shell), arguments_(arguments), format_(arguments[format_at]), next_(format_at + 1), out_(out) {}

    int run() {
        do {
            std::size_t const before = next_;
            if (!once()) break;
            if (next_ == before) break; // a format without conversions is used once
        } while (next_ < arguments_.size() && out_.size() < limits::value_bytes);
        return status_;
    }

  private:
    [[nodiscard]] bool has_argument() const { return next_ < arguments_.size(); }
    std::string argument() { return has_argument() ? arguments_[next_++] : std::string(); }

    void complain(std::string const& text) {
        shell_.builtin_error("printf", text);
        status_ = 1;
    }

    // False to stop (\c, or a bad format).
    bool once() {
        for (std::size_t at = 0; at < format_.size();) {
            char const c = format_[at];
            if (c == '\\') {
                check_escape(format_, at);
                append_escape(format_, at, EscapeStyle::printf_format, out_);
            } else if (c != '%') {
                out_.push_back(c);
                ++at;
            } else if (at + 1 < format_.size() && format_[at + 1] == '%') {
                out_.push_back('%');
                at += 2;
            } else if (!conversion(at)) {
                return false;
            }
        }
        return true;
    }

    bool conversion(std::size_t& at) {
        std::size_t const start = at++;
        Spec spec;
        while (at < format_.size() && std::string_view("-+ #0'").find(format_[at]) != std::string_view::npos)
            spec.flags.push_back(format_[at++]);
        spec.width = number_or_star(at);
        if (spec.width < 0) {
            spec.flags.push_back('-');
            spec.width = -spec.width;
        }
        if (at < format_.size() && format_[at] == '.') {
            ++at;
            spec.precision = number_or_star(at);
        }
        while (at < format_.size() && std::string_view("hlLjzt").find(format_[at]) != std::string_view::npos) ++at;
        if (at >= format_.size()) {
            complain("`" + format_.substr(start) + "': missing format character");
            return false;
        }
        char const c = format_[at++];
        constexpr std::int64_t most = 0x7FFFFFFF;
        if ((spec.width >= most || spec.precision >= most) &&
            std::string_view("diouxXeEfFgGaA").find(c) != std::string_view::npos) {
            argument(); // more than printf can count: nothing is printed
            return true;
        }
        if (spec.width > static_cast<std::int64_t>(limits::value_bytes)) spec.width = 0;
        switch (c) {
            case 's': pad(cut(argument(), spec), spec); return true;
            case 'c': {
                std::string const text = argument();
                pad(text.substr(0, 1), spec, text.empty());
                return true;
            }
            case 'q':
            case 'Q': {
                std::string text = argument();
                pad(c == 'Q' ? backslash_quoted(cut(text, spec)) : cut(backslash_quoted(text), spec), spec);
                return true;
            }
            case 'b': {
                std::string const text = argument();
                std::string decoded;
                bool stopped = false;
                for (std::size_t i = 0; i < text.size() && !stopped;) {
                    if (text[i] == '\\') check_escape(text, i);
                    if (text[i] == '\\')
                        stopped = !append_escape(text, i, EscapeStyle::printf_b, decoded);
                    else
                        decoded.push_back(text[i++]);
                }
                pad(cut(decoded, spec), spec);
                return !stopped;
            }
            case '(': return date(at, spec, start);
            case 'n': {
                std::string const place = argument();
                if (!place.empty()) shell_.assign(place, std::to_string(out_.size()), false);
                return true;
            }
            case 'd':
            case 'i': integer(spec, 'd'); return true;
            case 'o':
            case 'u':
            case 'x':
            case 'X': integer(spec, c); return true;
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
            case 'a':
            case 'A': floating(spec, c); return true;
            default: complain("`" + format_.substr(at - 1, 1) + "': invalid format character"); return false;
        }
    }

    // Says what is wrong with a \x or \u that no digit follows.
    void check_escape(std::string_view text, std::size_t at) {
        if (at + 1 >= text.size()) return;
        char const kind = text[at + 1], next = at + 2 < text.size() ? text[at + 2] : '\0';
        bool const digit = is_digit(next) || (next >= 'a' && next <= 'f') || (next >= 'A' && next <= 'F');
        if (digit) return;
        if (kind == 'x') shell_.builtin_error("printf", "missing hex digit for \\x");
        if (kind == 'u' || kind == 'U')
            shell_.builtin_error("printf", std::string("missing unicode digit for \\") + kind);
    }

    std::int64_t number_or_star(std::size_t& at) {
        if (at < format_.size() && format_[at] == '*') {
            ++at;
            return whole_number(argument());
        }
        std::int64_t value = 0;
        while (at < format_.size() && is_digit(format_[at])) {
            value = value * 10 + (format_[at++] - '0');
            if (value > 0x7FFFFFFF) value = 0x7FFFFFFF;
        }
        return value;
    }

    // The character after a quote, or a C integer; complains about what is left over.
    std::int64_t whole_number(std::string const& text) {
        if (!text.empty() && (text[0] == '"' || text[0] == '\'')) {
            if (text.size() == 1) return 0;
            std::size_t from = 1;
            if (!shell_.utf8) return static_cast<unsigned char>(text[1]);
            char32_t const code = next_code_point(text, from);
            return code == replacement_character && from == 2 ? static_cast<unsigned char>(text[1])
                                                              : static_cast<std::int64_t>(code);
        }
        std::size_t from = 0;
        while (from < text.size() && (text[from] == ' ' || (text[from] >= '\t' && text[from] <= '\r'))) ++from;
        std::size_t digits = from;
        bool const negative = digits < text.size() && text[digits] == '-';
        if (digits < text.size() && (text[digits] == '-' || text[digits] == '+')) ++digits;
        errno = 0;
        char* end = nullptr;
        std::int64_t value = std::strtoll(text.c_str() + from, &end, 0);
        if (errno == ERANGE && !negative) {
            errno = 0;
            value = static_cast<std::int64_t>(std::strtoull(text.c_str() + from, &end, 0));
            if (errno == ERANGE || !unsigned_) value = errno == ERANGE && unsigned_ ? -1 : 0x7FFFFFFFFFFFFFFF;
            if (!unsigned_ || errno == ERANGE) {
                shell_.builtin_error("printf", "warning: " + text + ": Numerical result out of range");
            }
        } else if (errno == ERANGE) {
            shell_.builtin_error("printf", "warning: " + text + ": Numerical result out of range");
        }
        if (end == text.c_str() + from ? !text.empty() : *end != '\0') {
            bool const octal = text.size() > 1 && text[digits < text.size() ? digits : 0] == '0' && is_digit(*end);
            complain(text + (octal ? ": invalid octal number" : ": invalid number"));
        }
        return value;
    }

    void integer(Spec const& spec, char kind) {
        unsigned_ = kind != 'd';
        std::int64_t const value = whole_number(argument());
        unsigned_ = false;
        char buffer[400];
        std::string format = "%";
        for (char const flag : spec.flags)
            if (flag != '\'') format.push_back(flag);
        bool const wide = spec.width > 300 || spec.precision > 300;
        if (!wide && spec.width > 0) format += std::to_string(spec.width);
        if (!wide && spec.precision >= 0) format += "." + std::to_string(spec.precision);
        format += "ll";
        format.push_back(kind);
        int const length = std::snprintf(buffer, sizeof buffer, format.c_str(), static_cast<long long>(value));
        std::string text(buffer, static_cast<std::size_t>(length));
        if (wide) {
            std::size_t const digits = text[0] == '-' ? 1 : 0;
            while (static_cast<std::int64_t>(text.size() - digits) < std::min<std::int64_t>(spec.precision, 100000))
                text.insert(digits, "0");
            pad(text, spec);
            return;
        }
        out_ += text;
    }

    void floating(Spec const& spec, char kind) {
        std::string const text = argument();
        long double value = 0;
        if (!text.empty() && (text[0] == '"' || text[0] == '\'')) {
            value = static_cast<long double>(whole_number(text));
        } else {
            char* end = nullptr;
            value = std::strtold(text.c_str(), &end);
            if ((end == text.c_str() && !text.empty()) || *end != '\0') complain(text + ": invalid number");
        }
        std::string format = "%";
        for (char const flag : spec.flags)
            if (flag != '\'') format.push_back(flag);
        if (spec.width > 0) format += std::to_string(std::min<std::int64_t>(spec.width, 4000));
        if (spec.precision >= 0) format += "." + std::to_string(std::min<std::int64_t>(spec.precision, 4000));
        format += "L";
        format.push_back(kind);
        int const length = std::snprintf(nullptr, 0, format.c_str(), value);
        std::string made(static_cast<std::size_t>(length) + 1, '\0');
        std::snprintf(made.data(), made.size(), format.c_str(), value);
        made.pop_back();
        out_ += made;
    }

    // %(format)T: seconds since 1970; -1 now, -2 when the shell started.
    bool date(std::size_t& at, Spec const& spec, std::size_t start) {
        std::size_t close = at;
        for (int brackets = 1; close < format_.size(); ++close)
            if (format_[close] == '(')
                ++brackets;
            else if (format_[close] == ')' && --brackets == 0)
                break;
        if (close + 1 >= format_.size()) {
            complain("`" + format_.substr(start) + "': missing format character");
            return false;
        }
        if (format_[close + 1] != 'T') { // it is text
            shell_.builtin_error("printf",
                                 "warning: `" + format_.substr(close + 1, 1) + "': invalid time format specification");
            out_.push_back('%');
            at = start + 1;
            return true;
        }
        std::string const how = format_.substr(at, close - at);
        at = close + 2;
        std::int64_t when = shell_.system.clock.seconds();
        if (has_argument()) {
            std::int64_t const given = whole_number(argument());
            if (given >= 0 || given < -2) when = given;
            if (given == -2) when = shell_.seconds_base_ns / 1'000'000'000;
        }
        std::string const text =
            format_time(how.empty() ? "%H:%M:%S" : how, when * 1'000'000'000, zone_named(shell_.value_of("TZ")));
        pad(cut(text, spec), spec);
        return true;
    }

    [[nodiscard]] std::string cut(std::string const& text, Spec const& spec) const {
        if (spec.precision < 0) return text;
        return text.substr(0, static_cast<std::size_t>(spec.precision));
    }

    void pad(std::string const& text, Spec const& spec, bool zero_byte = false) {
        std::size_t const size = text.size() + (zero_byte ? 1 : 0);
        std::size_t const width = static_cast<std::size_t>(spec.width);
        std::string const fill(width > size ? width - size : 0, ' ');
        if (!spec.has_flag('-')) out_ += fill;
        out_ += text;
        if (zero_byte) out_.push_back('\0');
        if (spec.has_flag('-')) out_ += fill;
    }

    Interpreter& shell_;
    Words const& arguments_;
    std::string const& format_;
    std::size_t next_;
    std::string& out_;
    int status_ = 0;
    bool unsigned_ = false;
};

}

bool format_printf(Interpreter& shell, Words const& arguments, std::size_t format_at, std::string& out, int& status) {
    status = Formatter(shell, arguments, format_at, out).run();
    return status == 0;
}

}
