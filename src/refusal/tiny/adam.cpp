#include "refusal/tiny/adam.hpp"

#include "ground/assert.hpp"

#include <algorithm>
#include <cmath>

namespace cw::refusal::tiny {

namespace {
constexpr float mean_decay = 0.9f;
constexpr float square_decay = 0.98f;
constexpr float epsilon = 1e-8f;
constexpr double most_norm = 1.0;
}

double Adam::step(std::span<float> weights, std::span<float> gradient, float learning_rate) {
    CW_ASSERT(weights.size() == mean_.size() && gradient.size() == mean_.size());
    double square_sum = 0;
    for (float const g : gradient) square_sum += static_cast<double>(g) * static_cast<double>(g);
    double const norm = std::sqrt(square_sum);
    auto const scale = static_cast<float>(norm > most_norm ? most_norm / norm : 1.0);
    mean_power_ *= static_cast<double>(mean_decay);
    square_power_ *= static_cast<double>(square_decay);
    // The bias corrections 1/(1 - beta^t), with the learning rate folded in.
    auto const rate = static_cast<float>(static_cast<double>(learning_rate) / (1 - mean_power_));
    auto const unbias = static_cast<float>(1 / (1 - square_power_));
    float* const w = weights.data();
    float const* const raw = gradient.data();
    float* const m = mean_.data();
    float* const v = square_.data();
    for (std::size_t i = 0; i < mean_.size(); ++i) {
        float const g = raw[i] * scale;
        m[i] = mean_decay * m[i] + (1 - mean_decay) * g;
        v[i] = square_decay * v[i] + (1 - square_decay) * g * g;
        w[i] -= rate * m[i] / (std::sqrt(v[i] * unbias) + epsilon);
    }
    std::fill(gradient.begin(), gradient.end(), 0.0f);
    return norm;
}

}
