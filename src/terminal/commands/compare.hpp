#pragma once
// Orders of text that several commands share: version order (ls -v, sort -V), decimal numbers of any length, and
// numbers with a human suffix. All return a negative, zero or positive number.

#include <string_view>

namespace cw::terminal::commands {

// gnulib's filevercmp: file1 < file2 < file10, a leading dot first, suffixes like .tar.gz last.
[[nodiscard]] int compare_versions(std::string_view a, std::string_view b);

// Views into the text it was read from.
struct DecimalNumber {
    bool negative = false;
    std::string_view whole, fraction; // without leading and trailing zeros
    std::string_view rest;            // behind it
    [[nodiscard]] bool zero() const { return whole.empty() && fraction.empty(); }
};
// Leading blanks, an optional -, digits with an optional fraction; what follows is ignored; no number is 0.
[[nodiscard]] DecimalNumber read_decimal(std::string_view text);
[[nodiscard]] int compare(DecimalNumber const& a, DecimalNumber const& b);
// As above, but the suffixes K M G T P E Z Y weigh more than the digits.
[[nodiscard]] int compare_human(DecimalNumber const& a, DecimalNumber const& b);

}
