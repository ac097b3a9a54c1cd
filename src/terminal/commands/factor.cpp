#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace cw::terminal::commands {

namespace {

using Number = std::uint64_t;

// a * b mod m without 128-bit integers.
Number product(Number a, Number b, Number m) {
    Number out = 0;
    for (a %= m, b %= m; b > 0; b >>= 1) {
        if (b & 1) out = out >= m - a ? out - (m - a) : out + a;
        a = a >= m - a ? a - (m - a) : a + a;
    }
    return out;
}

Number power(Number base, Number exponent, Number m) {
    Number out = 1;
    for (; exponent > 0; exponent >>= 1, base = product(base, base, m))
        if (exponent & 1) out = product(out, base, m);
    return out;
}

// Miller-Rabin with bases that decide every 64-bit number.
bool is_prime(Number n) {
    constexpr Number bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    if (n < 2) return false;
    for (Number const base : bases)
        if (n % base == 0) return n == base;
    Number odd = n - 1;
    int twos = 0;
    for (; odd % 2 == 0; odd /= 2) ++twos;
    for (Number const base : bases) {
        Number x = power(base, odd, n);
        if (x == 1 || x == n - 1) continue;
        bool passes = false;
        for (int i = 1; i < twos && !passes; ++i) {
            x = product(x, x, n);
            passes = x == n - 1;
        }
        if (!passes) return false;
    }
    return true;
}

// Pollard's rho with Brent's cycle finding, a gcd every few steps.
Number divisor(Number n) {
    if (n % 2 == 0) return 2;
    for (Number c = 1;; ++c) {
        Number x = 2, y = 2, found = 1;
        auto const next = [&](Number v) {
            Number const square = product(v, v, n);
            return square >= n - c ? square - (n - c) : square + c;
        };
        for (Number length = 1; found == 1; length *= 2) {
            x = y;
            for (Number i = 0; i < length && found == 1; ++i) {
                y = next(y);
                found = std::gcd(x > y ? x - y : y - x, n);
            }
        }
        if (found != n) return found;
    }
}

void collect(Number n, std::vector<Number>& factors) {
    constexpr Number small = 2000;
    for (Number p = 2; p < small && p * p <= n; ++p)
        for (; n % p == 0; n /= p) factors.push_back(p);
    if (n < 2) return;
    if (is_prime(n)) {
        factors.push_back(n);
        return;
    }
    Number const part = divisor(n);
    collect(part, factors);
    collect(n / part, factors);
}

std::string factored(Number n) {
    std::vector<Number> factors;
    collect(n, factors);
    std::sort(factors.begin(), factors.end());
    std::string out = std::to_string(n) + ":";
    for (Number const factor : factors) out += " " + std::to_string(factor);
    return out;
}

// False with a message for what is no number.
bool print_factors(Process& p, Output& out, std::string_view text) {
    std::string_view digits = text;
    while (!digits.empty() && digits[0] == ' ') digits.remove_prefix(1);
    if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
    bool fine = !digits.empty(), fits = true;
    Number n = 0;
    for (char const c : digits) {
        fine = fine && c >= '0' && c <= '9';
        auto const digit = static_cast<Number>(c - '0');
        fits = fits && n <= (std::numeric_limits<Number>::max() - (fine ? digit : 0)) / 10;
        n = n * 10 + digit;
    }
    if (fine && fits) {
        out.line(factored(n));
        return true;
    }
    out.flush();
    p.fail(fine ? quoted(text) + " is too large" : marked(text) + " is not a valid positive integer");
    return false;
}

Task<int> run_factor(Process& p) {
    Arguments const arguments = parse_arguments(p, factor_command);
    if (arguments.ended()) co_return arguments.status;
    Output out(p);
    int status = 0;
    for (std::string const& text : arguments.operands) {
        if (!print_factors(p, out, text)) status = 1;
        co_await p.breathe();
    }
    if (!arguments.operands.empty()) co_return out.close(status);
    Input in(p, {});
    std::string_view line;
    while (co_await in.next(line)) {
        for (std::size_t at = line.find_first_not_of(" \t"); at < line.size();) {
            std::size_t const end = std::min(line.find_first_of(" \t", at), line.size());
            if (!print_factors(p, out, line.substr(at, end - at))) status = 1;
            at = line.find_first_not_of(" \t", end);
        }
        co_await p.breathe();
    }
    co_return out.close(status);
}

}

Command const factor_command{"factor",
                             "print the prime factors of each specified integer NUMBER",
                             "factor [NUMBER]...\nfactor OPTION",
                             "Print the prime factors of each specified integer NUMBER.  If none\n"
                             "are specified on the command line, read them from standard input.\n",
                             nullptr,
                             run_factor};

}
