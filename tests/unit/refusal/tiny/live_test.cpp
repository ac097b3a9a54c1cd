#include "refusal/tiny/live.hpp"

#include "refusal/tiny/store.hpp"
#include "shipped.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

std::vector<std::uint8_t> untrained_file() {
    World const world;
    Shape shape;
    shape.width = 32;
    shape.heads = 2;
    shape.hidden = 32;
    return pack(shape, initial_weights(shape, 4), world.hash());
}

}

TEST_CASE("refusal.tiny.live: settings outside their range are named") {
    auto const file = untrained_file();
    auto const refused = [&](auto change) {
        LiveSettings settings;
        change(settings);
        auto const run = LiveRun::create(file, settings);
        return run ? std::string("accepted") : run.error().where;
    };
    CHECK(refused([](LiveSettings&) {}) == "accepted");
    CHECK(refused([](LiveSettings& s) { s.preference.beta = 0; }) == "beta");
    CHECK(refused([](LiveSettings& s) { s.preference.beta = std::numeric_limits<double>::quiet_NaN(); }) == "beta");
    CHECK(refused([](LiveSettings& s) { s.pairs_per_step = 0; }) == "pairs_per_step");
    CHECK(refused([](LiveSettings& s) { s.learning_rate = 1; }) == "learning_rate");
    CHECK(refused([](LiveSettings& s) { s.text_mix = -1; }) == "text_mix");
    CHECK(refused([](LiveSettings& s) { s.texts_per_step = 65; }) == "texts_per_step");
    CHECK(refused([](LiveSettings& s) { s.pairs.harm_weight = -1; }) == "harm_weight");
    CHECK(refused([](LiveSettings& s) { s.pairs.caution = -0.1; }) == "caution");
    CHECK(refused([](LiveSettings& s) { s.pairs.coverage = 1.1; }) == "coverage");
    CHECK(refused([](LiveSettings& s) { s.pairs.coverage_frames = 0; }) == "coverage_frames");
    CHECK(refused([](LiveSettings& s) { s.pairs.help_frames = 1u << 6; }) == "help_frames");
    CHECK(refused([](LiveSettings& s) { s.pairs.depth_share = -0.1; }) == "depth_share");
}

TEST_CASE("refusal.tiny.live: a broken file is an error") {
    auto file = untrained_file();
    file.back() ^= 1;
    CHECK_FALSE(LiveRun::create(file, {}).has_value());
    CHECK_FALSE(LiveRun::create({}, {}).has_value());
}

TEST_CASE("refusal.tiny.live: the same settings give the same weights, measured in between or not; a seed matters") {
    auto const file = untrained_file();
    LiveRun one = LiveRun::create(file, {}).value();
    LiveRun two = LiveRun::create(file, {}).value();
    LiveSettings other_seed;
    other_seed.seed = 2;
    LiveRun other = LiveRun::create(file, other_seed).value();
    std::uint64_t const start = one.weight_hash();
    for (int i = 0; i < 4; ++i) {
        CHECK(one.step().step == i + 1);
        two.step();
        (void)two.measure(Depth::quick);
        other.step();
    }
    CHECK(one.weight_hash() == two.weight_hash());
    CHECK(one.weight_hash() != start);
    CHECK(one.weight_hash() != other.weight_hash());
}

TEST_CASE("refusal.tiny.live: with nothing to learn from, nothing moves and nothing is undefined") {
    auto const file = untrained_file();
    LiveSettings settings;
    settings.pairs.harm_weight = 0;
    settings.pairs.harm_share = 1; // only pairs without weight
    settings.text_mix = 0;
    LiveRun run = LiveRun::create(file, settings).value();
    std::uint64_t const start = run.weight_hash();
    StepReport const report = run.step();
    CHECK(report.preference.loss == 0);
    CHECK(report.gradient_norm == 0);
    CHECK(run.weight_hash() == start);
}

TEST_CASE("refusal.tiny.live: 30 steps from the shipped weights give the golden weight hash (as WASM must, too)") {
    std::string golden;
    std::ifstream(std::string(CW_ROOT) + "/tests/golden/tiny/live_30_steps.txt") >> golden;
    LiveRun run = LiveRun::create(shipped_file("tiny.weights"), {}).value();
    for (int i = 0; i < 30; ++i) run.step();
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(run.weight_hash()));
    CHECK(hash == golden);
}
