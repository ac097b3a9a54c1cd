#include "refusal/analytic/metrics.hpp"

#include "ground/assert.hpp"
#include "refusal/analytic/filter.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace cw::refusal::analytic {
namespace {

struct Mean {
    double sum = 0.0;
    double weight = 0.0;
    void add(double value, double value_weight) {
        sum += value * value_weight;
        weight += value_weight;
    }
    [[nodiscard]] double value() const { return weight == 0.0 ? 0.0 : sum / weight; }
};

struct MeanActions {
    Mean refuse, partial, fulfil;
    void add(PerAction const& p, double weight) {
        refuse.add(p.refuse, weight);
        partial.add(p.partial, weight);
        fulfil.add(p.fulfil, weight);
    }
};

auto key(Case const& c) {
    Levers const& v = c.prompt.levers;
    return std::make_tuple(c.request_class, c.group, c.blocked, c.prompt.harm, c.prompt.lexical_alarm, v.objective_pull,
                           v.prior_shift_nats, v.visibility, v.lexical_visibility, v.extraction);
}

}

Metrics measure(std::vector<Case> const& cases, Weights const& weights, Defence const& defence) {
    MeanActions benign_cases, borderline_cases;
    Mean drift, harmless_refusal;
    std::map<int, MeanActions> harmful_groups;
    for (Case const& c : cases) {
        Defence layered = defence;
        layered.also_blocked = c.blocked;
        Trace const trace = respond(c.prompt, weights, layered);
        if (c.request_class == RequestClass::harmful) {
            harmful_groups[c.group].add(trace.final, c.weight);
            continue;
        }
        harmless_refusal.add(trace.refusal, c.weight);
        bool const is_benign = c.request_class == RequestClass::benign;
        (is_benign ? benign_cases : borderline_cases).add(trace.final, c.weight);
        if (is_benign) drift.add(trace.drift_nats, c.weight);
    }
    Metrics m;
    m.helpfulness = benign_cases.fulfil.value();
    m.benign_refusal = benign_cases.refuse.value();
    m.over_refusal = borderline_cases.refuse.value();
    m.over_refusal_or_partial = borderline_cases.refuse.value() + borderline_cases.partial.value();
    m.harmless_refusal = harmless_refusal.value();
    m.refusal_tax_benign = benign_cases.refuse.value() + benign_cases.partial.value();
    m.refusal_tax_borderline = m.over_refusal_or_partial;
    m.drift_nats = drift.value();
    Mean success, refusal;
    for (auto const& [group, actions] : harmful_groups) {
        m.groups.push_back(
            {group, actions.fulfil.weight, actions.fulfil.value(), actions.refuse.value(), actions.partial.value()});
        success.add(actions.fulfil.value(), 1.0);
        refusal.add(actions.refuse.value(), 1.0);
    }
    m.attack_success = success.value();
    m.harmful_refusal = refusal.value();
    return m;
}

std::vector<Case> merged(std::vector<Case> const& cases) {
    std::map<decltype(key(Case{})), std::size_t> place;
    std::vector<Case> out;
    for (Case const& c : cases) {
        auto const [found, is_new] = place.emplace(key(c), out.size());
        if (is_new) {
            out.push_back(c);
        } else {
            out[found->second].weight += c.weight;
        }
    }
    return out;
}

Grid standard_grid() {
    Grid grid;
    grid.harmlessness = {0.0, 1.0, 2.0, 4.0, 6.0, 8.5, 12.0, 16.0, 24.0, 40.0};
    grid.beta = {0.25, 0.5, 1.0, 2.0, 4.0, 16.0};
    for (double const nats : {0.0, 0.6, 1.2, 2.4}) {
        grid.rules.push_back(nats == 0.0 ? InContextRule{} : InContextRule{nats, standard_rule.coverage});
    }
    grid.filters.push_back({});
    double const separation = operating_point(standard_filter).separation;
    for (double const threshold : {1.3, 2.0, 2.65, 3.3}) grid.filters.push_back(filter_at({separation, threshold}));
    return grid;
}

Setting setting_at(Grid const& grid, std::size_t index, Weights const& base) {
    CW_ASSERT(index < grid.size());
    auto const digit = [&index](std::size_t count) {
        std::size_t const value = index % count;
        index /= count;
        return value;
    };
    Setting setting{base, {}};
    setting.defence.filter = grid.filters[digit(grid.filters.size())];
    setting.defence.rule = grid.rules[digit(grid.rules.size())];
    setting.weights.beta = grid.beta[digit(grid.beta.size())];
    setting.weights.harmlessness = grid.harmlessness[digit(grid.harmlessness.size())];
    return setting;
}

std::vector<std::size_t> pareto_front(std::vector<Tradeoff> const& points) {
    std::vector<std::size_t> order(points.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::make_tuple(points[a].over_refusal, points[a].attack_success, a) <
               std::make_tuple(points[b].over_refusal, points[b].attack_success, b);
    });
    std::vector<std::size_t> front;
    for (std::size_t const i : order) {
        if (front.empty() || points[i].attack_success < points[front.back()].attack_success) front.push_back(i);
    }
    return front;
}

}
