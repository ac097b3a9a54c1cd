// The invariants I1 to I14 of the equations as properties, each over 20,000 seeded settings drawn from the slider box.
#include "ground/random.hpp"
#include "refusal/analytic/depth.hpp"
#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/fields.hpp"
#include "refusal/analytic/model.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

using namespace cw::refusal::analytic;

namespace {

constexpr int setting_count = 20'000;
constexpr double tolerance = 1e-12;

struct Setting {
    Prompt prompt;
    Weights weights;
    Defence defence;
};

template <class Owner, std::size_t count>
void draw(Owner& owner, std::array<Field<Owner>, count> const& fields, cw::Random& random) {
    for (Field<Owner> const& field : fields) {
        // One value in twenty lies on an end of the slider.
        int const corner = random.below(40);
        double const share = corner == 0 ? 0.0 : corner == 1 ? 1.0 : random.unit();
        owner.*field.member = field.low + share * (field.high - field.low);
    }
}

Setting draw_setting(cw::Random& random) {
    Setting s;
    draw(s.weights, weight_fields, random);
    draw(s.prompt, prompt_fields, random);
    draw(s.prompt.levers, lever_fields, random);
    draw(s.defence.rule, rule_fields, random);
    draw(s.defence.filter, filter_fields, random);
    return s;
}

// Calls `property` with seeded settings and reports the first that breaks it.
template <class Property>
void for_all(std::uint64_t seed, Property const& property) {
    cw::Random random(seed);
    int violations = 0;
    int first = -1;
    for (int i = 0; i < setting_count; ++i) {
        Setting const setting = draw_setting(random);
        if (property(setting)) continue;
        if (violations++ == 0) first = i;
    }
    CAPTURE(first);
    CHECK(violations == 0);
}

PerAction policy(Setting const& s) { return respond(s.prompt, s.weights, s.defence).output.probabilities; }

bool near(PerAction const& a, PerAction const& b, double allowed) {
    return std::fabs(a.refuse - b.refuse) <= allowed && std::fabs(a.partial - b.partial) <= allowed &&
           std::fabs(a.fulfil - b.fulfil) <= allowed;
}

double best(PerAction const& p) { return std::max({p.refuse, p.partial, p.fulfil}); }

// The gap between the best and the second best.
double gap(PerAction const& p) {
    double const low = std::min({p.refuse, p.partial, p.fulfil});
    return best(p) - (p.refuse + p.partial + p.fulfil - best(p) - low);
}

bool same_winner(PerAction const& a, PerAction const& b) {
    return (a.refuse == best(a) && b.refuse == best(b)) || (a.partial == best(a) && b.partial == best(b)) ||
           (a.fulfil == best(a) && b.fulfil == best(b));
}

// Every number of a trace, in a fixed order.
template <class Visit>
void visit_numbers(Trace const& t, Visit const& visit) {
    auto const triple = [&](PerAction const& a) { visit(a.refuse), visit(a.partial), visit(a.fulfil); };
    visit(t.processing.visibility), visit(t.processing.harm_term), visit(t.processing.lexical_term);
    visit(t.processing.perceived_harm), visit(t.trigger_input), visit(t.alarm), visit(t.threshold.value_or(0.0));
    triple(t.output.reference_logits), triple(t.output.rewards), triple(t.output.logits);
    triple(t.output.log_probabilities), triple(t.output.probabilities), triple(t.reference), visit(t.drift_nats);
    Waterfall const& w = t.waterfall;
    visit(w.reference), visit(w.helpfulness), visit(w.harmlessness), visit(w.objectives), visit(w.prior);
    visit(w.visibility), visit(w.rule), visit(w.rule_visibility), visit(w.total);
    visit(t.filter_rate), visit(t.blocked), triple(t.final), visit(t.refusal), visit(t.harmful_content);
}

}

TEST_CASE("refusal.analytic I1: probabilities are positive and sum to one") {
    for_all(1, [](Setting const& s) {
        Trace const t = respond(s.prompt, s.weights, s.defence);
        PerAction const& p = t.output.probabilities;
        return p.refuse > 0.0 && p.partial > 0.0 && p.fulfil > 0.0 &&
               std::fabs(p.refuse + p.partial + p.fulfil - 1.0) <= tolerance &&
               std::fabs(t.final.refuse + t.final.partial + t.final.fulfil - 1.0) <= tolerance;
    });
}

