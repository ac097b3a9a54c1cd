#pragma once
// bc's numbers: decimal fractions of any length, a whole number and how many of its digits stand behind the point. What
// is cut off is cut off, never rounded.
//
//   BcNumber const third = divided(BcNumber(1), BcNumber(3), 20);

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

struct BcNumber {
    std::vector<std::uint32_t> limbs; // base 10^9, the lowest first, none at the top that is 0
    std::int64_t scale = 0;           // digits behind the point
    bool negative = false;

    BcNumber() = default;
    explicit BcNumber(std::int64_t value);
    [[nodiscard]] bool is_zero() const { return limbs.empty(); }
    // Of the whole number, without leading zeros; "0" for none.
    [[nodiscard]] std::string digits() const;
    // Cut to a whole number; saturates.
    [[nodiscard]] std::int64_t to_integer() const;
};

// Digits and perhaps a point, in base 10.
[[nodiscard]] BcNumber bc_number(std::string_view text);
// The same with that many digits behind the point.
[[nodiscard]] BcNumber scaled(BcNumber number, std::int64_t scale);
[[nodiscard]] int compared(BcNumber const& a, BcNumber const& b);
[[nodiscard]] BcNumber added(BcNumber const& a, BcNumber const& b);
[[nodiscard]] BcNumber negated(BcNumber number);
// All digits.
[[nodiscard]] BcNumber multiplied(BcNumber const& a, BcNumber const& b);
// b is not 0.
[[nodiscard]] BcNumber divided(BcNumber const& a, BcNumber const& b, std::int64_t scale);
// a is not negative.
[[nodiscard]] BcNumber square_root(BcNumber const& a, std::int64_t scale);

}
