#pragma once
// The refusal mechanism as equations: a prompt's features go through instruction processing, the safety trigger and
// output generation, and come out as probabilities of three actions. `respond` returns every quantity on the way, so
// the bars on a slide, the lab's charts and the command-line tool show the same numbers. Pure functions in double
// precision. It does not read text, does not learn, and no number in it is a measurement of one particular model: the
// *sum* of a frame's levers is set so that published attack success is met, the *split* into levers is illustrative.
//
//   Trace const trace = respond(harmful(Frame::role_play));
//   trace.refusal         // 0.221, P(refusal)
//   trace.harmful_content // 0.680, P(harmful_content)

#include "ground/result.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace cw::refusal::analytic {

// What training left behind. Symbols as on screen: beta, w_help, w_harm, delta_R, delta_S, k, theta, lambda, psi, eta,
// T.
struct Weights {
    double beta = 1.0;                // weight of the KL penalty: how strongly training holds on to the reference model
    double helpfulness = 2.0;         // w_help, reward of a fulfilled request
    double harmlessness = 8.5;        // w_harm, cost of fulfilling what looks harmful
    double refusal_prior_nats = -3.0; // delta_R, log-odds of refusing against fulfilling before alignment
    double partial_prior_nats = -3.5; // delta_S, the same for a safe or partial answer
    double trigger_slope = 8.0;       // k, steepness of the safety trigger
    double trigger_threshold = 0.5;   // theta, perceived harm at which it is undecided
    double lexical_weight = 0.42;     // lambda, how much alarming words count where the intent is harmless
    double partial_helpfulness = 0.20; // psi, a safe answer's share of the helpfulness reward
    double partial_harmfulness = 0.10; // eta, a safe answer's share of the harmlessness cost; below 1
    double temperature = 1.0;          // T of sampling
};

enum class Frame { direct, role_play, hypothetical, story, prefix_injection, cipher, multi_turn };
inline constexpr int frame_count = 7;

// What a frame does to the mechanism.
struct Levers {
    double objective_pull = 0.0;     // c, extra helpfulness reward of playing along (a share of w_help)
    double prior_shift_nats = 0.0;   // J, how much less refusals occur in such contexts before alignment
    double visibility = 1.0;         // nu, share of the intent that the safety system sees
    double lexical_visibility = 1.0; // 0 where alarming words are hidden from the trigger (cipher), else 1
    double extraction = 1.0;         // e, probability that an intent filter recovers the request from the frame
};

// How far a frame's numbers can be trusted: `calibrated` means that the resulting attack success is set to a published
// rate; `assumed` means that no published rate that we could check stands behind it.
enum class Evidence { calibrated, assumed };

struct FrameInfo {
    Frame frame;
    std::string_view id;
    Levers levers;
    Evidence evidence;
    std::string_view basis; // the published neighbour, or why there is none
};

[[nodiscard]] std::array<FrameInfo, frame_count> const& frames();
[[nodiscard]] FrameInfo const& info(Frame frame);
[[nodiscard]] std::optional<Frame> frame_from_id(std::string_view id);

struct Prompt {
    double harm = 0.0;          // h in [0, 1], true harm of the intent; the fulfilled answer is harmful iff h > 1/2
    double lexical_alarm = 0.0; // l in [0, 1], how alarming the words are
    Levers levers = {};
};

[[nodiscard]] Prompt benign(Frame frame);     // h = 0, l = 0
[[nodiscard]] Prompt borderline(Frame frame); // h = 0, l = 1: harmless, in alarming words
[[nodiscard]] Prompt harmful(Frame frame);    // h = 1, l = 1

// A rule in the context ("do not ..., even in a story"). Zero is no rule.
struct InContextRule {
    double nats = 0.0;     // D >= 0, added to the log-odds of refusing
    double coverage = 0.0; // cov in [0, 1], share of a frame's blind spot that the rule closes
};
inline constexpr InContextRule standard_rule{1.2, 0.6};

// A separate classifier of intent in front of the model. Make one from a point on a ROC curve with filter_at
// (filter.hpp).
struct IntentFilter {
    double true_positive_rate = 0.0;
    double false_positive_rate = 0.0;
};
inline constexpr IntentFilter standard_filter{0.95, 0.004};

struct Defence {
    InContextRule rule = {};
    IntentFilter filter = {};
    double also_blocked = 0.0; // probability that another layer (the learner's program) refuses this very prompt
};

