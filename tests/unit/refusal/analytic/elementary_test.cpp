#include "refusal/analytic/elementary.hpp"

#include "ground/random.hpp"
#include "refusal/analytic/filter.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace cw::refusal::analytic;

namespace {

// Distance in units in the last place, of doubles of one sign.
double ulps(double a, double b) {
    return a == b ? 0.0 : std::fabs(a - b) / (std::nextafter(std::fabs(b), HUGE_VAL) - std::fabs(b));
}

}

TEST_CASE("refusal.analytic: exp and log agree with libm to a few units in the last place") {
    cw::Random random(11);
    double worst_exponential = 0.0;
    double worst_logarithm = 0.0;
    for (int i = 0; i < 200'000; ++i) {
        double const x = (random.unit() - 0.5) * 1400.0;
        worst_exponential = std::max(worst_exponential, ulps(exponential(x), std::exp(x)));
        double const y = std::ldexp(0.5 + random.unit(), random.below(2000) - 1000);
        worst_logarithm = std::max(worst_logarithm, ulps(logarithm(y), std::log(y)));
        double const near_one = 0.5 + random.unit();
        worst_logarithm = std::max(worst_logarithm, ulps(logarithm(near_one), std::log(near_one)));
    }
    CHECK(worst_exponential <= 2.0);
    CHECK(worst_logarithm <= 4.0);
}

TEST_CASE("refusal.analytic: exp and log at the ends of their range") {
    CHECK(exponential(0.0) == 1.0);
    CHECK(exponential(-746.0) == 0.0);
    CHECK(exponential(-745.0) > 0.0);
    CHECK(std::isinf(exponential(710.0)));
    CHECK(logarithm(1.0) == 0.0);
    CHECK(logarithm(5e-324) == doctest::Approx(std::log(5e-324)));
    CHECK(sigmoid(0.0) == 0.5);
    CHECK(sigmoid(-800.0) == 0.0);
    CHECK(sigmoid(800.0) == 1.0);
}

TEST_CASE("refusal.analytic: the normal distribution agrees with erfc in the middle and in both tails") {
    for (double x = -8.0; x <= 8.0; x += 0.01) {
        double const expected = 0.5 * std::erfc(-x / std::sqrt(2.0));
        CHECK(std::fabs(normal_cdf(x) - expected) <= 1e-12 * expected);
    }
    CHECK(normal_cdf(0.0) == 0.5);
    CHECK(normal_quantile(0.95) == doctest::Approx(1.6448536269514722).epsilon(1e-12));
    for (double p : {1e-6, 0.004, 0.3, 0.5, 0.95, 0.999}) {
        CHECK(normal_cdf(normal_quantile(p)) == doctest::Approx(p).epsilon(1e-11));
    }
}

TEST_CASE("refusal.analytic: published rates convert to the nats of the specification's section 3") {
    auto const nats = [](double before, double after) {
        return std::round(nats_between(before, after) * 100.0) / 100.0;
    };
    CHECK(nats(0.03, 0.75) == 4.57);
    CHECK(nats(0.0023, 0.4248) == 5.77);
    CHECK(nats(0.03, 0.22) == 2.21);
    CHECK(nats(0.015, 0.421) == 3.87);
    CHECK(nats(0.6721, 0.1934) == -2.15);
    CHECK(nats(0.484, 0.404) == -0.32);
    CHECK(nats(0.79, 0.324) == -2.06);
    CHECK(nats(0.725, 0.116) == -3.00);
    CHECK(nats(0.61, 0.54) == -0.29);
    CHECK(nats(0.61, 0.02) == -4.34);
    CHECK(nats(0.484, 0.0342) == -3.28);
    CHECK(nats(0.79, 0.0285) == -4.85);
    CHECK(nats(0.86, 0.044) == -4.89);
    CHECK(nats(0.5308, 0.0245) == -3.81);
}

TEST_CASE("refusal.analytic: Wilson intervals, worked by hand and at their ends") {
    Interval const half = wilson_interval(5, 10);
    CHECK(half.low == doctest::Approx(0.23659).epsilon(1e-4));
    CHECK(half.high == doctest::Approx(0.76341).epsilon(1e-4));
    CHECK(wilson_interval(0, 20).low == 0.0);
    CHECK(wilson_interval(0, 20).high == doctest::Approx(3.8416 / 23.8416).epsilon(1e-9)); // z^2 / (n + z^2)
    CHECK(wilson_interval(20, 20).high == 1.0);
    CHECK(wilson_interval(0, 0).high == 1.0);
    for (int n = 1; n <= 60; ++n) {
        for (int k = 0; k <= n; ++k) {
            Interval const interval = wilson_interval(k, n);
            double const rate = static_cast<double>(k) / n;
            CHECK(interval.low >= 0.0);
            CHECK(interval.low <= rate);
            CHECK(interval.high >= rate);
            CHECK(interval.high <= 1.0);
        }
    }
}

TEST_CASE("refusal.analytic: the filter's ROC curve") {
    IntentFilter const chance = filter_at({0.0, 1.0});
    CHECK(chance.true_positive_rate == chance.false_positive_rate);
    CHECK(area_under_curve(0.0) == 0.5);

    OperatingPoint const standard = operating_point(standard_filter);
    CHECK(standard.threshold == doctest::Approx(2.652).epsilon(1e-3));
    CHECK(standard.separation == doctest::Approx(4.297).epsilon(1e-3));
    IntentFilter const again = filter_at(standard);
    CHECK(again.true_positive_rate == doctest::Approx(0.95).epsilon(1e-9));
    CHECK(again.false_positive_rate == doctest::Approx(0.004).epsilon(1e-9));

    IntentFilter before = filter_at({2.0, -6.0});
    double area = 0.0; // trapezoids, from the permissive corner to the strict one
    for (double x = -6.0; x <= 9.0; x += 0.01) {
        IntentFilter const point = filter_at({2.0, x});
        CHECK(point.true_positive_rate <= before.true_positive_rate);
        CHECK(point.false_positive_rate <= before.false_positive_rate);
        CHECK(point.true_positive_rate >= point.false_positive_rate);
        area += 0.5 * (point.true_positive_rate + before.true_positive_rate) *
                (before.false_positive_rate - point.false_positive_rate);
        before = point;
    }
    CHECK(area == doctest::Approx(area_under_curve(2.0)).epsilon(1e-4));
}

TEST_CASE("refusal.analytic: counted rates give a finite operating point even when the filter makes no mistake") {
    FilterCounts const perfect{110, 110, 100, 0};
    CHECK(perfect.rates().true_positive_rate == 1.0);
    CHECK(perfect.rates().false_positive_rate == 0.0);
    OperatingPoint const point = operating_point(perfect);
    CHECK(point.separation > 4.0);
    CHECK(point.separation < 6.0);
    CHECK(FilterCounts{}.rates().true_positive_rate == 0.0);
    CHECK(perfect.true_positive_interval().low > 0.96);
}
