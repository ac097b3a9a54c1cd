#pragma once
// The few elementary functions that the equations need, written out so that the same input gives the same bytes on
// every machine and compiler (libm differs between glibc and the browser's). Within 2 units in the last place where
// their result is a normal number; they need IEEE doubles and a build without fast-math and without fused multiply-add
// contraction. Nothing here knows about prompts. Not for the little transformer, which has its own single-precision
// set.
//
//   sigmoid(0.0) == 0.5;  normal_cdf(1.645) is about 0.95;  logit(0.75) - logit(0.03) is about +4.57 nats

namespace cw::refusal::analytic {

// e^x; 0 below -745.13, infinity above 709.78.
[[nodiscard]] double exponential(double x);
// Natural logarithm; `x` must be positive and finite.
[[nodiscard]] double logarithm(double x);
// 1 / (1 + e^-x).
[[nodiscard]] double sigmoid(double x);
// log(p / (1 - p)) in nats; 0 < p < 1.
[[nodiscard]] double logit(double probability);
// The area of the standard normal curve left of x.
[[nodiscard]] double normal_cdf(double x);
// The x with normal_cdf(x) = probability, to 1e-12; 0 < p < 1, and beyond +-9 it stays at +-9.
[[nodiscard]] double normal_quantile(double probability);

// The worth of an intervention in nats of log-odds: logit(after) - logit(before). Attacks are positive when the rates
// are success rates, defences negative. Rates of exactly 0 or 1 have no finite worth and are the caller's to exclude.
[[nodiscard]] double nats_between(double rate_before, double rate_after);

struct Interval {
    double low = 0.0;
    double high = 1.0;
};
// Wilson's score interval for a proportion (E. B. Wilson, JASA 22, 1927), `z` standard deviations wide (1.96: 95 %).
// `trials` = 0 gives [0, 1].
[[nodiscard]] Interval wilson_interval(int successes, int trials, double z = 1.96);

}
