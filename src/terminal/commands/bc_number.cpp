#include "terminal/commands/bc_number.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

using Limbs = std::vector<std::uint32_t>;
constexpr std::uint64_t base = 1'000'000'000;
constexpr std::int64_t limb_digits = 9;

void trim(Limbs& limbs) {
    while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
}

int compare_limbs(Limbs const& a, Limbs const& b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    for (std::size_t i = a.size(); i-- > 0;)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

Limbs add_limbs(Limbs const& a, Limbs const& b) {
    Limbs out;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry; ++i) {
        carry += (i < a.size() ? a[i] : 0ull) + (i < b.size() ? b[i] : 0ull);
        out.push_back(static_cast<std::uint32_t>(carry % base));
        carry /= base;
    }
    return out;
}

// a is not the smaller one.
Limbs subtract_limbs(Limbs const& a, Limbs const& b) {
    Limbs out = a;
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::int64_t value = std::int64_t{out[i]} - borrow - (i < b.size() ? std::int64_t{b[i]} : 0);
        borrow = value < 0;
        if (value < 0) value += static_cast<std::int64_t>(base);
        out[i] = static_cast<std::uint32_t>(value);
    }
    trim(out);
    return out;
}

Limbs multiply_limbs(Limbs const& a, Limbs const& b) {
    Limbs out(a.size() + b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < b.size() || carry; ++j) {
            carry += out[i + j] + std::uint64_t{a[i]} * (j < b.size() ? b[j] : 0);
            out[i + j] = static_cast<std::uint32_t>(carry % base);
            carry /= base;
        }
    }
    trim(out);
    return out;
}

Limbs divide_small(Limbs const& a, std::uint32_t by) {
    Limbs out = a;
    std::uint64_t rest = 0;
    for (std::size_t i = out.size(); i-- > 0;) {
        rest = rest * base + out[i];
        out[i] = static_cast<std::uint32_t>(rest / by);
        rest %= by;
    }
    trim(out);
    return out;
}

// Knuth, The Art of Computer Programming, vol. 2, algorithm 4.3.1 D.
Limbs divide_limbs(Limbs a, Limbs b) {
    if (compare_limbs(a, b) < 0) return {};
    if (b.size() == 1) return divide_small(a, b[0]);
    auto const factor = static_cast<std::uint32_t>(base / (b.back() + 1ull));
    a = multiply_limbs(a, {factor});
    b = multiply_limbs(b, {factor});
    std::size_t const n = b.size();
    if (a.size() < n + 1 || a.back() >= b.back()) a.push_back(0);
    Limbs out(a.size() - n);
    for (std::size_t j = out.size(); j-- > 0;) {
        std::uint64_t const top = a[j + n] * base + a[j + n - 1];
        std::uint64_t guess = top / b[n - 1], rest = top % b[n - 1];
        while (guess >= base || guess * b[n - 2] > rest * base + a[j + n - 2]) {
            --guess;
            rest += b[n - 1];
            if (rest >= base) break;
        }
        std::int64_t borrow = 0;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i <= n; ++i) {
            carry += i < n ? guess * b[i] : 0;
            std::int64_t value = std::int64_t{a[i + j]} - borrow - static_cast<std::int64_t>(carry % base);
            carry /= base;
            borrow = value < 0;
            a[i + j] = static_cast<std::uint32_t>(value < 0 ? value + static_cast<std::int64_t>(base) : value);
        }
        if (borrow) { // one too many
            --guess;
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i <= n; ++i) {
                sum += a[i + j] + (i < n ? std::uint64_t{b[i]} : 0);
                a[i + j] = static_cast<std::uint32_t>(sum % base);
                sum /= base;
            }
        }
        out[j] = static_cast<std::uint32_t>(guess);
    }
    trim(out);
    return out;
}

std::uint32_t small_power(std::int64_t exponent) {
    std::uint32_t out = 1;
    while (exponent-- > 0) out *= 10;
    return out;
}

// Times 10 to that power, or divided by it.
Limbs shifted(Limbs limbs, std::int64_t places) {
    if (limbs.empty() || places == 0) return limbs;
    auto const whole = static_cast<std::ptrdiff_t>((places < 0 ? -places : places) / limb_digits);
    std::uint32_t const rest = small_power((places < 0 ? -places : places) % limb_digits);
    if (places > 0) {
        limbs = multiply_limbs(limbs, {rest});
        limbs.insert(limbs.begin(), static_cast<std::size_t>(whole), 0);
        return limbs;
    }
    if (whole >= static_cast<std::ptrdiff_t>(limbs.size())) return {};
    limbs.erase(limbs.begin(), limbs.begin() + whole);
    return divide_small(limbs, rest);
}

