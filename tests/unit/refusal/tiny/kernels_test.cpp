#include "refusal/tiny/kernels.hpp"

#include "ground/random.hpp"
#include "refusal/tiny/lanes.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

std::vector<float> numbers(std::size_t count, std::uint64_t seed) {
    cw::Random random(seed);
    std::vector<float> list(count);
    for (float& each : list) each = static_cast<float>(random.unit() * 2 - 1);
    return list;
}

}

TEST_CASE("refusal.tiny.kernels: a product equals the plain sum in order of the inner index, to the last bit") {
    for (int const rows : {1, 3, 4, 9})
        for (int const inner : {1, 64, 130, 300})
            for (int const columns : {16, 48}) {
                auto const a = numbers(static_cast<std::size_t>(rows * inner), 1);
                auto const b = numbers(static_cast<std::size_t>(inner * columns), 2);
                auto const start = numbers(static_cast<std::size_t>(rows * columns), 3);
                for (Into const into : {Into::overwrite, Into::accumulate}) {
                    auto out = start;
                    multiply(out.data(), {a.data(), static_cast<std::size_t>(inner), 1}, b.data(), rows, inner, columns,
                             into);
                    bool equal = true;
                    for (int r = 0; r < rows; ++r)
                        for (int c = 0; c < columns; ++c) {
                            auto const at = static_cast<std::size_t>(r * columns + c);
                            float sum = into == Into::accumulate ? start[at] : 0.0f;
                            for (int k = 0; k < inner; ++k) {
                                float const term = a[static_cast<std::size_t>(r * inner + k)] *
                                                   b[static_cast<std::size_t>(k * columns + c)];
                                sum += term;
                            }
                            equal = equal && out[at] == sum;
                        }
                    CHECK(equal);
                }
            }
}

TEST_CASE("refusal.tiny.kernels: swapped strides multiply by the transpose") {
    auto const a = numbers(5 * 20, 4);
    auto const b = numbers(5 * 16, 5);
    std::vector<float> turned(a.size());
    transpose(turned.data(), a.data(), 5, 20);
    std::vector<float> one(20 * 16);
    std::vector<float> two(20 * 16);
    multiply(one.data(), {a.data(), 1, 20}, b.data(), 20, 5, 16, Into::overwrite);
    multiply(two.data(), {turned.data(), 5, 1}, b.data(), 20, 5, 16, Into::overwrite);
    CHECK(one == two);
}

TEST_CASE("refusal.tiny.kernels: our exp and log agree with the library's") {
    for (float x = -90.0f; x < 88.0f; x += 0.37f) {
        float const ours = exponential(quad_of(x))[2];
        double const theirs = x < -87.0f ? 0.0 : std::exp(static_cast<double>(x));
        CHECK(std::fabs(static_cast<double>(ours) - theirs) <= 2.5e-7 * theirs);
    }
    CHECK(exponential(quad_of(-1e30f))[0] == 0.0f);
    for (double x = -699.0; x < 700.0; x += 0.73) CHECK(std::fabs(exponential(x) / std::exp(x) - 1) < 4e-16);
    CHECK(exponential(0.0) == 1.0);
    for (double x = 1e-300; x < 1e300; x *= 3.7)
        CHECK(std::fabs(logarithm(x) - std::log(x)) <= 4e-16 * std::fabs(std::log(x)) + 2e-16);
    CHECK(logarithm(1.0) == 0.0);
}

TEST_CASE("refusal.tiny.kernels: softmax gives probabilities and the log of the sum") {
    std::array<float, 8> row{1.0f, -2.0f, 30.0f, 29.0f, -1e30f, 0.0f, 3.0f, 28.5f};
    auto const logits = row;
    double const log_sum = softmax(row.data(), 8);
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        sum += static_cast<double>(row[i]);
        CHECK(std::fabs(static_cast<double>(row[i]) - std::exp(static_cast<double>(logits[i]) - log_sum)) < 1e-6);
    }
    CHECK(std::fabs(sum - 1) < 1e-6);
    CHECK(row[4] == 0.0f);
}
