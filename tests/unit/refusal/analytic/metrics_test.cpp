#include "refusal/analytic/metrics.hpp"

#include "ground/random.hpp"
#include "ground/text.hpp"
#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/filter.hpp"
#include "refusal/analytic/published.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::refusal::analytic;

namespace {

// The small fixed weights behind the printed sweeps: 55 benign, 40 borderline, and one harmful case in each frame.
std::vector<Case> sweep_cases() {
    std::vector<Case> cases{
        {benign(Frame::direct), RequestClass::benign, 0, 40.0, 0.0},
        {benign(Frame::role_play), RequestClass::benign, 0, 15.0, 0.0},
        {borderline(Frame::direct), RequestClass::borderline, 0, 30.0, 0.0},
        {borderline(Frame::role_play), RequestClass::borderline, 0, 10.0, 0.0},
    };
    for (FrameInfo const& frame : frames()) {
        cases.push_back({harmful(frame.frame), RequestClass::harmful, static_cast<int>(frame.frame), 1.0, 0.0});
    }
    return cases;
}

Metrics at(double harmlessness, double beta) {
    Weights weights;
    weights.harmlessness = harmlessness;
    weights.beta = beta;
    return measure(sweep_cases(), weights, {});
}

std::vector<double> ranks(std::vector<double> const& values) {
    std::vector<double> out;
    for (double const v : values) {
        double rank = 0.5;
        for (double const w : values) rank += w < v ? 1.0 : w == v ? 0.5 : 0.0;
        out.push_back(rank);
    }
    return out;
}

double correlation(std::vector<double> const& x, std::vector<double> const& y) {
    double const n = static_cast<double>(x.size());
    double mean_x = 0.0, mean_y = 0.0, xy = 0.0, xx = 0.0, yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    return xy / std::sqrt(xx * yy);
}

}

TEST_CASE("refusal.analytic: the printed sweep of the harmlessness weight") {
    struct Row {
        double weight;
        char const *over_refusal, *direct, *mean;
    };
    for (Row const& row :
         {Row{0.0, "0.005", "0.987", "0.996"}, Row{4.0, "0.019", "0.645", "0.892"}, Row{8.5, "0.080", "0.025", "0.264"},
          Row{12.0, "0.194", "0.001", "0.030"}, Row{24.0, "0.636", "0.000", "0.000"}}) {
        CAPTURE(row.weight);
        Metrics const m = at(row.weight, 1.0);
        CHECK(cw::fixed(m.over_refusal, 3) == row.over_refusal);
        CHECK(cw::fixed(m.groups[0].attack_success, 3) == row.direct);
        CHECK(cw::fixed(m.attack_success, 3) == row.mean);
    }
}

TEST_CASE("refusal.analytic: the printed sweep of beta, and its limit, the reference") {
    CHECK(cw::fixed(at(8.5, 0.25).over_refusal, 3) == "0.312");
    CHECK(cw::fixed(at(8.5, 0.25).attack_success, 3) == "0.000");
    CHECK(cw::fixed(at(8.5, 1.0).over_refusal, 3) == "0.080");
    CHECK(cw::fixed(at(8.5, 1.0).attack_success, 3) == "0.264");
    CHECK(cw::fixed(at(8.5, 4.0).over_refusal, 3) == "0.045");
    CHECK(cw::fixed(at(8.5, 4.0).attack_success, 3) == "0.881");
    CHECK(at(8.5, 1e6).drift_nats < 1e-9);
    CHECK(at(8.5, 1e6).attack_success == doctest::Approx(at(0.0, 1e6).attack_success).epsilon(1e-5));
}

TEST_CASE("refusal.analytic T4: safety and over-refusal rise together over the sweep, as over published models") {
    std::vector<double> safety, bill;
    for (double const weight : {0.0, 1.0, 2.0, 4.0, 6.0, 8.5, 12.0, 16.0, 24.0, 40.0}) {
        Metrics const m = at(weight, 1.0);
        safety.push_back(m.groups[0].refusal);
        bill.push_back(m.over_refusal);
    }
    CHECK(correlation(ranks(safety), ranks(bill)) > 0.8);
}

TEST_CASE(
    "refusal.analytic: a program that blocks every case leaves nothing fulfilled, one that blocks none changes "
    "nothing") {
    std::vector<Case> cases = sweep_cases();
    Metrics const open = measure(cases, {}, {});
    for (Case& c : cases) c.blocked = 1.0;
    Metrics const shut = measure(cases, {}, {});
    CHECK(shut.attack_success == 0.0);
    CHECK(shut.helpfulness == 0.0);
    CHECK(shut.harmless_refusal == doctest::Approx(1.0));
    CHECK(shut.drift_nats == open.drift_nats);
    for (Case& c : cases) c.blocked = c.request_class == RequestClass::harmful ? 1.0 : 0.0;
    Metrics const ideal = measure(cases, {}, {});
    CHECK(ideal.attack_success == 0.0);
    CHECK(ideal.helpfulness == open.helpfulness);
}

