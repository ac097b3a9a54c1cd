#pragma once
// Float lanes as GNU vectors: gcc, clang and emcc turn the same source into SSE, AVX, NEON, WASM SIMD or, without any
// of them, plain scalar code. Every operation is one IEEE operation per lane, so all of those give the same bits; that
// needs -ffp-contract=off and no fast-math. Sums across lanes exist for Quad only, in one fixed order.
// Not here: wider reductions, anything from libm (its results differ between machines).
//
//   Quad sum = load(a) * load(b);   float dot = total(sum);

#include <cstdint>
#include <cstring>

namespace cw::refusal::tiny {

using Quad [[gnu::vector_size(16)]] = float;
using QuadBits [[gnu::vector_size(16)]] = std::uint32_t;

// What matrix products use: the widest register the compiler was told about, up to eight lanes. A product sums each of
// its outputs in one lane, so the width changes the speed and not the result.
constexpr int wide_bytes = __BIGGEST_ALIGNMENT__ >= 32 ? 32 : 16;
constexpr int wide_lanes = wide_bytes / 4;
using Wide [[gnu::vector_size(wide_bytes)]] = float;

template <class Lanes = Quad>
[[gnu::always_inline]] inline Lanes load(float const* from) {
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

template <class Lanes>
[[gnu::always_inline]] inline void store(float* to, Lanes const& lanes) {
    std::memcpy(to, &lanes, sizeof lanes);
}

[[gnu::always_inline]] inline Quad quad_of(float value) { return Quad{value, value, value, value}; }

[[gnu::always_inline]] inline float total(Quad lanes) { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]); }

[[gnu::always_inline]] inline Quad larger(Quad a, Quad b) { return a > b ? a : b; }

[[gnu::always_inline]] inline QuadBits bits_of(Quad lanes) {
    QuadBits bits;
    std::memcpy(&bits, &lanes, sizeof bits);
    return bits;
}

[[gnu::always_inline]] inline Quad quad_from(QuadBits bits) {
    Quad lanes;
    std::memcpy(&lanes, &bits, sizeof lanes);
    return lanes;
}

// e^x to about 2 units in the last place for x <= 88; 0 below -87. Range reduction by powers of two and the degree-5
// polynomial of Cephes expf (Moshier 1992). Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits.
[[gnu::always_inline]] inline Quad exponential(Quad x) {
    QuadBits const in_range = reinterpret_cast<QuadBits>(x >= -87.0f);
    Quad const shifted = x * 1.44269504f + 12582912.0f;
    Quad const power = shifted - 12582912.0f;
    Quad const rest = (x - power * 0.693359375f) - power * -2.12194440e-4f;
    Quad poly = rest * 1.9875691500e-4f + 1.3981999507e-3f;
    poly = poly * rest + 8.3334519073e-3f;
    poly = poly * rest + 4.1665795894e-2f;
    poly = poly * rest + 1.6666665459e-1f;
    poly = poly * rest + 5.0000001201e-1f;
    poly = poly * rest * rest + rest + 1.0f;
    Quad const scale = quad_from((bits_of(shifted) << 23) + 0x3F800000u);
    return quad_from(bits_of(poly * scale) & in_range);
}

}
