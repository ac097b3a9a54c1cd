#pragma once
// Writing answers: greedy or sampled by seed, many prompts at once, with a cache of keys and values so that each new
// token costs one row. Its scores equal those of Network::forward to the last bit.
//
//   Decoding decoding;   decoding.weights = weights;
//   std::vector<Written> const answers = write_answers(shape, decoding, prompts);

#include "refusal/tiny/network.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cw::refusal::tiny {

constexpr int most_answer_tokens = 10;

struct Decoding {
    std::span<float const> weights;
    Token end = 1;                              // where an answer stops
    int most_tokens = most_answer_tokens;       // or here
    double temperature = 0;                     // 0: greedy, the first of equals
    std::uint64_t seed = 1;                     // of the sampling, with each prompt's index
    Token watched = 0;                          // see Written::watched_share
    Intervention const* intervention = nullptr; // may be null
};

struct Written {
    Tokens tokens;           // without the prompt; ends with Decoding::end unless cut by most_tokens
    float watched_share = 0; // probability of Decoding::watched as the first token
};

// One answer per prompt. Prompts are not empty; what does not fit the model's positions is not written.
[[nodiscard]] std::vector<Written> write_answers(Shape const& shape, Decoding const& decoding,
                                                 std::span<Tokens const> prompts);

// Draws from `probabilities` sharpened by 1/temperature; temperature > 0, 0 <= u < 1.
[[nodiscard]] Token sampled(std::span<float const> probabilities, double temperature, double u);

}
