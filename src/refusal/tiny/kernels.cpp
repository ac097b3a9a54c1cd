#include "refusal/tiny/kernels.hpp"

#include "refusal/tiny/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace cw::refusal::tiny {

namespace {

constexpr int tile_columns = 2 * wide_lanes;
// How much of the inner index one pass covers: a tile of `right` this tall stays in the first-level cache.
constexpr int inner_pass = 128;

// Rows x tile_columns outputs, held in registers while the inner index runs.
template <int Rows>
[[gnu::always_inline]] inline void multiply_tile(float* out, std::size_t out_stride, MatrixView left,
                                                 float const* right, std::size_t right_stride, int inner, Into into) {
    Wide low[Rows];
    Wide high[Rows];
    for (int r = 0; r < Rows; ++r) {
        float const* const from = out + static_cast<std::size_t>(r) * out_stride;
        low[r] = into == Into::accumulate ? load<Wide>(from) : Wide{};
        high[r] = into == Into::accumulate ? load<Wide>(from + wide_lanes) : Wide{};
    }
    float const* column = left.data;
    for (int k = 0; k < inner; ++k) {
        Wide const right_low = load<Wide>(right);
        Wide const right_high = load<Wide>(right + wide_lanes);
        for (int r = 0; r < Rows; ++r) {
            float const factor = column[static_cast<std::size_t>(r) * left.row_stride];
            low[r] += factor * right_low;
            high[r] += factor * right_high;
        }
        right += right_stride;
        column += left.column_stride;
    }
    for (int r = 0; r < Rows; ++r) {
        float* const to = out + static_cast<std::size_t>(r) * out_stride;
        store(to, low[r]);
        store(to + wide_lanes, high[r]);
    }
}

}

void multiply(float* out, MatrixView left, float const* right, int rows, int inner, int columns, Into into) {
    auto const stride = static_cast<std::size_t>(columns);
    for (int from = 0; from < inner || from == 0; from += inner_pass) {
        int const pass = inner - from < inner_pass ? inner - from : inner_pass;
        Into const pass_into = from > 0 ? Into::accumulate : into;
        float const* const left_pass = left.data + static_cast<std::size_t>(from) * left.column_stride;
        float const* const right_pass = right + static_cast<std::size_t>(from) * stride;
        for (int column = 0; column < columns; column += tile_columns) {
            int row = 0;
            auto const at = [&](int r) {
                return MatrixView{left_pass + static_cast<std::size_t>(r) * left.row_stride, left.row_stride,
                                  left.column_stride};
            };
            for (; row + 4 <= rows; row += 4)
                multiply_tile<4>(out + static_cast<std::size_t>(row) * stride + column, stride, at(row),
                                 right_pass + column, stride, pass, pass_into);
            for (; row < rows; ++row)
                multiply_tile<1>(out + static_cast<std::size_t>(row) * stride + column, stride, at(row),
                                 right_pass + column, stride, pass, pass_into);
        }
    }
}

void transpose(float* out, float const* in, int rows, int columns) {
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c)
            out[static_cast<std::size_t>(c) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(r)] = *in++;
}

float dot(float const* a, float const* b, int count) {
    Quad sum{};
    for (int i = 0; i < count; i += 4) sum += load(a + i) * load(b + i);
    return total(sum);
}

void normalise(float* out, float* inverse, float const* in, float const* gain, int rows, int width) {
    for (int r = 0; r < rows; ++r) {
        float const scale = 1.0f / std::sqrt(dot(in, in, width) / static_cast<float>(width) + 1e-6f);
        inverse[r] = scale;
        for (int c = 0; c < width; c += 4) store(out + c, load(in + c) * scale * load(gain + c));
        in += width;
        out += width;
    }
}

// With s = 1/rms:  d in_j = s * gain_j * g_j - in_j * s^3 / width * sum_i(g_i * gain_i * in_i);  d gain_j = g_j * in_j
// * s.
void normalise_backward(float* in_gradient, float* gain_gradient, float const* out_gradient, float const* in,
                        float const* inverse, float const* gain, int rows, int width) {
    for (int r = 0; r < rows; ++r) {
        float const scale = inverse[r];
        Quad sum{};
        for (int c = 0; c < width; c += 4) {
            Quad const by_input = load(out_gradient + c) * load(in + c);
            sum += by_input * load(gain + c);
            store(gain_gradient + c, load(gain_gradient + c) + by_input * scale);
        }
        float const pull = total(sum) * scale * scale * scale / static_cast<float>(width);
        for (int c = 0; c < width; c += 4) {
            Quad const direct = load(out_gradient + c) * load(gain + c) * scale;
            store(in_gradient + c, load(in_gradient + c) + (direct - load(in + c) * pull));
        }
        in += width;
        in_gradient += width;
        out_gradient += width;
    }
}

double softmax(float* logits, int count) {
    Quad tops = load(logits);
    for (int i = 4; i < count; i += 4) tops = larger(tops, load(logits + i));
    float const top = std::max(std::max(tops[0], tops[1]), std::max(tops[2], tops[3]));
    Quad sum{};
    for (int i = 0; i < count; i += 4) {
        Quad const lifted = exponential(load(logits + i) - top);
        store(logits + i, lifted);
        sum += lifted;
    }
    float const all = total(sum);
    float const share = 1.0f / all;
    for (int i = 0; i < count; i += 4) store(logits + i, load(logits + i) * share);
    return static_cast<double>(top) + logarithm(static_cast<double>(all));
}

double exponential(double x) {
    if (x < -700.0) return 0.0;
    if (x > 700.0) x = 700.0;
    double const shifted = x * 1.4426950408889634 + 6755399441055744.0; // 1.5 * 2^52: rounds to an integer
    double const power = shifted - 6755399441055744.0;
    double const rest = (x - power * 6.93147180369123816490e-01) - power * 1.90821492927058770002e-10;
    double sum = 1.0; // Taylor's series by Horner; |rest| < 0.35, so 14 terms reach the last bit
    for (int term = 14; term >= 1; --term) sum = sum * rest / term + 1.0;
    auto const exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(power) + 1023) << 52;
    double scale;
    std::memcpy(&scale, &exponent, sizeof scale);
    return sum * scale;
}

// log x = e log 2 + 2 atanh((m - 1)/(m + 1)) for x = m 2^e with m in [sqrt(1/2), sqrt(2)).
double logarithm(double x) {
    int exponent = 0;
    double mantissa = std::frexp(x, &exponent); // exact, so libm may do it
    if (mantissa < 0.70710678118654752) {
        mantissa *= 2;
        --exponent;
    }
    double const t = (mantissa - 1) / (mantissa + 1);
    double series = 0;
    for (int k = 21; k >= 1; k -= 2) series = series * t * t + 1.0 / k;
    return 2 * t * series + exponent * 0.69314718055994531;
}

}