TEST_CASE("refusal.analytic: metrics of no cases are zero, and the tax is what is not fulfilled") {
    Metrics const none = measure({}, {}, {});
    CHECK(none.attack_success == 0.0);
    CHECK(none.groups.empty());
    Metrics const m = measure(sweep_cases(), {}, {standard_rule, standard_filter, 0.0});
    CHECK(m.refusal_tax_benign == doctest::Approx(1.0 - m.helpfulness).epsilon(1e-12));
    CHECK(m.over_refusal_or_partial > m.over_refusal);
}

TEST_CASE("refusal.analytic: merging equal cases keeps the metrics") {
    std::vector<Case> many;
    cw::Random random(5);
    std::vector<Case> const kinds = sweep_cases();
    for (int i = 0; i < 300; ++i) {
        many.push_back(kinds[static_cast<std::size_t>(random.below(static_cast<int>(kinds.size())))]);
        many.back().weight = 1.0;
    }
    std::vector<Case> const few = merged(many);
    CHECK(few.size() == kinds.size());
    Metrics const a = measure(many, {}, {standard_rule, {}, 0.0});
    Metrics const b = measure(few, {}, {standard_rule, {}, 0.0});
    CHECK(a.attack_success == doctest::Approx(b.attack_success).epsilon(1e-12));
    CHECK(a.over_refusal == doctest::Approx(b.over_refusal).epsilon(1e-12));
    CHECK(a.drift_nats == doctest::Approx(b.drift_nats).epsilon(1e-12));
}

TEST_CASE("refusal.analytic: the Pareto set holds exactly the points that none dominates") {
    cw::Random random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<Tradeoff> points;
        // Coarse values, so that ties happen.
        for (int i = 0; i < 30; ++i) points.push_back({random.below(8) / 8.0, random.below(8) / 8.0});
        std::vector<std::size_t> const front = pareto_front(points);
        auto const dominates = [](Tradeoff const& a, Tradeoff const& b) {
            return a.over_refusal <= b.over_refusal && a.attack_success <= b.attack_success &&
                   (a.over_refusal < b.over_refusal || a.attack_success < b.attack_success);
        };
        for (std::size_t i = 0; i < points.size(); ++i) {
            bool const beaten =
                std::any_of(points.begin(), points.end(), [&](Tradeoff const& p) { return dominates(p, points[i]); });
            bool const twin_in_front = std::any_of(front.begin(), front.end(), [&](std::size_t f) {
                return points[f].over_refusal == points[i].over_refusal &&
                       points[f].attack_success == points[i].attack_success;
            });
            CHECK(beaten != twin_in_front);
        }
        CHECK(std::is_sorted(front.begin(), front.end(), [&](std::size_t a, std::size_t b) {
            return points[a].over_refusal < points[b].over_refusal;
        }));
    }
    CHECK(pareto_front({}).empty());
}

TEST_CASE("refusal.analytic: the standard grid reaches every combination once, and layered defences win its frontier") {
    Grid const grid = standard_grid();
    REQUIRE(grid.size() == 1200);
    std::vector<Case> const cases = merged(sweep_cases());
    std::vector<Tradeoff> points;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        Setting const s = setting_at(grid, i, {});
        Metrics const m = measure(cases, s.weights, s.defence);
        points.push_back({m.over_refusal, m.attack_success});
    }
    Setting const first = setting_at(grid, 0, {});
    CHECK(first.weights.harmlessness == 0.0);
    CHECK(first.defence.filter.true_positive_rate == 0.0);
    Setting const last = setting_at(grid, grid.size() - 1, {});
    CHECK(last.weights.harmlessness == 40.0);
    CHECK(last.weights.beta == 16.0);
    CHECK(last.defence.rule.nats == 2.4);
    // The lab's goal, attack success and over-refusal at most 5 %: at the default beta no harmlessness weight reaches
    // it, with or without a rule; a filter does.
    auto const reached = [&](bool with_filter) {
        for (std::size_t i = 0; i < grid.size(); ++i) {
            Setting const s = setting_at(grid, i, {});
            bool const has_filter = s.defence.filter.true_positive_rate > 0.0;
            if (has_filter != with_filter || s.weights.beta != 1.0) continue;
            if (points[i].over_refusal <= 0.05 && points[i].attack_success <= 0.05) return true;
        }
        return false;
    };
    CHECK_FALSE(reached(false));
    CHECK(reached(true));
    CHECK(pareto_front(points).size() > 5);
}

TEST_CASE("refusal.analytic: every published number names a source, is a share, and is no bare memory") {
    for (PublishedRate const& rate : published_rates()) {
        CHECK_FALSE(source(rate.source).identifier.empty());
        CHECK(rate.value >= 0.0);
        CHECK(rate.value + rate.partial <= 1.0);
        CHECK(rate.row != 3);  // base64, not re-checked
        CHECK(rate.row != 35); // weight edits, not re-checked
    }
    std::vector<double> worth;
    for (PublishedEffect const& effect : published_effects()) {
        CHECK_FALSE(source(effect.source).citation.empty());
        worth.push_back(nats_between(effect.before, effect.after));
    }
    CHECK(*std::max_element(worth.begin(), worth.end()) == doctest::Approx(5.77).epsilon(1e-3));
    CHECK(*std::min_element(worth.begin(), worth.end()) == doctest::Approx(-4.89).epsilon(1e-3));
    CHECK(capability_taxes().front().ppo < capability_taxes().front().base);
}
