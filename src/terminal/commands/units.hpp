#pragma once
// Numbers with units, as the tools read and print them: sizes with suffixes, human-readable sizes, counts, and C's
// printf formats of one number. No locale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw::terminal {

// "10", "2K", "3MB", "1GiB", "b" for 512 if `blocks`; suffixes k K M G T P (1024) and kB MB ... (1000).
[[nodiscard]] std::optional<std::int64_t> parse_size(std::string_view text, bool blocks = false);
// Digits only; saturates instead of overflowing.
[[nodiscard]] std::optional<std::int64_t> parse_count(std::string_view text);
// As ls -h and du -h: "512", "1.5K", "12M", rounded up; `base` 1024 or 1000.
[[nodiscard]] std::string human_size(std::int64_t bytes, int base = 1024);
// Blanks before (width > 0) or after (width < 0) up to that many columns of UTF-8 text.
[[nodiscard]] std::string padded(std::string_view text, int width);
[[nodiscard]] std::string padded_number(std::int64_t value, int width);

// One printf conversion without its letter ("%-8.3") applied; width and precision are capped.
[[nodiscard]] std::string format_integer(std::string_view spec, char conversion, std::int64_t value);
[[nodiscard]] std::string format_double(std::string_view spec, char conversion, double value);
[[nodiscard]] std::string format_text(std::string_view spec, std::string_view value, bool by_characters = true);

// "\n", "\t", "\\", "\101", "\x41" and so on undone; `leading_zero`: octals are \0NNN.
[[nodiscard]] std::string unescaped(std::string_view text);
// As od -c and hexdump -c show a byte: itself, "\\n" and the like, or three octal digits.
[[nodiscard]] std::string character_or_octal(char c);

}
