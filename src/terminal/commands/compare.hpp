#pragma once
// Orders of text that several commands share: version order (ls -v, sort -V), decimal numbers of any length, and
// numbers with a human suffix. All return a negative, zero or positive number.

#include <string_view>

namespace cw::terminal {

// gnulib's filevercmp: file1 < file2 < file10, a leading dot first, suffixes like .tar.gz last.
[[nodiscard]] int compare_versions(std::string_view a, std::string_view b);
// Leading blanks, an optional -, digits with an optional fraction; what follows is ignored; no number is 0.
[[nodiscard]] int compare_numbers(std::string_view a, std::string_view b);
// As above, but the suffixes K M G T P E Z Y weigh more than the digits.
[[nodiscard]] int compare_human_numbers(std::string_view a, std::string_view b);

}
