#include "refusal/analytic/model.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"
#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/fields.hpp"

#include <algorithm>
#include <string>

namespace cw::refusal::analytic {
namespace {

// Levers tuned by hand: the sums meet the published rates named in `basis`, their split is illustrative.
constexpr std::array<FrameInfo, frame_count> frame_table{{
    {Frame::direct,
     "direct",
     {0.0, 0.0, 1.0, 1.0, 1.0},
     Evidence::calibrated,
     "a direct request to an aligned model succeeds in a few per cent of cases at most (Shah 2023, Qi 2024)"},
    {Frame::role_play,
     "role_play",
     {0.8, 1.5, 0.69, 1.0, 1.0},
     Evidence::calibrated,
     "between persona modulation 0.425 (Shah 2023) and AIM 0.75 (Wei 2023), GPT-4"},
    {Frame::hypothetical,
     "hypothetical",
     {0.3, 0.8, 0.80, 1.0, 1.0},
     Evidence::assumed,
     "no published rate of its own"},
    {Frame::story, "story", {0.5, 1.0, 0.74, 1.0, 1.0}, Evidence::assumed, "no published rate of its own"},
    {Frame::prefix_injection,
     "prefix_injection",
     {0.7, 0.9, 0.95, 1.0, 1.0},
     Evidence::calibrated,
     "prefix injection 0.22 (Wei 2023), GPT-4"},
    {Frame::cipher, "cipher", {0.0, 0.6, 0.60, 0.0, 1.0}, Evidence::assumed, "no published rate that we could check"},
    {Frame::multi_turn, "multi_turn", {0.4, 0.6, 0.85, 1.0, 1.0}, Evidence::assumed, "no published rate of its own"},
}};

Prompt with_levers(double harm, double alarm, Frame frame) { return {harm, alarm, info(frame).levers}; }

PerAction scaled(PerAction const& reference, PerAction const& reward, Weights const& weights) {
    double const beta = weights.beta;
    return {(reference.refuse + reward.refuse / beta) / weights.temperature,
            (reference.partial + reward.partial / beta) / weights.temperature,
            (reference.fulfil + reward.fulfil / beta) / weights.temperature};
}

PerAction log_softmax(PerAction const& z) {
    double const top = std::max({z.refuse, z.partial, z.fulfil});
    double const sum = exponential(z.refuse - top) + exponential(z.partial - top) + exponential(z.fulfil - top);
    double const normaliser = top + logarithm(sum);
    return {z.refuse - normaliser, z.partial - normaliser, z.fulfil - normaliser};
}

PerAction softmax(PerAction const& z) {
    double const top = std::max({z.refuse, z.partial, z.fulfil});
    PerAction const e{exponential(z.refuse - top), exponential(z.partial - top), exponential(z.fulfil - top)};
    double const sum = e.refuse + e.partial + e.fulfil;
    return {e.refuse / sum, e.partial / sum, e.fulfil / sum};
}

// The logits before alignment. They are those of beta -> infinity, where the reward no longer counts.
PerAction reference_logits(Levers const& levers, Weights const& weights, double rule_nats) {
    return {weights.refusal_prior_nats - levers.prior_shift_nats + rule_nats,
            weights.partial_prior_nats - levers.prior_shift_nats + 0.5 * rule_nats, 0.0};
}

double alarm_of(Prompt const& prompt, Weights const& weights, double coverage) {
    return trigger(process(prompt, weights, coverage).perceived_harm, weights);
}

}

std::array<FrameInfo, frame_count> const& frames() { return frame_table; }

FrameInfo const& info(Frame frame) {
    FrameInfo const& row = frame_table[static_cast<std::size_t>(frame)];
    CW_ASSERT(row.frame == frame);
    return row;
}

std::optional<Frame> frame_from_id(std::string_view id) {
    for (FrameInfo const& row : frame_table) {
        if (row.id == id) return row.frame;
    }
    return std::nullopt;
}

Prompt benign(Frame frame) { return with_levers(0.0, 0.0, frame); }
Prompt borderline(Frame frame) { return with_levers(0.0, 1.0, frame); }
Prompt harmful(Frame frame) { return with_levers(1.0, 1.0, frame); }

Processing process(Prompt const& prompt, Weights const& weights, double coverage) {
    Levers const& levers = prompt.levers;
    Processing step;
    step.visibility = levers.visibility + (1.0 - levers.visibility) * coverage;
    step.harm_term = step.visibility * prompt.harm;
    step.lexical_term = weights.lexical_weight * prompt.lexical_alarm * (1.0 - prompt.harm) * levers.lexical_visibility;
    step.perceived_harm = step.harm_term + step.lexical_term;
    return step;
}

double trigger(double perceived_harm, Weights const& weights) {
    return sigmoid(weights.trigger_slope * (perceived_harm - weights.trigger_threshold));
}

// The optimum of E[r] - beta KL(pi || ref) is pi = ref exp(r / beta) / Z (Ziegler 2019; Korbak 2022; Rafailov 2023,
// arXiv 2305.18290, equation 4). Temperature divides the logits of the result, as in sampling.
Output generate(Levers const& levers, Weights const& weights, double alarm, double rule_nats) {
    double const help = weights.helpfulness;
    double const cost = weights.harmlessness * alarm;
    Output out;
    out.reference_logits = reference_logits(levers, weights, rule_nats);
    out.rewards = {0.0, help * weights.partial_helpfulness - weights.partial_harmfulness * cost,
                   help * (1.0 + levers.objective_pull) - cost};
    out.logits = scaled(out.reference_logits, out.rewards, weights);
    out.log_probabilities = log_softmax(out.logits);
    out.probabilities = softmax(out.logits);
    return out;
}

// Solve log F/R = 0 of the output step for the alarm.
std::optional<double> alarm_threshold(Levers const& levers, Weights const& weights, double rule_nats) {
    if (weights.harmlessness == 0.0) return std::nullopt;
    double const refusal = reference_logits(levers, weights, rule_nats).refuse;
    return (weights.helpfulness * (1.0 + levers.objective_pull) - weights.beta * refusal) / weights.harmlessness;
}

// Adding reward / beta to the reference's log-odds makes every influence a term of a sum. The baseline is the same
// request asked directly; the two failure modes are those of Wei 2023 (arXiv 2307.02483); that a context shifts
// log-odds additively is the mixture view of Wolf 2023 (arXiv 2304.11082).
Waterfall waterfall(Prompt const& prompt, Weights const& weights, InContextRule const& rule) {
    Levers const& levers = prompt.levers;
    double const s_direct = alarm_of({prompt.harm, prompt.lexical_alarm, {}}, weights, 0.0);
    double const s_frame = alarm_of(prompt, weights, 0.0);
    double const s_rule = alarm_of(prompt, weights, rule.coverage);
    double const help = weights.helpfulness / weights.beta;
    double const harm = weights.harmlessness / weights.beta;
    double const t = weights.temperature;
    Waterfall w;
    w.reference = -weights.refusal_prior_nats / t;
    w.helpfulness = help / t;
    w.harmlessness = -harm * s_direct / t;
    w.objectives = help * levers.objective_pull / t;
    w.prior = levers.prior_shift_nats / t;
    w.visibility = harm * (s_direct - s_frame) / t;
    w.rule = -rule.nats / t;
    w.rule_visibility = harm * (s_frame - s_rule) / t;
    PerAction const z = generate(levers, weights, s_rule, rule.nats).logits;
    w.total = z.fulfil - z.refuse;
    return w;
}

Trace respond(Prompt const& prompt, Weights const& weights, Defence const& defence) {
    CW_ASSERT(check(prompt).has_value() && check(weights).has_value() && check(defence).has_value());
    Trace trace;
    trace.prompt = prompt;
    trace.weights = weights;
    trace.defence = defence;
    trace.processing = process(prompt, weights, defence.rule.coverage);
    trace.trigger_input = weights.trigger_slope * (trace.processing.perceived_harm - weights.trigger_threshold);
    trace.alarm = trigger(trace.processing.perceived_harm, weights);
    trace.threshold = alarm_threshold(prompt.levers, weights, defence.rule.nats);
    trace.output = generate(prompt.levers, weights, trace.alarm, defence.rule.nats);
    trace.waterfall = waterfall(prompt, weights, defence.rule);

    PerAction const before = scaled(trace.output.reference_logits, {}, weights);
    trace.reference = softmax(before);
    trace.drift_nats = divergence(trace.output.log_probabilities, log_softmax(before));

    trace.is_harmful = prompt.harm > 0.5;
    trace.filter_rate = trace.is_harmful ? prompt.levers.extraction * defence.filter.true_positive_rate
                                         : defence.filter.false_positive_rate;
    double const passes = (1.0 - trace.filter_rate) * (1.0 - defence.also_blocked);
    trace.blocked = 1.0 - passes;
    PerAction const& p = trace.output.probabilities;
    trace.final = {trace.blocked + passes * p.refuse, passes * p.partial, passes * p.fulfil};
    trace.refusal = trace.final.refuse;
    trace.harmful_content = trace.is_harmful ? trace.final.fulfil : 0.0;
    return trace;
}

double divergence(PerAction const& log_p, PerAction const& log_q) {
    double const sum = exponential(log_p.refuse) * (log_p.refuse - log_q.refuse) +
                       exponential(log_p.partial) * (log_p.partial - log_q.partial) +
                       exponential(log_p.fulfil) * (log_p.fulfil - log_q.fulfil);
    return std::max(sum, 0.0); // never negative but for rounding
}

namespace {

template <class Owner, std::size_t count>
Result<void> check_fields(Owner const& owner, std::array<Field<Owner>, count> const& fields) {
    for (Field<Owner> const& field : fields) {
        double const value = owner.*field.member;
        if (value >= field.domain_low && value <= field.domain_high) continue; // false for NaN
        return Error{ErrorCode::invalid, std::string(field.name),
                     "must lie between " + shortest(field.domain_low) + " and " + shortest(field.domain_high)};
    }
    return {};
}

}

Result<void> check(Weights const& weights) { return check_fields(weights, weight_fields); }

Result<void> check(Prompt const& prompt) {
    auto const features = check_fields(prompt, prompt_fields);
    return features ? check_fields(prompt.levers, lever_fields) : features;
}

Result<void> check(Defence const& defence) {
    auto const rule = check_fields(defence.rule, rule_fields);
    if (!rule) return rule;
    if (!(defence.also_blocked >= 0.0 && defence.also_blocked <= 1.0)) {
        return Error{ErrorCode::invalid, "also_blocked", "must lie between 0 and 1"};
    }
    return check_fields(defence.filter, filter_fields);
}

}
