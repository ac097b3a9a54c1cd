#pragma once
// Weights as a file: int8 from -55 to 55 with one bfloat16 step per matrix row (gains stay float32): 86 KB for the
// shipped size, a quarter of the floats, and 68 KB when compressed. The bytes carry shape, the World's hash and a
// checksum, so that a wrong or damaged file is an error and never a strange model. Little-endian.
//
//   std::vector<std::uint8_t> const file = pack(shape, weights, world.hash());
//   Packed const model = CW_TRY(unpack(file, world.hash()));

#include "ground/result.hpp"
#include "refusal/tiny/shape.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cw::refusal::tiny {

struct Packed {
    Shape shape;
    std::vector<float> weights;
};

// Rounds each matrix row to steps of its largest magnitude over 55. unpack(pack(w)) gives these floats, and packing
// them again the same file.
[[nodiscard]] std::vector<std::uint8_t> pack(Shape const& shape, std::span<float const> weights,
                                             std::uint64_t world_hash);
// Errors: corrupt (too short, too long, checksum), unsupported (magic, another world, a shape check() refuses).
[[nodiscard]] Result<Packed> unpack(std::span<std::uint8_t const> file, std::uint64_t world_hash);

// FNV-1a of the weights' bits: equal exactly if every weight is.
[[nodiscard]] std::uint64_t hash_of(std::span<float const> weights);

}
