#pragma once
// The arithmetic under the transformer: matrix product, RMS norm, softmax, exp and log. Single thread, float32, and the
// same bits on every machine: each product sums in order of the inner index, every other sum has one fixed order, and
// exp and log are our own. Matrices are row-major; column counts are multiples of 16 (check(Shape) sees to it).
//
//   multiply(out, {x, 64, 1}, weights, rows, 64, 192, Into::overwrite);   // out[rows,192] = x[rows,64] * w[64,192]

#include <cstddef>

namespace cw::refusal::tiny {

enum class Into { overwrite, accumulate };

// A matrix read in place: element (r, c) is data[r * row_stride + c * column_stride]. Swapped strides transpose it.
struct MatrixView {
    float const* data;
    std::size_t row_stride;
    std::size_t column_stride;
};

// out[rows, columns] = (or +=) left[rows, inner] * right[inner, columns].
void multiply(float* out, MatrixView left, float const* right, int rows, int inner, int columns, Into into);

// out[columns, rows] = in[rows, columns] transposed.
void transpose(float* out, float const* in, int rows, int columns);

// RMSNorm (Zhang, Sennrich 2019, eq. 4): out = x / sqrt(mean(x^2) + 1e-6) * gain, one row of `width` at a time.
// `inverse` receives 1 / sqrt(...) per row, which the backward pass needs.
void normalise(float* out, float* inverse, float const* in, float const* gain, int rows, int width);
// Adds the gradient by the input to `in_gradient` and by the gain to `gain_gradient`.
void normalise_backward(float* in_gradient, float* gain_gradient, float const* out_gradient, float const* in,
                        float const* inverse, float const* gain, int rows, int width);

// Turns `count` logits (a multiple of 4) into probabilities in place; returns log(sum(exp(logits))).
double softmax(float* logits, int count);

float dot(float const* a, float const* b, int count); // count a multiple of 4

double exponential(double x); // 0 below -700, capped above 700
double logarithm(double x);   // x > 0

}
