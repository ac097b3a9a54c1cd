#pragma once
// The intent filter as a detector: two equal-variance normal distributions of a suspicion score, d' apart, cut at a
// threshold that the learner moves (signal detection theory: Green and Swets, 1966). It gives the rates that respond()
// takes; it does not classify text.
//
//   IntentFilter const filter = filter_at({4.3, 2.65}); // TPR 0.95, FPR 0.004

#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/model.hpp"

namespace cw::refusal::analytic {

// Scores of harmless prompts are N(0, 1), of harmful ones N(d', 1); a score above `threshold` (x) is blocked.
struct OperatingPoint {
    double separation = 0.0; // d'
    double threshold = 0.0;  // x
};

// TPR = Phi(d' - x), FPR = Phi(-x).
[[nodiscard]] IntentFilter filter_at(OperatingPoint const& point);
// The inverse; both rates strictly between 0 and 1.
[[nodiscard]] OperatingPoint operating_point(IntentFilter const& filter);
// Area under the ROC curve of a separation: Phi(d' / sqrt 2).
[[nodiscard]] double area_under_curve(double separation);

// Rates counted on labelled prompts.
struct FilterCounts {
    int harmful = 0;
    int harmful_blocked = 0;
    int harmless = 0;
    int harmless_blocked = 0;
    [[nodiscard]] IntentFilter rates() const; // no prompts of a kind: rate 0
    [[nodiscard]] Interval true_positive_interval() const { return wilson_interval(harmful_blocked, harmful); }
    [[nodiscard]] Interval false_positive_interval() const { return wilson_interval(harmless_blocked, harmless); }
};
// d' and x of counted rates, finite also at 0 and 1: half a prompt is added to each count and one to each total
// (the log-linear correction of Hautus, Behavior Research Methods 27, 1995).
[[nodiscard]] OperatingPoint operating_point(FilterCounts const& counts);

}