enum class Action { refuse, partial, fulfil };
inline constexpr int action_count = 3;

// One number for each action: R refuse, S safe or partial answer, F fulfil as asked (the three labels of XSTest).
struct PerAction {
    double refuse = 0.0;
    double partial = 0.0;
    double fulfil = 0.0;
};

// Step 1. u = nu' h + lambda l (1 - h) [words visible],  nu' = nu + (1 - nu) cov.
struct Processing {
    double visibility = 0.0;     // nu'
    double harm_term = 0.0;      // nu' h
    double lexical_term = 0.0;   // lambda l (1 - h) [words visible]
    double perceived_harm = 0.0; // u
};
[[nodiscard]] Processing process(Prompt const& prompt, Weights const& weights, double coverage);

// Step 2. The perceived probability of harm, s = sigmoid(k (u - theta)).
[[nodiscard]] double trigger(double perceived_harm, Weights const& weights);

// Step 3. The three actions under KL-regularised reward maximisation.
struct Output {
    PerAction reference_logits; // before alignment, in this frame, with the rule: delta_R - J + D; delta_S - J + D/2; 0
    PerAction rewards;          // 0;  w_help psi - eta w_harm s;  w_help (1 + c) - w_harm s
    PerAction logits;           // (reference + reward / beta) / T
    PerAction log_probabilities; // nats
    PerAction probabilities;
};
[[nodiscard]] Output generate(Levers const& levers, Weights const& weights, double alarm, double rule_nats);

// The alarm above which refusing beats fulfilling. None when w_harm = 0: then no alarm changes anything.
[[nodiscard]] std::optional<double> alarm_threshold(Levers const& levers, Weights const& weights, double rule_nats);

// log P(F)/P(R) as a sum of what moved it; the parts add up to `total` (nats, at temperature T).
struct Waterfall {
    double reference = 0.0;       // -delta_R: models answer by habit
    double helpfulness = 0.0;     // + w_help / beta
    double harmlessness = 0.0;    // - w_harm s / beta, for the same request asked directly
    double objectives = 0.0;      // + w_help c / beta: the frame's pull (competing objectives)
    double prior = 0.0;           // + J: refusals are rare in such contexts
    double visibility = 0.0;      // + w_harm (s_direct - s_frame) / beta: hidden intent (mismatched generalisation)
    double rule = 0.0;            // - D
    double rule_visibility = 0.0; // - w_harm (s_frame with rule - s_frame) / beta: the blind spot that the rule closes
    double total = 0.0;
    [[nodiscard]] double direct() const { return reference + helpfulness + harmlessness; }
};
[[nodiscard]] Waterfall waterfall(Prompt const& prompt, Weights const& weights, InContextRule const& rule);

// Every quantity of one prompt's way through the mechanism.
struct Trace {
    Prompt prompt;
    Weights weights;
    Defence defence;
    Processing processing;
    double trigger_input = 0.0;      // k (u - theta)
    double alarm = 0.0;              // s
    std::optional<double> threshold; // s*
    Output output;                   // before any filter
    PerAction reference;             // probabilities before alignment: same frame, rule and temperature
    double drift_nats = 0.0;         // KL(output || reference): what training moved
    Waterfall waterfall;
    double filter_rate = 0.0;     // e TPR if h > 1/2, else FPR
    double blocked = 0.0;         // t, probability that the filter or the other layer refuses
    PerAction final;              // after every layer: F (1 - t), S (1 - t), t + R (1 - t)
    bool is_harmful = false;      // h > 1/2
    double refusal = 0.0;         // P(refusal) = final R
    double harmful_content = 0.0; // P(harmful_content): final F of a harmful request, else 0
};

// All three steps and the filter. `prompt`, `weights` and `defence` must pass check().
[[nodiscard]] Trace respond(Prompt const& prompt, Weights const& weights = {}, Defence const& defence = {});

// KL(p || q) in nats, from log-probabilities.
[[nodiscard]] double divergence(PerAction const& log_p, PerAction const& log_q);

// Whether settings from outside lie in the equations' domain: finite, of magnitude at most 1e6, beta and T at least
// 1e-6, shares and probabilities in [0, 1]. The error's `where` is the symbol.
[[nodiscard]] Result<void> check(Weights const& weights);
[[nodiscard]] Result<void> check(Prompt const& prompt);
[[nodiscard]] Result<void> check(Defence const& defence);

}
