#include "terminal/width.hpp"

#include "ground/text.hpp"

#include <algorithm>
#include <iterator>

namespace cw::terminal {

namespace {

struct CodeRange {
    char32_t first, last;
};
#include "terminal/width_tables.inc"

template <std::size_t size>
bool contains(CodeRange const (&ranges)[size], char32_t code) {
    auto const next = std::upper_bound(std::begin(ranges), std::end(ranges), code,
                                       [](char32_t wanted, CodeRange const& range) { return wanted < range.first; });
    return next != std::begin(ranges) && code <= std::prev(next)->last;
}

constexpr bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

}

int width_of(char32_t code) {
    if (code < 0x483) return code >= 0x300 && code < 0x370 ? 0 : 1; // Latin, Greek and Cyrillic need no search
    if (code < 0x10000 && page_widths[code >> 8] != 'm') return page_widths[code >> 8] - '0';
    if (contains(zero_ranges, code)) return 0;
    return contains(wide_ranges, code) ? 2 : 1;
}

int width_of(std::u32string_view text) {
    int width = 0;
    for (char32_t const code : text) width += is_control(code) ? 0 : width_of(code);
    return width;
}

int width_of_utf8(std::string_view text) {
    int width = 0;
    for (std::size_t at = 0; at < text.size();) {
        char32_t const code = next_code_point(text, at);
        width += is_control(code) ? 0 : width_of(code);
    }
    return width;
}

}