TEST_CASE("refusal.analytic I2: without reward, or with an infinite KL penalty, the policy is the reference") {
    for_all(2, [](Setting s) {
        Setting idle = s;
        idle.weights.helpfulness = 0.0;
        idle.weights.harmlessness = 0.0;
        Trace const t = respond(idle.prompt, idle.weights, idle.defence);
        bool const exact = near(t.output.probabilities, t.reference, 0.0) && t.drift_nats == 0.0;
        s.weights.beta = widest;
        Trace const held = respond(s.prompt, s.weights, s.defence);
        return exact && near(held.output.probabilities, held.reference, 1e-3);
    });
}

TEST_CASE("refusal.analytic I3: without a KL penalty the highest reward wins") {
    for_all(3, [](Setting s) {
        s.weights.beta = narrowest;
        Trace const t = respond(s.prompt, s.weights, s.defence);
        return gap(t.output.rewards) < 1e-3 || same_winner(t.output.probabilities, t.output.rewards);
    });
}

TEST_CASE("refusal.analytic I4: log F/R falls by s / (beta T) per unit of w_harm") {
    for_all(4, [](Setting s) {
        Trace const before = respond(s.prompt, s.weights, s.defence);
        s.weights.harmlessness += 1.0; // the relation is linear, so the step may be large
        Trace const after = respond(s.prompt, s.weights, s.defence);
        double const expected = -before.alarm / (s.weights.beta * s.weights.temperature);
        return std::fabs(after.waterfall.total - before.waterfall.total - expected) <= 1e-10;
    });
}

TEST_CASE("refusal.analytic I5: a larger harmlessness weight lowers P(F) and raises P(R)") {
    for_all(5, [](Setting s) {
        Trace const before = respond(s.prompt, s.weights, s.defence);
        s.weights.harmlessness += 0.5;
        PerAction const p = before.output.probabilities;
        PerAction const q = policy(s);
        // Strictly, wherever the change to first order is larger than rounding.
        Weights const& w = s.weights;
        double const step = 0.5 * before.alarm / (w.beta * w.temperature);
        double const fall = step * p.fulfil * (p.refuse + (1.0 - w.partial_harmfulness) * p.partial);
        double const rise = step * p.refuse * (p.fulfil + w.partial_harmfulness * p.partial);
        bool const falls = fall > 1e-12 ? q.fulfil < p.fulfil : q.fulfil <= p.fulfil + tolerance;
        bool const rises = rise > 1e-12 ? q.refuse > p.refuse : q.refuse >= p.refuse - tolerance;
        return falls && rises;
    });
}

TEST_CASE("refusal.analytic I6: pull, prior shift and hiding never lower P(F)") {
    for_all(6, [](Setting const& s) {
        double const f = policy(s).fulfil;
        Setting pulled = s, shifted = s, hidden = s;
        pulled.prompt.levers.objective_pull += 0.1;
        shifted.prompt.levers.prior_shift_nats += 0.1;
        hidden.prompt.levers.visibility *= 0.9;
        return policy(pulled).fulfil >= f - tolerance && policy(shifted).fulfil >= f - tolerance &&
               policy(hidden).fulfil >= f - tolerance;
    });
}

TEST_CASE("refusal.analytic I7: a rule never raises P(F), and never lowers the refusals of benign prompts") {
    for_all(7, [](Setting s) {
        auto const stronger = [](Setting t) { return t.defence.rule.nats += 0.1, t; };
        auto const wider = [](Setting t) {
            return t.defence.rule.coverage += 0.1 * (1.0 - t.defence.rule.coverage), t;
        };
        double const f = policy(s).fulfil;
        bool const lower = policy(stronger(s)).fulfil <= f + tolerance && policy(wider(s)).fulfil <= f + tolerance;
        s.prompt.harm = s.prompt.lexical_alarm = 0.0;
        return lower && policy(stronger(s)).refuse >= policy(s).refuse - tolerance;
    });
}

TEST_CASE("refusal.analytic I8: the filter multiplies P(F) by exactly 1 - t, and FPR 0 leaves benign prompts alone") {
    for_all(8, [](Setting s) {
        Trace const t = respond(s.prompt, s.weights, s.defence);
        bool const exact = t.final.fulfil == (1.0 - t.filter_rate) * t.output.probabilities.fulfil;
        s.prompt.harm = std::min(s.prompt.harm, 0.5);
        s.defence.filter.false_positive_rate = 0.0;
        Trace const spared = respond(s.prompt, s.weights, s.defence);
        return exact && near(spared.final, spared.output.probabilities, 0.0);
    });
}