BcNumber made(Limbs limbs, std::int64_t scale, bool negative) {
    BcNumber out;
    out.limbs = std::move(limbs);
    out.scale = scale;
    out.negative = negative && !out.limbs.empty();
    return out;
}

}

BcNumber::BcNumber(std::int64_t value) : negative(value < 0) {
    auto rest = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    for (; rest > 0; rest /= base) limbs.push_back(static_cast<std::uint32_t>(rest % base));
}

std::string BcNumber::digits() const {
    if (limbs.empty()) return "0";
    std::string out = std::to_string(limbs.back());
    for (std::size_t i = limbs.size() - 1; i-- > 0;) out += std::to_string(base + limbs[i]).substr(1);
    return out;
}

std::int64_t BcNumber::to_integer() const {
    Limbs const whole = shifted(limbs, -scale);
    constexpr std::int64_t most = INT64_MAX / 1000;
    if (whole.size() > 2) return negative ? -most : most;
    std::int64_t value = 0;
    for (std::size_t i = whole.size(); i-- > 0;) value = value * static_cast<std::int64_t>(base) + whole[i];
    return negative ? -value : value;
}

BcNumber bc_number(std::string_view text) {
    BcNumber out;
    std::string plain;
    std::size_t const point = text.find('.');
    for (char const c : text)
        if (c != '.') plain += c;
    if (point != std::string_view::npos) out.scale = static_cast<std::int64_t>(text.size() - point - 1);
    for (std::size_t end = plain.size(); end > 0;) {
        std::size_t const from = end > limb_digits ? end - limb_digits : 0;
        std::uint32_t limb = 0;
        for (std::size_t i = from; i < end; ++i) limb = limb * 10 + static_cast<std::uint32_t>(plain[i] - '0');
        out.limbs.push_back(limb);
        end = from;
    }
    trim(out.limbs);
    return out;
}

BcNumber scaled(BcNumber number, std::int64_t scale) {
    return made(shifted(std::move(number.limbs), scale - number.scale), scale, number.negative);
}

int compared(BcNumber const& a, BcNumber const& b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    std::int64_t const scale = std::max(a.scale, b.scale);
    int const order = compare_limbs(scaled(a, scale).limbs, scaled(b, scale).limbs);
    return a.negative ? -order : order;
}

BcNumber added(BcNumber const& a, BcNumber const& b) {
    std::int64_t const scale = std::max(a.scale, b.scale);
    Limbs const left = scaled(a, scale).limbs, right = scaled(b, scale).limbs;
    if (a.negative == b.negative) return made(add_limbs(left, right), scale, a.negative);
    bool const larger = compare_limbs(left, right) >= 0;
    return made(larger ? subtract_limbs(left, right) : subtract_limbs(right, left), scale,
                larger ? a.negative : b.negative);
}

BcNumber negated(BcNumber number) {
    number.negative = !number.negative && !number.is_zero();
    return number;
}

BcNumber multiplied(BcNumber const& a, BcNumber const& b) {
    return made(multiply_limbs(a.limbs, b.limbs), a.scale + b.scale, a.negative != b.negative);
}

BcNumber divided(BcNumber const& a, BcNumber const& b, std::int64_t scale) {
    std::int64_t const places = scale + b.scale - a.scale;
    // Digits that would be cut off anyway may not be cut off before: the divisor grows instead.
    Limbs const left = places > 0 ? shifted(a.limbs, places) : a.limbs;
    Limbs const right = places < 0 ? shifted(b.limbs, -places) : b.limbs;
    return made(divide_limbs(left, right), scale, a.negative != b.negative);
}

BcNumber square_root(BcNumber const& a, std::int64_t scale) {
    Limbs const target = shifted(a.limbs, 2 * scale - a.scale);
    if (target.empty()) return made({}, scale, false);
    Limbs guess((target.size() + 1) / 2 + 1);
    guess.back() = 1; // more than the root
    for (;;) {
        Limbs next = divide_small(add_limbs(guess, divide_limbs(target, guess)), 2);
        if (compare_limbs(next, guess) >= 0) return made(std::move(guess), scale, false);
        guess = std::move(next);
    }
}

}
