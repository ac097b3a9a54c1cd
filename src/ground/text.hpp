#pragma once
// UTF-8 text: decoding, splitting, trimming, and numbers to and from text (the standard library of our oldest compiler
// has no from_chars for doubles and no format). Nothing here depends on the locale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

constexpr char32_t replacement_character = U'\uFFFD';

// The code point at `at`, which moves past it. Malformed bytes give U+FFFD and move by one.
char32_t next_code_point(std::string_view utf8, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);
[[nodiscard]] std::u32string to_utf32(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);
// Malformed bytes become U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view bytes);

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string join(std::vector<std::string> const& parts, std::string_view separator);
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
[[nodiscard]] bool is_blank(std::string_view text);

// Whole-string readers: leading signs are taken, blanks and trailing text are not.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text, int base = 10);
[[nodiscard]] std::optional<double> parse_double(std::string_view text);
// `value` with `digits` decimals (0 to 17), as printf("%.*f").
[[nodiscard]] std::string fixed(double value, int digits);
// The shortest text that reads back as the same double.
[[nodiscard]] std::string shortest(double value);

}
