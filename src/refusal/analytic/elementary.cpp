#include "refusal/analytic/elementary.hpp"

#include "ground/assert.hpp"

#include <cmath>
#include <limits>

// Of <cmath> only what IEEE 754 defines to the last bit is used: floor, ldexp, frexp, sqrt.
namespace cw::refusal::analytic {
namespace {

// log 2 in two parts (Cody and Waite, "Software Manual for the Elementary Functions", 1980): multiples of the first by
// exponents up to 2^10 are exact, and the second holds the rest.
constexpr double log2_high = 0x1.62e42fee00000p-1;
constexpr double log2_low = 0x1.a39ef35793c76p-33;
constexpr double inverse_log2 = 1.4426950408889634;
constexpr double square_root_half = 0.70710678118654752;
constexpr double inverse_square_root_two_pi = 0.39894228040143268;

double normal_density(double x) { return inverse_square_root_two_pi * exponential(-0.5 * x * x); }

// The area right of x, for x >= 3: Laplace's continued fraction for Mills' ratio, from the tail end.
double upper_tail(double x) {
    constexpr int depth = 160;
    double fraction = x;
    for (int level = depth; level >= 1; --level) fraction = x + level / fraction;
    return normal_density(x) / fraction;
}

}

double exponential(double x) {
    if (x > 709.78) return std::numeric_limits<double>::infinity();
    if (x < -745.13) return 0.0;
    double const power = std::floor(x * inverse_log2 + 0.5);
    double const rest = (x - power * log2_high) - power * log2_low;
    // Taylor on |rest| <= log(2)/2: the first term left out is below 5e-18.
    constexpr int degree = 13;
    double sum = 1.0;
    for (int n = degree; n >= 1; --n) sum = 1.0 + rest * sum / n;
    return std::ldexp(sum, static_cast<int>(power));
}

double logarithm(double x) {
    CW_ASSERT(x > 0.0 && x <= std::numeric_limits<double>::max());
    int power = 0;
    double mantissa = std::frexp(x, &power);
    if (mantissa < square_root_half) {
        mantissa *= 2.0;
        --power;
    }
    // log m = 2 atanh((m - 1)/(m + 1)), as a series in s <= 0.1716: the first term left out is below 1e-19.
    double const s = (mantissa - 1.0) / (mantissa + 1.0);
    double const square = s * s;
    double sum = 0.0;
    for (int n = 21; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
    return power * log2_high + (power * log2_low + 2.0 * s * sum);
}

double sigmoid(double x) {
    if (x >= 0.0) return 1.0 / (1.0 + exponential(-x));
    double const e = exponential(x);
    return e / (1.0 + e);
}

double logit(double probability) {
    CW_ASSERT(probability > 0.0 && probability < 1.0);
    return logarithm(probability) - logarithm(1.0 - probability);
}

double normal_cdf(double x) {
    if (x >= 3.0) return 1.0 - upper_tail(x);
    if (x <= -3.0) return upper_tail(-x);
    // Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...), whose terms share one sign (G. Marsaglia, "Evaluating the
    // Normal Distribution", Journal of Statistical Software 11(4), 2004).
    double term = x;
    double sum = x;
    for (int n = 3; n <= 121; n += 2) {
        term *= x * x / n;
        sum += term;
    }
    return 0.5 + normal_density(x) * sum;
}

double normal_quantile(double probability) {
    CW_ASSERT(probability > 0.0 && probability < 1.0);
    double low = -9.0;
    double high = 9.0;
    for (int step = 0; step < 60; ++step) {
        double const middle = 0.5 * (low + high);
        (normal_cdf(middle) < probability ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double nats_between(double rate_before, double rate_after) { return logit(rate_after) - logit(rate_before); }

Interval wilson_interval(int successes, int trials, double z) {
    CW_ASSERT(successes >= 0 && successes <= trials && z >= 0.0);
    if (trials == 0) return {0.0, 1.0};
    double const n = trials;
    double const p = successes / n;
    double const centre = p + z * z / (2.0 * n);
    double const spread = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    double const scale = 1.0 + z * z / n;
    // The formula gives the ends 0 and 1 only up to rounding.
    double const low = successes == 0 ? 0.0 : (centre - spread) / scale;
    double const high = successes == trials ? 1.0 : (centre + spread) / scale;
    return {low, high};
}

}
