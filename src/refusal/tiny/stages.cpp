#include "refusal/tiny/stages.hpp"

#include "ground/assert.hpp"
#include "refusal/tiny/objective.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

namespace {
constexpr int documents_per_step = 64;
constexpr int pretraining_steps = 3000;
constexpr int tuning_steps = 2400;

std::uint64_t seed_of(StageKind kind, std::uint64_t seed) {
    return seed * 1000003 + (kind == StageKind::pretraining ? 1 : 2);
}
}

Stage::Stage(World const& world, Shape const& shape, StageKind kind, std::uint64_t seed)
    : world_(world),
      kind_(kind),
      steps_(kind == StageKind::pretraining ? pretraining_steps : tuning_steps),
      random_(seed_of(kind, seed)),
      network_(shape),
      adam_(network_.layout().total),
      gradient_(network_.layout().total, 0.0f) {
    CW_ASSERT(shape.vocabulary == world.vocabulary());
}

// Warm-up, then pre-training falls along a smooth step to a twentieth, and tuning along a line to a tenth.
float Stage::learning_rate() const {
    float const done = static_cast<float>(step_) / static_cast<float>(steps_);
    float const warm_up = kind_ == StageKind::pretraining ? 100.0f : 20.0f;
    float const warmth = std::min(1.0f, static_cast<float>(step_ + 1) / warm_up);
    if (kind_ == StageKind::tuning) return 1e-3f * warmth * (1 - 0.9f * done);
    float const fallen = done * done * (3 - 2 * done);
    return 3e-3f * warmth * (1 - 0.95f * fallen);
}

double Stage::step(std::vector<float>& weights) {
    CW_ASSERT(!done());
    std::vector<Document> documents;
    for (int i = 0; i < documents_per_step; ++i)
        documents.push_back(kind_ == StageKind::pretraining ? pretraining_document(world_, random_)
                                                            : tuning_document(world_, random_));
    double const loss = text_loss(network_, weights, documents, 1.0f, gradient_);
    adam_.step(weights, gradient_, learning_rate());
    ++step_;
    return loss;
}

}
