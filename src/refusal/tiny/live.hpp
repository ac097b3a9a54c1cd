#pragma once
// Preference training as the page runs it: from the shipped weights, a step at a time, so that a worker can show a
// moving curve, pause and stop. The same settings give the same weights, bit for bit, on every machine. The loss is DPO
// with a text mix-in; the reference is the frozen start. Not kept: earlier weights; a run cannot go back, only start
// again.
//
//   LiveRun run = CW_TRY(LiveRun::create(file, LiveSettings{}));
//   while (run.steps_done() < 100) show(run.step());
//   Metrics const after = run.measure(Depth::full);

#include "ground/result.hpp"
#include "refusal/tiny/adam.hpp"
#include "refusal/tiny/documents.hpp"
#include "refusal/tiny/measure.hpp"
#include "refusal/tiny/objective.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace cw::refusal::tiny {

struct LiveSettings {
    std::uint64_t seed = 1;
    int pairs_per_step = 16;       // 1 to 64
    double learning_rate = 1e-4;   // 1e-6 to 1e-2
    PreferenceSettings preference; // beta 0.01 to 10, anchor 0 to 10
    PairSettings pairs;            // weights 0 to 1000 and not both 0, shares 0 to 1, at least one frame in each set
    double text_mix = 0.5;         // weight of the text mixed in ("ptx"), 0 to 10
    int texts_per_step = 16;       // 0 to 64
};
// What the page runs. With the default settings it gives the aligned model of tiny-metrics.json.
constexpr int live_steps = 100;

// Names the first setting outside its range.
[[nodiscard]] Result<void> check(LiveSettings const& settings);

struct StepReport {
    int step = 0; // 1 after the first
    PreferenceReport preference;
    double text_loss = 0; // of the texts mixed in, 0 without them
    double gradient_norm = 0;
};

class LiveRun {
  public:
    // `file` as in store.hpp. Errors: those of unpack() and check().
    [[nodiscard]] static Result<LiveRun> create(std::span<std::uint8_t const> file, LiveSettings const& settings);

    StepReport step();
    [[nodiscard]] int steps_done() const { return steps_; }
    [[nodiscard]] Metrics measure(Depth depth) const;
    [[nodiscard]] Model model() const { return {shape_, weights_, reference_}; }
    [[nodiscard]] World const& world() const { return *world_; }
    [[nodiscard]] LiveSettings const& settings() const { return settings_; }
    [[nodiscard]] std::uint64_t weight_hash() const;

  private:
    LiveRun(std::unique_ptr<World const> world, Shape const& shape, std::vector<float> weights,
            LiveSettings const& settings);

    std::unique_ptr<World const> world_;
    Shape shape_;
    LiveSettings settings_;
    std::vector<float> reference_;
    std::vector<float> weights_;
    std::vector<float> gradient_;
    std::unique_ptr<Network> network_;
    Adam adam_;
    Random pair_random_;
    Random text_random_;
    int steps_ = 0;
};

}
