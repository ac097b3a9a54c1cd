// What a character is: UTF-8 decoding that keeps bad bytes apart, case folding and the POSIX classes.
#include "ground/text.hpp"
#include "terminal/regex/program.hpp"

#include <cstring>

namespace cw::terminal::regex {

namespace {

// Beyond ASCII an approximation of Unicode that is right for letters, spaces and signs that people type.
bool is_wide_space(char32_t c) {
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200A && c != 0x2007) || c == 0x2028 || c == 0x2029 || c == 0x205F ||
           c == 0x3000;
}

bool is_wide_letter(char32_t c) {
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7) return false;
    if (c >= 0x2000 && c < 0x2C00) return (c >= 0x2100 && c < 0x2190) || c == 0x2071 || c == 0x207F;
    if (c >= 0x3000 && c < 0x3005) return false;
    if (c >= 0x3008 && c < 0x3021) return false;
    if (c >= 0xE000 && c < 0xF900) return false;
    if (c >= 0xFE00 && c < 0xFE70) return false;
    if (c >= 0xFF00 && c < 0xFF21) return c >= 0xFF10 && c < 0xFF1A;
    return c < 0x1F000 || (c >= 0x20000 && c < 0x40000);
}

}

char32_t character_at(std::string_view text, std::size_t at, std::size_t& length) {
    auto const lead = static_cast<unsigned char>(text[at]);
    length = 1;
    if (lead < 0x80) return lead;
    std::size_t end = at;
    char32_t const c = next_code_point(text, end);
    if (c == replacement_character && end - at != 3) return invalid_base + lead;
    length = end - at;
    return c;
}

char32_t folded(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    bool const shifted =
        (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
    if (shifted) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c >= 0x100 && c <= 0x137 ? c | 1 : c;
}

bool is_in_class(char32_t c, Class kind) {
    bool const upper = c < 0x80 ? c >= 'A' && c <= 'Z' : folded(c) != c;
    bool const digit = c >= '0' && c <= '9';
    bool const letter = c < 0x80 ? upper || (c >= 'a' && c <= 'z') : c < invalid_base && is_wide_letter(c);
    bool const space = c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) : is_wide_space(c);
    bool const control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool const print = !control && c < invalid_base && c != 0x2028 && c != 0x2029;
    switch (kind) {
        case Class::alpha: return letter;
        case Class::digit: return digit;
        case Class::alnum: return letter || digit;
        case Class::upper: return upper;
        case Class::lower: return c < 0x80 ? c >= 'a' && c <= 'z' : letter && !upper && c < 0x530;
        case Class::space: return space;
        case Class::blank: return c == ' ' || c == '\t' || (c >= 0x80 && space);
        case Class::punct: return print && !space && !letter && !digit;
        case Class::print: return print;
        case Class::graph: return print && !space;
        case Class::cntrl: return control;
        case Class::xdigit: return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        case Class::word: return letter || digit || c == '_';
    }
    return false;
}

void CharacterSet::add(char32_t from, char32_t to) {
    for (char32_t c = from; c <= to && c < 0x80; ++c) ascii[c >> 6] |= std::uint64_t{1} << (c & 63);
    if (to >= 0x80) ranges.emplace_back(from < 0x80 ? 0x80 : from, to);
}

void CharacterSet::add(Class kind, bool complement) {
    for (char32_t c = 0; c < 0x80; ++c)
        if (is_in_class(c, kind) != complement) add(c, c);
    auto& mask = complement ? excluded_classes : classes;
    mask = static_cast<std::uint16_t>(mask | static_cast<std::uint16_t>(kind));
}

void CharacterSet::fold_case() {
    for (char32_t c = 'a'; c <= 'z'; ++c) {
        char32_t const upper = c - 32;
        bool const either = ((ascii[1] >> (c & 63)) | (ascii[1] >> (upper & 63))) & 1;
        if (either) {
            add(c, c);
            add(upper, upper);
        }
    }
    for (std::size_t i = 0, count = ranges.size(); i < count; ++i) {
        auto const [from, to] = ranges[i];
        if (to - from < 256) // both cases of every letter in it
            for (char32_t c = 0x80; c < 0x530; ++c)
                for (char32_t inside = from; inside <= to; ++inside)
                    if (folded(c) == folded(inside) && c != inside) ranges.emplace_back(c, c);
    }
}

bool CharacterSet::has(char32_t c) const {
    if (c < 0x80) return (((ascii[c >> 6] >> (c & 63)) & 1) != 0) != negated;
    if (c >= invalid_base) return false;
    bool inside = false;
    for (auto const& [from, to] : ranges) inside = inside || (c >= from && c <= to);
    for (unsigned bit = 1; !inside && bit <= static_cast<unsigned>(Class::word); bit <<= 1) {
        if ((classes | excluded_classes) < bit) break;
        bool const is = is_in_class(c, static_cast<Class>(bit));
        inside = ((classes & bit) && is) || ((excluded_classes & bit) && !is);
    }
    return inside != negated;
}

}
