#include "terminal/commands/units.hpp"

#include "ground/text.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace cw::terminal {

namespace {

constexpr int max_width = 4096; // of a printf field

// The spec with `*`-free flags, width and precision capped, then `length` and the conversion.
std::string safe_spec(std::string_view spec, std::string_view length, char conversion) {
    std::string out = "%";
    std::size_t at = 1;
    while (at < spec.size() && std::string_view("-+ #0'").find(spec[at]) != std::string_view::npos) {
        if (spec[at] != '\'') out += spec[at];
        ++at;
    }
    auto const number = [&] {
        int value = 0;
        while (at < spec.size() && spec[at] >= '0' && spec[at] <= '9')
            value = std::min(value * 10 + (spec[at++] - '0'), max_width);
        return std::to_string(value);
    };
    if (at < spec.size() && spec[at] != '.') out += number();
    if (at < spec.size() && spec[at] == '.') ++at, (out += '.') += number();
    (out += length) += conversion;
    return out;
}

template <class Value>
std::string print(std::string const& spec, Value value) {
    char small[256];
    int const size = std::snprintf(small, sizeof small, spec.c_str(), value);
    if (size < 0) return {};
    if (static_cast<std::size_t>(size) < sizeof small) return std::string(small, static_cast<std::size_t>(size));
    std::string big(static_cast<std::size_t>(size) + 1, '\0');
    std::snprintf(big.data(), big.size(), spec.c_str(), value);
    big.pop_back();
    return big;
}

}

std::optional<std::int64_t> parse_count(std::string_view text) {
    if (text.empty()) return {};
    std::int64_t value = 0;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (char const c : text) {
        if (c < '0' || c > '9') return {};
        value = value > (most - 9) / 10 ? most : value * 10 + (c - '0');
    }
    return value;
}

std::optional<std::int64_t> parse_size(std::string_view text, bool blocks) {
    std::size_t const digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view const suffix = text.substr(digits);
    auto value = digits ? parse_count(text.substr(0, digits)) : std::optional<std::int64_t>(1);
    if (!value || text.empty()) return {};
    if (suffix.empty()) return value;
    if (suffix == "b" && blocks) return *value * 512;
    if (suffix == "c" && blocks) return value;
    std::size_t const power = std::string_view("KMGTPE").find(suffix[0] == 'k' ? 'K' : suffix[0]);
    if (power == std::string_view::npos) return {};
    std::string_view const rest = suffix.substr(1);
    if (!rest.empty() && rest != "B" && rest != "iB") return {};
    for (std::size_t i = 0; i <= power; ++i) {
        std::int64_t const unit = rest == "B" ? 1000 : 1024;
        if (*value > std::numeric_limits<std::int64_t>::max() / unit) return std::numeric_limits<std::int64_t>::max();
        *value *= unit;
    }
    return value;
}

std::string human_size(std::int64_t bytes, int base) {
    if (bytes < base) return std::to_string(bytes);
    double scaled = static_cast<double>(bytes);
    std::size_t power = 0;
    while (scaled >= base && power < 6) scaled /= base, ++power;
    char const unit = std::string_view(base == 1024 ? "KMGTPE" : "kMGTPE")[power - 1];
    // Rounded up, one decimal below ten.
    double tenths = scaled * 10;
    auto whole = static_cast<std::int64_t>(tenths);
    if (static_cast<double>(whole) < tenths) ++whole;
    if (whole < 100) return std::to_string(whole / 10) + "." + std::to_string(whole % 10) + unit;
    auto rounded = static_cast<std::int64_t>(scaled);
    if (static_cast<double>(rounded) < scaled) ++rounded;
    if (rounded == base && power < 6) return std::string("1.0") + std::string_view("KMGTPE")[power];
    return std::to_string(rounded) + unit;
}

std::string padded(std::string_view text, int width) {
    int const room = std::max(0, (width < 0 ? -width : width) - width_of_utf8(text));
    std::string const blanks(static_cast<std::size_t>(room), ' ');
    return width < 0 ? std::string(text) + blanks : blanks + std::string(text);
}

std::string padded_number(std::int64_t value, int width) { return padded(std::to_string(value), width); }

std::string format_integer(std::string_view spec, char conversion, std::int64_t value) {
    if (conversion == 'c') return format_text(spec, std::string(1, static_cast<char>(value)), false);
    return print(safe_spec(spec, "ll", conversion), static_cast<long long>(value));
}

std::string format_double(std::string_view spec, char conversion, double value) {
    return print(safe_spec(spec, "", conversion), value);
}

std::string format_text(std::string_view spec, std::string_view value, bool by_characters) {
    bool left = false;
    std::size_t at = 1;
    for (; at < spec.size() && std::string_view("-+ #0").find(spec[at]) != std::string_view::npos; ++at)
        if (spec[at] == '-') left = true;
    std::size_t const dot = spec.find('.', at);
    auto const width = parse_count(spec.substr(at, dot == std::string_view::npos ? dot : dot - at)).value_or(0);
    auto const length_of = [&](std::string_view text) {
        return by_characters ? static_cast<std::int64_t>(to_utf32(text).size())
                             : static_cast<std::int64_t>(text.size());
    };
    if (dot != std::string_view::npos) {
        auto most = parse_count(spec.substr(dot + 1)).value_or(0);
        std::size_t end = 0;
        while (end < value.size() && most-- > 0) {
            if (by_characters)
                static_cast<void>(next_code_point(value, end));
            else
                ++end;
        }
        value = value.substr(0, end);
    }
    std::int64_t const room = std::min<std::int64_t>(width, max_width) - length_of(value);
    std::string const blanks(room > 0 ? static_cast<std::size_t>(room) : 0, ' ');
    return left ? std::string(value) + blanks : blanks + std::string(value);
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at++];
            continue;
        }
        char const c = text[at + 1];
        at += 2;
        constexpr std::string_view letters = "abfnrtv\\", values = "\a\b\f\n\r\t\v\\";
        if (std::size_t const hit = letters.find(c); hit != std::string_view::npos) {
            out += values[hit];
            continue;
        }
        bool const hex = c == 'x';
        std::size_t const from = hex ? at : at - 1;
        std::size_t to = from;
        auto const is_digit = [&](char d) {
            return hex ? (d >= '0' && d <= '9') || ((d | 32) >= 'a' && (d | 32) <= 'f') : d >= '0' && d <= '7';
        };
        while (to < text.size() && to - from < (hex ? 2u : 3u) && is_digit(text[to])) ++to;
        if (to == from) {
            (out += '\\') += c;
            continue;
        }
        out += static_cast<char>(parse_integer(text.substr(from, to - from), hex ? 16 : 8).value_or(0));
        at = to;
    }
    return out;
}

std::string character_or_octal(char c) {
    constexpr std::string_view letters = "0abfnrtv";
    constexpr std::string_view all("\0\a\b\f\n\r\t\v", 8);
    if (std::size_t const at = all.find(c); at != std::string_view::npos) return std::string("\\") + letters[at];
    return c >= 32 && c < 127 ? std::string(1, c) : format_integer("%03", 'o', static_cast<unsigned char>(c));
}

}
