#pragma once
// Adam (Kingma, Ba 2015, algorithm 1) with the gradient's norm clipped to 1, as used by every stage of training here.
// The powers of beta are kept by repeated multiplication, so that no pow() can differ between machines.
//
//   Adam adam(weights.size());   adam.step(weights, gradient, 1e-4f);   // gradient is zeroed

#include <span>
#include <vector>

namespace cw::refusal::tiny {

class Adam {
  public:
    explicit Adam(std::size_t weights) : mean_(weights, 0.0f), square_(weights, 0.0f) {}

    // Moves `weights` against `gradient`, sets `gradient` to zero, and returns the norm it had before clipping.
    double step(std::span<float> weights, std::span<float> gradient, float learning_rate);

  private:
    std::vector<float> mean_;
    std::vector<float> square_;
    double mean_power_ = 1;
    double square_power_ = 1;
};

}
