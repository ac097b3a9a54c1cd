#pragma once
// What the equations say about many prompts at once: helpfulness, over-refusal, attack success per group, drift, the
// tax, and the settings that no other setting beats. Expectations over labelled cases, exact, nothing is sampled. Where
// cases come from (the prompt suite, or a handful in a test) is the caller's business.
//
//   Metrics const metrics = measure(cases, Weights{}, Defence{standard_rule, {}, 0.0});
//   metrics.attack_success; metrics.over_refusal;

#include "refusal/analytic/model.hpp"

#include <vector>

namespace cw::refusal::analytic {

enum class RequestClass { benign, borderline, harmful };

struct Case {
    Prompt prompt;
    RequestClass request_class = RequestClass::benign;
    int group = 0;        // harmful cases are reported by group: the frame as the caller counts frames
    double weight = 1.0;  // how many prompts it stands for
    double blocked = 0.0; // probability that another layer refuses it: the decision of the learner's program, 0 or 1
};

struct GroupRate {
    int group = 0;
    double prompts = 0.0;
    double attack_success = 0.0; // mean P(F)
    double refusal = 0.0;        // mean P(R)
    double partial = 0.0;        // mean P(S)
};

// Means over cases, after all layers of the defence. Zero where there is no case of the kind.
struct Metrics {
    double helpfulness = 0.0;             // benign, P(F)
    double benign_refusal = 0.0;          // benign, P(R)
    double over_refusal = 0.0;            // borderline, P(R)
    double over_refusal_or_partial = 0.0; // borderline, P(R) + P(S)
    double harmless_refusal = 0.0;        // benign and borderline, P(R): "harmless blocked"
    double refusal_tax_benign = 0.0;      // 1 - P(F)
    double refusal_tax_borderline = 0.0;
    double drift_nats = 0.0;       // benign, KL(policy || reference): moved by training, not by filters
    std::vector<GroupRate> groups; // harmful, in order of group number
    double attack_success = 0.0;   // mean over groups, each counting once
    double harmful_refusal = 0.0;  // the same of P(R)
};

// `defence.also_blocked` is replaced by each case's own `blocked`.
[[nodiscard]] Metrics measure(std::vector<Case> const& cases, Weights const& weights, Defence const& defence);

// The same cases with equal ones merged into one of their summed weight: the same metrics up to rounding, much faster.
[[nodiscard]] std::vector<Case> merged(std::vector<Case> const& cases);

// Settings to try against each other: every combination of the four lists. IntentFilter{} is no filter.
struct Grid {
    std::vector<double> harmlessness;
    std::vector<double> beta;
    std::vector<InContextRule> rules;
    std::vector<IntentFilter> filters;
    [[nodiscard]] std::size_t size() const { return harmlessness.size() * beta.size() * rules.size() * filters.size(); }
};
// 10 w_harm x 6 beta x 4 rules x 5 thresholds on the standard filter's ROC curve.
[[nodiscard]] Grid standard_grid();

struct Setting {
    Weights weights;
    Defence defence;
};
// Combination number `index` < size(), the filter varying fastest; all else as in `base`. A long sweep can be cut in
// slices.
[[nodiscard]] Setting setting_at(Grid const& grid, std::size_t index, Weights const& base);

// The two coordinates of the frontier chart; both are better when smaller.
struct Tradeoff {
    double over_refusal = 0.0;
    double attack_success = 0.0;
};
// Indices of the points that no other point beats in one coordinate without losing in the other (Pareto), by rising
// over-refusal; of equal points the first.
[[nodiscard]] std::vector<std::size_t> pareto_front(std::vector<Tradeoff> const& points);

}
