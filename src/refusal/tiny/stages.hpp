#pragma once
// The two stages before preference training, one optimisation step at a time: pre-training (capability, harmful answers
// included) and supervised fine-tuning (helpful chat, rules). They run natively, in the trainer; the page starts from
// their result. The same seed gives the same weights on every machine.
//
//   Stage stage(world, shape, StageKind::pretraining, 1);
//   while (!stage.done()) stage.step(weights);

#include "refusal/tiny/adam.hpp"
#include "refusal/tiny/documents.hpp"
#include "refusal/tiny/network.hpp"

#include <cstdint>
#include <vector>

namespace cw::refusal::tiny {

enum class StageKind { pretraining, tuning };

class Stage {
  public:
    // `world` outlives the stage. Pre-training is 3,000 steps of 64 documents, tuning 2,400.
    Stage(World const& world, Shape const& shape, StageKind kind, std::uint64_t seed);

    [[nodiscard]] bool done() const { return step_ == steps_; }
    [[nodiscard]] int steps_done() const { return step_; }
    // Returns the loss before the step, nats per token.
    double step(std::vector<float>& weights);

  private:
    [[nodiscard]] float learning_rate() const;

    World const& world_;
    StageKind kind_;
    int step_ = 0;
    int steps_;
    Random random_;
    Network network_;
    Adam adam_;
    std::vector<float> gradient_;
};

}
