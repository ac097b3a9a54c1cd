#include "refusal/tiny/store.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

TEST_CASE(
    "refusal.tiny.store: packed weights come back within half a grid step, and packing them again changes nothing") {
    Shape const shape;
    auto const weights = initial_weights(shape, 3);
    auto const file = pack(shape, weights, 77);
    auto const read = unpack(file, 77);
    REQUIRE(read.has_value());
    CHECK(read->shape == shape);
    for (Block const& block : Layout(shape).blocks())
        for (int r = 0; r < block.rows; ++r) {
            std::size_t const from = block.offset + static_cast<std::size_t>(r * block.columns);
            float most = 0;
            float worst = 0;
            for (std::size_t i = from; i < from + static_cast<std::size_t>(block.columns); ++i) {
                most = std::max(most, std::fabs(weights[i]));
                worst = std::max(worst, std::fabs(weights[i] - read->weights[i]));
            }
            CHECK(worst <= (block.is_gain ? 0.0f : most * 1.004f / 110.0f));
        }
    CHECK(pack(shape, read->weights, 77) == file);
}

TEST_CASE("refusal.tiny.store: damaged, foreign and cut files are errors") {
    Shape const shape;
    auto const file = pack(shape, initial_weights(shape, 3), 77);
    CHECK(unpack(file, 78).error().code == cw::ErrorCode::unsupported);
    auto flipped = file;
    flipped[5000] ^= 1;
    CHECK(unpack(flipped, 77).error().code == cw::ErrorCode::corrupt);
    auto foreign = file;
    foreign[0] = 'X';
    CHECK(unpack(foreign, 77).error().code == cw::ErrorCode::unsupported);
    for (std::size_t const length : {std::size_t{0}, std::size_t{10}, std::size_t{200}, file.size() - 1})
        CHECK_FALSE(unpack(std::span(file).first(length), 77).has_value());
}

TEST_CASE("refusal.tiny.store: the hash sees a single changed bit") {
    std::vector<float> weights{1.0f, 2.0f};
    auto const before = hash_of(weights);
    weights[1] = std::nextafter(2.0f, 3.0f);
    CHECK(hash_of(weights) != before);
}
