#pragma once
// How many columns a character takes on a terminal: 0 for combining marks, 2 for East Asian wide ones and emoji,
// else 1. By code point, as wcwidth() and xterm do: an emoji made of several is as wide as its parts.

#include <cstddef>
#include <string_view>

namespace cw::terminal {

// `code` must be printable (not a control).
[[nodiscard]] int width_of(char32_t code);
[[nodiscard]] int width_of(std::u32string_view text);
// Of UTF-8; malformed bytes count as one U+FFFD each, controls as nothing.
[[nodiscard]] int width_of_utf8(std::string_view text);

}
