#include "terminal/commands/awk_values.hpp"

#include "ground/text.hpp"
#include "terminal/commands/units.hpp"

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
    if (!starts) return 0;
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
    if (value.type == Value::Type::text) return false;
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
    if (std::isnan(n)) return std::signbit(n) ? "-nan" : "nan";
    if (std::isinf(n)) return n < 0 ? "-inf" : "inf";
    if (n == std::floor(n) && std::fabs(n) < 1e16) return std::to_string(static_cast<std::int64_t>(n));
    if (n == std::floor(n) && std::fabs(n) < 1e30) return format_double("%.0", 'f', n);
    return format(convfmt, {value}, "%.6g");
}

bool is_true(Value const& value) {
    if (value.type == Value::Type::number) return value.number != 0;
    if (value.type == Value::Type::input && is_numeric(value)) return to_number(value) != 0;
    return !value.text.empty();
}

int compare(Value const& a, Value const& b, std::string const& convfmt) {
    if (is_numeric(a) && is_numeric(b)) {
        double const left = to_number(a), right = to_number(b);
        return left < right ? -1 : left > right ? 1 : 0;
    }
    return to_text(a, convfmt).compare(to_text(b, convfmt));
}

std::string format(std::string_view format, std::vector<Value> const& values, std::string const& convfmt) {
    std::string out;
    std::size_t next = 0;
    auto const take = [&] { return next < values.size() ? values[next++] : Value(); };
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            out += format[at];
            continue;
        }
        if (format.substr(at, 2) == "%%") {
            out += '%';
            ++at;
            continue;
        }
        std::string spec = "%";
        std::size_t end = at + 1;
        for (;
             end < format.size() && std::string_view("-+ #0123456789.*lh").find(format[end]) != std::string_view::npos;
             ++end) {
            if (format[end] == '*')
                spec += std::to_string(static_cast<std::int64_t>(to_number(take())));
            else if (format[end] != 'l' && format[end] != 'h')
                spec += format[end];
        }
        if (end == format.size()) {
            out += format.substr(at);
            break;
        }
        char const c = format[end];
        if (std::string_view("dixXou").find(c) != std::string_view::npos) {
            double const number = to_number(take());
            if (std::isnan(number) || std::isinf(number))
                out += format_text(spec, to_text(Value(number), convfmt));
            else if (std::fabs(number) >= 9.2e18)
                out += format_double(spec.find('.') == std::string::npos ? spec + ".0" : spec, 'f', std::trunc(number));
            else
                out += format_integer(spec, c == 'i' ? 'd' : c, static_cast<std::int64_t>(number));
        } else if (std::string_view("eEfFgGaA").find(c) != std::string_view::npos) {
            out += format_double(spec, c, to_number(take()));
        } else if (c == 'c') {
            Value const value = take();
            std::string text;
            if (value.type == Value::Type::number) {
                append_utf8(text, static_cast<char32_t>(std::clamp(value.number, 0.0, 1114111.0)));
            } else if (!value.text.empty()) {
                std::size_t length = 0;
                static_cast<void>(next_code_point(value.text, length));
                text = value.text.substr(0, length);
            }
            out += format_text(spec, text);
        } else if (c == 's') {
            out += format_text(spec, to_text(take(), convfmt));
        } else {
            out += format.substr(at, end - at + 1);
        }
        at = end;
    }
    return out;
}

Value* Array::find(std::string const& key) {
    auto const found = items_.find(key);
    return found == items_.end() ? nullptr : &found->second.value;
}

Value& Array::at(std::string const& key) {
    auto const [place, added] = items_.try_emplace(key);
    if (added) place->second.order = next_++;
    return place->second.value;
}

void Array::remove(std::string const& key) { items_.erase(key); }
void Array::clear() { items_.clear(); }

std::vector<std::string> Array::keys() const {
    struct Key {
        std::string const* text;
        std::int64_t number;
        bool whole;
        std::uint64_t order;
    };
    std::vector<Key> sorted;
    for (auto const& [key, item] : items_) {
        bool const plain =
            !key.empty() && key.find_first_not_of("0123456789", key[0] == '-' ? 1 : 0) == std::string::npos;
        auto const number = plain ? parse_integer(key) : std::nullopt;
        sorted.push_back({&key, number.value_or(0), number.has_value(), item.order});
    }
    std::sort(sorted.begin(), sorted.end(), [](Key const& a, Key const& b) {
        if (a.whole != b.whole) return a.whole;
        return a.whole ? a.number < b.number : a.order < b.order;
    });
    std::vector<std::string> out;
    for (Key const& key : sorted) out.push_back(*key.text);
    return out;
}

}
