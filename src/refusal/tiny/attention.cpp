#include "refusal/tiny/attention.hpp"

#include "ground/assert.hpp"
#include "refusal/tiny/kernels.hpp"
#include "refusal/tiny/lanes.hpp"

#include <cmath>

namespace cw::refusal::tiny {

namespace {

// A head's `Quads * 4` numbers, held in registers.
template <int Quads>
struct Held {
    Quad part[Quads];
};

template <int Quads>
[[gnu::always_inline]] inline Held<Quads> held(float const* from) {
    Held<Quads> row;
    for (int i = 0; i < Quads; ++i) row.part[i] = load(from + 4 * i);
    return row;
}

template <int Quads>
[[gnu::always_inline]] inline float dot_with(Held<Quads> const& row, float const* other) {
    Quad sum = row.part[0] * load(other);
    for (int i = 1; i < Quads; ++i) sum += row.part[i] * load(other + 4 * i);
    return total(sum);
}

template <int Quads>
[[gnu::always_inline]] inline void add_scaled(float* to, Held<Quads> const& row, float factor) {
    for (int i = 0; i < Quads; ++i) store(to + 4 * i, load(to + 4 * i) + row.part[i] * factor);
}

template <int Quads>
void attend_fixed(float* out, float* shares, float const* query, HeadRows const& seen) {
    float const scale = 1.0f / std::sqrt(static_cast<float>(4 * Quads));
    auto const row_at = [&](float const* base, int j) {
        return base + static_cast<std::size_t>(seen.rows[j]) * seen.stride;
    };
    Held<Quads> const q = held<Quads>(query);
    for (int j = 0; j < seen.count; ++j) shares[j] = dot_with<Quads>(q, row_at(seen.keys, j)) * scale;
    int const padded = rounded_up_4(seen.count);
    for (int j = seen.count; j < padded; ++j) shares[j] = -1e30f; // their exponential is 0
    softmax(shares, padded);
    Held<Quads> mixed{};
    for (int j = 0; j < seen.count; ++j) {
        float const* const value = row_at(seen.values, j);
        for (int i = 0; i < Quads; ++i) mixed.part[i] += shares[j] * load(value + 4 * i);
    }
    for (int i = 0; i < Quads; ++i) store(out + 4 * i, mixed.part[i]);
}

// With p = softmax(z):  dp_j = g . v_j,  dz_j = p_j (dp_j - sum_i dp_i p_i),  dq = scale * sum_j dz_j k_j.
template <int Quads>
void attend_backward_fixed(float* query_gradient, float* key_gradients, float* value_gradients, float* scratch,
                           float const* out_gradient, float const* shares, float const* query, HeadRows const& seen) {
    float const scale = 1.0f / std::sqrt(static_cast<float>(4 * Quads));
    Held<Quads> const g = held<Quads>(out_gradient);
    float mean = 0;
    for (int j = 0; j < seen.count; ++j) {
        std::size_t const at = static_cast<std::size_t>(seen.rows[j]) * seen.stride;
        add_scaled<Quads>(value_gradients + at, g, shares[j]);
        scratch[j] = dot_with<Quads>(g, seen.values + at);
        mean += scratch[j] * shares[j];
    }
    Held<Quads> const q = held<Quads>(query);
    Held<Quads> dq = held<Quads>(query_gradient);
    for (int j = 0; j < seen.count; ++j) {
        std::size_t const at = static_cast<std::size_t>(seen.rows[j]) * seen.stride;
        float const dz = shares[j] * (scratch[j] - mean) * scale;
        for (int i = 0; i < Quads; ++i) dq.part[i] += dz * load(seen.keys + at + 4 * i);
        add_scaled<Quads>(key_gradients + at, q, dz);
    }
    for (int i = 0; i < Quads; ++i) store(query_gradient + 4 * i, dq.part[i]);
}

}

void attend(float* out, float* shares, float const* query, HeadRows const& seen, int head_width) {
    switch (head_width) {
        case 4: return attend_fixed<1>(out, shares, query, seen);
        case 8: return attend_fixed<2>(out, shares, query, seen);
        case 16: return attend_fixed<4>(out, shares, query, seen);
        case 32: return attend_fixed<8>(out, shares, query, seen);
        default: CW_UNREACHABLE(); // check(Shape) allows no other
    }
}

void attend_backward(float* query_gradient, float* key_gradients, float* value_gradients, float* scratch,
                     float const* out_gradient, float const* shares, float const* query, HeadRows const& seen,
                     int head_width) {
    auto const run = [&](auto backward) {
        backward(query_gradient, key_gradients, value_gradients, scratch, out_gradient, shares, query, seen);
    };
    switch (head_width) {
        case 4: return run(attend_backward_fixed<1>);
        case 8: return run(attend_backward_fixed<2>);
        case 16: return run(attend_backward_fixed<4>);
        case 32: return run(attend_backward_fixed<8>);
        default: CW_UNREACHABLE();
    }
}

}
