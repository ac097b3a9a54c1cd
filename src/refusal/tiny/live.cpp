#include "refusal/tiny/live.hpp"

#include "ground/id.hpp"
#include "refusal/tiny/store.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

namespace {

constexpr int warm_up_steps = 10;

bool within(double value, double low, double high) { return value >= low && value <= high; } // false for NaN

}

Result<void> check(LiveSettings const& settings) {
    auto const wrong = [](char const* where, char const* range) { return Error{ErrorCode::invalid, where, range}; };
    PairSettings const& pairs = settings.pairs;
    auto const weight = [](float value) { return within(static_cast<double>(value), 0, 1000); };
    if (!within(settings.pairs_per_step, 1, 64)) return wrong("pairs_per_step", "must be from 1 to 64");
    if (!within(settings.learning_rate, 1e-6, 1e-2)) return wrong("learning_rate", "must be from 0.000001 to 0.01");
    if (!within(settings.preference.beta, 0.01, 10)) return wrong("beta", "must be from 0.01 to 10");
    if (!within(settings.preference.anchor, 0, 10)) return wrong("anchor", "must be from 0 to 10");
    if (!within(settings.text_mix, 0, 10)) return wrong("text_mix", "must be from 0 to 10");
    if (!within(settings.texts_per_step, 0, 64)) return wrong("texts_per_step", "must be from 0 to 64");
    if (!weight(pairs.harm_weight)) return wrong("harm_weight", "must be from 0 to 1000");
    if (!weight(pairs.help_weight)) return wrong("help_weight", "must be from 0 to 1000");
    if (!within(pairs.harm_share, 0, 1)) return wrong("harm_share", "must be from 0 to 1");
    if (!within(pairs.caution, 0, 1)) return wrong("caution", "must be from 0 to 1");
    if (!within(pairs.coverage, 0, 1)) return wrong("coverage", "must be from 0 to 1");
    if (!within(pairs.depth_share, 0, 1)) return wrong("depth_share", "must be from 0 to 1");
    unsigned const every_frame = (1u << frame_count) - 1;
    if ((pairs.coverage_frames & every_frame) == 0) return wrong("coverage_frames", "must name a frame");
    if ((pairs.help_frames & every_frame) == 0) return wrong("help_frames", "must name a frame");
    return {};
}

Result<LiveRun> LiveRun::create(std::span<std::uint8_t const> file, LiveSettings const& settings) {
    CW_TRY(check(settings));
    auto world = std::make_unique<World const>();
    Packed packed = CW_TRY(unpack(file, world->hash()));
    if (packed.shape.vocabulary != world->vocabulary())
        return Error{ErrorCode::unsupported, "weights", "the vocabulary does not fit the world"};
    return LiveRun(std::move(world), packed.shape, std::move(packed.weights), settings);
}

LiveRun::LiveRun(std::unique_ptr<World const> world, Shape const& shape, std::vector<float> weights,
                 LiveSettings const& settings)
    : world_(std::move(world)),
      shape_(shape),
      settings_(settings),
      reference_(weights),
      weights_(std::move(weights)),
      gradient_(weights_.size(), 0.0f),
      network_(std::make_unique<Network>(shape)),
      adam_(weights_.size()),
      pair_random_(hash64("pairs", settings.seed)),
      text_random_(hash64("texts", settings.seed)) {}

StepReport LiveRun::step() {
    StepReport report;
    std::vector<AnswerPair> pairs;
    float all_weight = 0;
    for (int i = 0; i < settings_.pairs_per_step; ++i) {
        pairs.push_back(answer_pair(*world_, settings_.pairs, pair_random_));
        all_weight += pairs.back().weight;
    }
    // A batch of nothing but pairs without weight teaches nothing.
    if (all_weight > 0)
        report.preference = preference_loss(*network_, weights_, reference_, pairs, settings_.preference, gradient_);
    if (settings_.text_mix > 0 && settings_.texts_per_step > 0) {
        std::vector<Document> texts;
        for (int i = 0; i < settings_.texts_per_step; ++i) texts.push_back(mixed_in_document(*world_, text_random_));
        report.text_loss = text_loss(*network_, weights_, texts, static_cast<float>(settings_.text_mix), gradient_);
    }
    auto const warmth = std::min(1.0, static_cast<double>(steps_ + 1) / warm_up_steps);
    report.gradient_norm = adam_.step(weights_, gradient_, static_cast<float>(settings_.learning_rate * warmth));
    report.step = ++steps_;
    return report;
}

Metrics LiveRun::measure(Depth depth) const { return tiny::measure(*world_, model(), depth); }

std::uint64_t LiveRun::weight_hash() const { return hash_of(weights_); }

}
