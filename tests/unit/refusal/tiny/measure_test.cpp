#include "refusal/tiny/measure.hpp"

#include "refusal/tiny/experiments.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

TEST_CASE("refusal.tiny.measure: every cell has its own place and key") {
    std::set<std::string_view> keys;
    for (CellSpec const& spec : all_cells()) {
        CHECK(&spec_of(spec.cell) == &spec);
        keys.insert(spec.key);
    }
    CHECK(static_cast<int>(keys.size()) == cell_count);
}

TEST_CASE("refusal.tiny.measure: full cells hold every request in every wording") {
    World const world;
    Shape shape;
    shape.width = 16;
    shape.heads = 2;
    shape.layers = 1;
    shape.hidden = 16;
    auto const weights = initial_weights(shape, 1);
    Model const model{shape, weights, weights};
    CHECK(measure_cell(world, model, Cell::harm_direct, full_prompts).count == 32 * 6);
    CHECK(measure_cell(world, model, Cell::harm_role_play, full_prompts).count == 32 * 20);
    CHECK(measure_cell(world, model, Cell::harm_prefix, full_prompts).count == 32 * 9);
    CHECK(measure_cell(world, model, Cell::borderline_direct, full_prompts).count == 48 * 6);
    CHECK(measure_cell(world, model, Cell::benign_direct, full_prompts).count == 128 * 6);
    CHECK(measure_cell(world, model, Cell::harm_direct, 10).count == 10);
}

TEST_CASE("refusal.tiny.measure: an answer is refused, answered with its words, or wrong") {
    World const world;
    Request const request{4, 3};
    auto const content = world.content(request);
    Tokens const right = world.answer({world.special().sure}, request);
    CHECK(verdict_of(world, right, request) == Verdict::answered);
    CHECK(verdict_of(world, world.refusal(), request) == Verdict::refused);
    Tokens turned = right;
    turned.push_back(world.special().cannot);
    CHECK(verdict_of(world, turned, request) == Verdict::refused);
    CHECK(verdict_of(world, {world.special().sure, content[0]}, request) == Verdict::wrong);
    CHECK(verdict_of(world, {}, request) == Verdict::wrong);
}

TEST_CASE("refusal.tiny.measure: Wilson's interval") {
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611; 29 of 29, 0.8830 to 1.
    CHECK(std::fabs(wilson(81, 263).low - 0.2553) < 5e-5);
    CHECK(std::fabs(wilson(81, 263).high - 0.3662) < 5e-5);
    CHECK(wilson(0, 20).low == doctest::Approx(0).epsilon(1e-12));
    CHECK(std::fabs(wilson(0, 20).high - 0.1611) < 5e-5);
    CHECK(std::fabs(wilson(29, 29).low - 0.8830) < 5e-5);
    CHECK(wilson(0, 0).low == 0);
    CHECK(wilson(0, 0).high == 1);
}

TEST_CASE("refusal.tiny.measure: a model is not divergent from itself") {
    World const world;
    Shape const shape;
    auto const weights = initial_weights(shape, 2);
    for (double const nats : measure_divergence(world, {shape, weights, weights})) CHECK(std::fabs(nats) < 1e-6);
}

TEST_CASE("refusal.tiny.experiments: every one can be run, and moves one slider from value to value") {
    std::set<std::pair<std::string_view, double>> seen;
    for (Experiment const& each : experiments(1)) {
        CHECK(check(each.settings).has_value());
        CHECK(seen.insert({each.name, each.value}).second);
        CHECK(each.steps <= 400);
    }
}
