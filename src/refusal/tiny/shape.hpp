#pragma once
// How large the transformer is, and where each of its matrices lies in the one flat array of weights. Sizes are data:
// the shipped model is the default Shape (83,264 weights); check() names a size that the kernels cannot handle.
//
//   Layout const layout{Shape{}};   layout.total == 83264

#include "ground/result.hpp"

#include <cstddef>
#include <vector>

namespace cw::refusal::tiny {

struct Shape {
    int vocabulary = 208;
    int width = 64;
    int layers = 2;
    int heads = 4;
    int hidden = 128;
    int positions = 64;

    [[nodiscard]] int head_width() const { return width / heads; }
    friend bool operator==(Shape const&, Shape const&) = default;
};

// Columns must be multiples of 16, a head 4, 8, 16 or 32 wide; at most 1024 words, 16 layers, 2 to 256 positions.
[[nodiscard]] Result<void> check(Shape const& shape);

// One matrix (or, with rows == 1 and is_gain, one RMSNorm gain) of the flat array.
struct Block {
    std::size_t offset;
    int rows;
    int columns;
    bool is_gain;
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    }
};

struct Layout {
    struct Layer {
        Block attention_gain; // [width]
        Block qkv;            // [width, 3 width]: query, key, value side by side
        Block mix;            // [width, width]: attention output
        Block mlp_gain;       // [width]
        Block up;             // [width, hidden]
        Block down;           // [hidden, width]
    };
    Block embedding; // [vocabulary, width], also the output matrix (tied)
    Block position;  // [positions, width]
    std::vector<Layer> layers;
    Block final_gain; // [width]
    std::size_t total = 0;

    explicit Layout(Shape const& shape);
    // Every block in the order of the array.
    [[nodiscard]] std::vector<Block> blocks() const;
};

// Random weights to start pre-training from: normal with the usual 1/sqrt(fan-in), residual outputs scaled down by
// sqrt(2 layers) (Radford et al. 2019, GPT-2).
[[nodiscard]] std::vector<float> initial_weights(Shape const& shape, unsigned long long seed);

}