TEST_CASE("refusal.analytic I9: refusing beats fulfilling exactly where the alarm exceeds the threshold") {
    for_all(9, [](Setting const& s) {
        Trace const t = respond(s.prompt, s.weights, s.defence);
        if (!t.threshold) return s.weights.harmlessness == 0.0;
        if (std::fabs(t.alarm - *t.threshold) <= 1e-12 * (1.0 + std::fabs(*t.threshold))) return true;
        return (t.alarm > *t.threshold) == (t.waterfall.total < 0.0);
    });
}

TEST_CASE("refusal.analytic I10: success rises with forced tokens up to the ceiling; deeper alignment never helps it") {
    cw::Random random(10);
    int violations = 0;
    for (int i = 0; i < setting_count; ++i) {
        Alignment shallow{random.unit(), random.unit(), 0.5 + 20.0 * random.unit(), 1 + random.below(60)};
        Alignment deep = shallow;
        deep.depth_tokens = i % 5 == 0 ? 0.0 : shallow.depth_tokens * (1.0 + 3.0 * random.unit());
        int const k = random.below(70);
        double const here = attack_success(shallow, k);
        violations += attack_success(shallow, k + 1) < here || here > shallow.ceiling || attack_success(deep, k) > here;
    }
    CHECK(violations == 0);
    for (int k = 0; k <= 230; ++k) CHECK(attack_success(shallow_alignment, k) >= attack_success(deep_alignment, k));
}

TEST_CASE("refusal.analytic I11: cold sampling takes the best action, hot sampling takes any") {
    for_all(11, [](Setting s) {
        s.weights.temperature = 1.0;
        PerAction const logits = respond(s.prompt, s.weights, s.defence).output.logits;
        s.weights.temperature = 1e-5;
        bool const cold = gap(logits) < 1e-3 || best(policy(s)) > 1.0 - 1e-9;
        s.weights.temperature = widest;
        constexpr double third = 1.0 / 3.0;
        return cold && near(policy(s), {third, third, third}, 1e-3);
    });
}

TEST_CASE("refusal.analytic I12: the waterfall's terms add up to its total") {
    for_all(12, [](Setting const& s) {
        Trace const t = respond(s.prompt, s.weights, s.defence);
        Waterfall const& w = t.waterfall;
        double const terms[] = {w.reference, w.helpfulness, w.harmlessness, w.objectives,
                                w.prior,     w.visibility,  w.rule,         w.rule_visibility};
        double sum = 0.0, size = 1.0;
        for (double const term : terms) sum += term, size += std::fabs(term);
        double const odds = t.output.log_probabilities.fulfil - t.output.log_probabilities.refuse;
        return std::fabs(sum - w.total) <= tolerance * size && std::fabs(odds - w.total) <= tolerance * size;
    });
}

TEST_CASE("refusal.analytic I13: the same settings give the same bytes as on the machine that wrote the golden file") {
    cw::Random random(13);
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (int i = 0; i < setting_count; ++i) {
        Setting const s = draw_setting(random);
        visit_numbers(respond(s.prompt, s.weights, s.defence), [&](double value) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, &value, sizeof bits);
            hash = (hash ^ bits) * 0x100000001b3ull;
        });
    }
    std::ostringstream text;
    text << "fnv1a of every number of " << setting_count << " traces, seed 13: " << std::hex << hash << '\n';
    std::string const path = std::string(CW_ROOT) + "/tests/golden/refusal/analytic_hash.txt";
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(path) << text.str();
    std::ifstream file(path);
    std::string const expected((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    CHECK(text.str() == expected);
}

TEST_CASE("refusal.analytic I14: no NaN and no infinity anywhere in the slider box, corners included") {
    for_all(14, [](Setting const& s) {
        bool finite = true;
        visit_numbers(respond(s.prompt, s.weights, s.defence), [&](double value) { finite &= std::isfinite(value); });
        return finite;
    });
    int unsound = 0;
    for (int corner = 0; corner < (1 << 22); corner += 37) { // both ends of every slider, thinned out
        Setting s;
        int bit = 0;
        auto const choose = [&](auto& owner, auto const& fields) {
            for (auto const& field : fields) owner.*field.member = (corner >> bit++) & 1 ? field.high : field.low;
        };
        choose(s.weights, weight_fields), choose(s.prompt, prompt_fields), choose(s.prompt.levers, lever_fields);
        choose(s.defence.rule, rule_fields), choose(s.defence.filter, filter_fields);
        visit_numbers(respond(s.prompt, s.weights, s.defence), [&](double v) { unsound += !std::isfinite(v); });
    }
    CHECK(unsound == 0);
}
