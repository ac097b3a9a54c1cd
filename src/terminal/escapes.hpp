#pragma once
// Backslash escapes and the quoting of values for printing: the forms of $'...', echo -e, printf %b and printf %q,
// and of `declare -p`, `set`, `set -x` and ${x@Q}. Bytes that are not valid UTF-8 are kept or printed as octal.

#include <string>
#include <string_view>

namespace cw::terminal {

// The inside of $'...'. It ends at a NUL, as in bash.
[[nodiscard]] std::string decoded_ansi_c(std::string_view text);

enum class EscapeStyle { echo, printf_format, printf_b };
// One escape at text[at] == '\\' appended to `out`, `at` moved past it. False when it was \c (stop all output).
bool append_escape(std::string_view text, std::size_t& at, EscapeStyle style, std::string& out);

[[nodiscard]] std::string single_quoted(std::string_view value); // 'it'\''s'
[[nodiscard]] std::string ansi_quoted(std::string_view value);   // $'a\nb'
[[nodiscard]] bool needs_ansi_quotes(std::string_view value);    // has control characters
// As printf %q: backslashes, or $'...' when there are control characters; '' when empty.
[[nodiscard]] std::string backslash_quoted(std::string_view value);
// As `set` and xtrace: as it is when harmless, else '...' or $'...'.
[[nodiscard]] std::string quoted_if_needed(std::string_view value);
// As declare -p: "..." with \ before $ ` " \, or $'...'.
[[nodiscard]] std::string double_quoted(std::string_view value);

}
