#pragma once
// Shell patterns: * ? [...] with POSIX classes, backslash escapes and, if asked, the extended forms ?(a|b) *( ) +( )
// @( ) !( ). A character is a UTF-8 code point or, in the C locale, a byte. Matching is backtracking with a budget
// (limits::pattern_steps); a match that would need more is no match. Paths are not special here: see glob.hpp.
//
//   pattern_matches("*.txt", "a.txt", {})  ->  true

#include <cstddef>
#include <string>
#include <string_view>

namespace cw::terminal {

struct PatternOptions {
    bool extended = false;
    bool ignore_case = false;
    bool utf8 = true;
    bool keeps_dot = false; // a dot at the beginning is only matched by a dot
};

[[nodiscard]] bool pattern_matches(std::string_view pattern, std::string_view text, PatternOptions options);
// The length of the shortest or longest prefix of `text` that matches; npos if none does.
enum class Extent { shortest, longest };
[[nodiscard]] std::size_t matching_prefix(std::string_view pattern, std::string_view text, Extent extent,
                                          PatternOptions options);
// Where the matching suffix begins.
[[nodiscard]] std::size_t matching_suffix(std::string_view pattern, std::string_view text, Extent extent,
                                          PatternOptions options);
// Whether the text has a character that makes it a pattern.
[[nodiscard]] bool is_pattern(std::string_view text, bool extended);
// The pattern without its backslashes.
[[nodiscard]] std::string unescaped_pattern(std::string_view pattern);

[[nodiscard]] char32_t to_upper(char32_t code);
[[nodiscard]] char32_t to_lower(char32_t code);

}
