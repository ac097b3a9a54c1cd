#include "ground/text.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace cw {

namespace {

bool is_continuation(unsigned char byte) { return (byte & 0xC0u) == 0x80u; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    unsigned char const lead = byte(at++);
    if (lead < 0x80) return lead;
    int const extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : -1;
    if (extra < 0 || lead > 0xF4 || at + static_cast<std::size_t>(extra) > utf8.size()) return replacement_character;
    char32_t code = lead & (0x3Fu >> extra);
    for (int i = 0; i < extra; ++i) {
        unsigned char const next = byte(at + static_cast<std::size_t>(i));
        if (!is_continuation(next)) return replacement_character;
        code = (code << 6) | (next & 0x3Fu);
    }
    bool const overlong = (extra == 2 && code < 0x800) || (extra == 3 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return replacement_character;
    at += static_cast<std::size_t>(extra);
    return code;
}

void append_utf8(std::string& out, char32_t code) {
    auto const put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = replacement_character;
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::u32string to_utf32(std::string_view utf8) {
    std::u32string out;
    for (std::size_t at = 0; at < utf8.size();) out.push_back(next_code_point(utf8, at));
    return out;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    for (char32_t const code : text) append_utf8(out, code);
    return out;
}

bool is_valid_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t const from = at;
        // A real U+FFFD takes three bytes, a malformed byte one.
        if (next_code_point(bytes, at) == replacement_character && at - from != 3) return false;
    }
    return true;
}

std::string repaired_utf8(std::string_view bytes) { return to_utf8(to_utf32(bytes)); }

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] != separator) continue;
        parts.push_back(text.substr(from, at - from));
        from = at + 1;
    }
    return parts;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string join(std::vector<std::string> const& parts, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i) out += separator;
        out += parts[i];
    }
    return out;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t hit; (hit = text.find(from, at)) != std::string_view::npos && !from.empty();) {
        out += text.substr(at, hit - at);
        out += to;
        at = hit + from.size();
    }
    out += text.substr(at);
    return out;
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

std::optional<std::int64_t> parse_integer(std::string_view text, int base) {
    if (text.empty() || is_space(text.front())) return {};
    std::string const copy(text);
    char* end = nullptr;
    errno = 0;
    long long const value = std::strtoll(copy.c_str(), &end, base);
    if (errno != 0 || end != copy.c_str() + copy.size()) return {};
    return static_cast<std::int64_t>(value);
}

std::optional<double> parse_double(std::string_view text) {
    if (text.empty() || is_space(text.front())) return {};
    std::string const copy(text);
    char* end = nullptr;
    double const value = std::strtod(copy.c_str(), &end);
    if (end != copy.c_str() + copy.size()) return {};
    return value;
}

std::string fixed(double value, int digits) {
    char buffer[400]; // the longest double has 309 digits before the point
    int const length = std::snprintf(buffer, sizeof buffer, "%.*f", digits < 0 ? 0 : digits > 17 ? 17 : digits, value);
    return std::string(buffer, static_cast<std::size_t>(length));
}

std::string shortest(double value) {
    char buffer[40];
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
        if (std::strtod(buffer, nullptr) == value) break;
    }
    return buffer;
}

}
