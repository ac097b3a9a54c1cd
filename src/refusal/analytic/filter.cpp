#include "refusal/analytic/filter.hpp"

#include "ground/assert.hpp"

namespace cw::refusal::analytic {
namespace {

constexpr double inverse_square_root_two = 0.70710678118654752;

double rate(int part, int whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / whole; }

}

IntentFilter filter_at(OperatingPoint const& point) {
    return {normal_cdf(point.separation - point.threshold), normal_cdf(-point.threshold)};
}

OperatingPoint operating_point(IntentFilter const& filter) {
    double const threshold = -normal_quantile(filter.false_positive_rate);
    return {threshold + normal_quantile(filter.true_positive_rate), threshold};
}

double area_under_curve(double separation) { return normal_cdf(separation * inverse_square_root_two); }

IntentFilter FilterCounts::rates() const { return {rate(harmful_blocked, harmful), rate(harmless_blocked, harmless)}; }

OperatingPoint operating_point(FilterCounts const& counts) {
    CW_ASSERT(counts.harmful_blocked <= counts.harmful && counts.harmless_blocked <= counts.harmless);
    return operating_point(IntentFilter{(counts.harmful_blocked + 0.5) / (counts.harmful + 1.0),
                                        (counts.harmless_blocked + 0.5) / (counts.harmless + 1.0)});
}

}
