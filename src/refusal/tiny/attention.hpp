#pragma once
// Causal softmax attention of one query row (Vaswani et al. 2017, eq. 1) and its backward pass, for one head. Keys and
// values lie `stride` floats apart from row to row, and `rows` lists which of them the query may see, in order; so the
// same code serves a packed batch, a branch that shares its prompt, and a decoder's cache.

#include <cstddef>

namespace cw::refusal::tiny {

struct HeadRows {
    float const* keys;   // of row 0, this head
    float const* values; // of row 0, this head
    std::size_t stride;
    int const* rows;
    int count;
};

// shares[count], its room rounded up to a multiple of 4, receives the softmax; out[head_width] the mixed values.
void attend(float* out, float* shares, float const* query, HeadRows const& seen, int head_width);

// Adds to the gradients of the query, keys and values, given that of `out`. `scratch` has the room of `shares`.
void attend_backward(float* query_gradient, float* key_gradients, float* value_gradients, float* scratch,
                     float const* out_gradient, float const* shares, float const* query, HeadRows const& seen,
                     int head_width);

[[nodiscard]] constexpr int rounded_up_4(int count) { return (count + 3) / 4 * 4; }

}
