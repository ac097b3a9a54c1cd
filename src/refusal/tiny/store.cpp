#include "refusal/tiny/store.hpp"

#include "ground/assert.hpp"
#include "ground/id.hpp"

#include <array>
#include <cstring>
#include <string_view>

namespace cw::refusal::tiny {

namespace {

constexpr std::array<std::uint8_t, 4> magic{'C', 'W', 'T', '2'};
// Steps to either side of zero. An int8 has room for 127, but the file with 55 is a sixth smaller when compressed, and
// no measurement moves by more than other seeds move it. (31 would take another eighth off; then the run without
// mixed-in text collapses less clearly in the third seed.)
constexpr float grid = 55;
constexpr std::size_t shape_numbers = 6;
constexpr std::size_t header_size = magic.size() + shape_numbers * 2 + 8; // magic, shape as u16, world hash
constexpr std::size_t checksum_size = 8;

std::uint64_t hash_bytes(std::uint8_t const* bytes, std::size_t count) {
    return hash64(std::string_view(reinterpret_cast<char const*>(bytes), count));
}

template <class Number>
void put(std::vector<std::uint8_t>& out, Number number) {
    std::array<std::uint8_t, sizeof(Number)> bytes;
    std::memcpy(bytes.data(), &number, sizeof number);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class Number>
Number take(std::uint8_t const*& from) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    from += sizeof number;
    return number;
}

// Nearest integer, halves away from zero; |x| <= grid.
std::int8_t rounded(float x) { return static_cast<std::int8_t>(x < 0 ? x - 0.5f : x + 0.5f); }

// bfloat16: the upper half of a float32, here of the nearest one (x is positive and far from infinity).
std::uint16_t to_bfloat16(float x) {
    std::uint32_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    return static_cast<std::uint16_t>((bits + 0x8000u) >> 16);
}
float from_bfloat16(std::uint16_t half) {
    std::uint32_t const bits = static_cast<std::uint32_t>(half) << 16;
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

// What one step of the row's grid is worth. As the row's largest number is `grid` steps of a bfloat16, whose product
// with `grid` is an exact float32, the unpacked row has the same step.
std::uint16_t step_of(std::span<float const> row) {
    float most = 0;
    for (float const x : row) {
        float const size = x < 0 ? -x : x;
        most = size > most ? size : most;
    }
    return to_bfloat16(most / grid);
}

// Of the steps and gains, which stand before all codes.
std::size_t numbers_size(Layout const& layout) {
    std::size_t size = 0;
    for (Block const& block : layout.blocks())
        size += block.is_gain ? 4 * block.size() : 2 * static_cast<std::size_t>(block.rows);
    return size;
}

std::size_t file_size(Layout const& layout) {
    std::size_t size = header_size + numbers_size(layout) + checksum_size;
    for (Block const& block : layout.blocks()) size += block.is_gain ? 0 : block.size();
    return size;
}

}

std::vector<std::uint8_t> pack(Shape const& shape, std::span<float const> weights, std::uint64_t world_hash) {
    Layout const layout(shape);
    CW_ASSERT(weights.size() == layout.total);
    std::vector<std::uint8_t> out(magic.begin(), magic.end());
    out.reserve(file_size(layout));
    for (int const number : {shape.vocabulary, shape.width, shape.layers, shape.heads, shape.hidden, shape.positions})
        put(out, static_cast<std::uint16_t>(number));
    put(out, world_hash);
    std::vector<std::int8_t> codes; // behind the steps and gains: what is alike compresses better side by side
    for (Block const& block : layout.blocks()) {
        auto const columns = static_cast<std::size_t>(block.columns);
        for (std::size_t from = block.offset; from < block.offset + block.size(); from += columns) {
            auto const row = weights.subspan(from, columns);
            if (block.is_gain) {
                for (float const x : row) put(out, x);
                continue;
            }
            std::uint16_t const step = step_of(row);
            put(out, step);
            for (float const x : row) codes.push_back(step > 0 ? rounded(x / from_bfloat16(step)) : std::int8_t{0});
        }
    }
    for (std::int8_t const code : codes) put(out, code);
    put(out, hash_bytes(out.data(), out.size()));
    CW_ASSERT(out.size() == file_size(layout));
    return out;
}

Result<Packed> unpack(std::span<std::uint8_t const> file, std::uint64_t world_hash) {
    auto const broken = [](ErrorCode code, char const* message) { return Error{code, "weights", message}; };
    if (file.size() < header_size + checksum_size) return broken(ErrorCode::corrupt, "the file is too short");
    if (std::memcmp(file.data(), magic.data(), magic.size()) != 0)
        return broken(ErrorCode::unsupported, "this is not a file of weights");
    std::uint8_t const* end = file.data() + file.size() - checksum_size;
    if (take<std::uint64_t>(end) != hash_bytes(file.data(), file.size() - checksum_size))
        return broken(ErrorCode::corrupt, "the checksum does not match");
    std::uint8_t const* from = file.data() + magic.size();
    Packed packed;
    Shape& shape = packed.shape;
    for (int* number : {&shape.vocabulary, &shape.width, &shape.layers, &shape.heads, &shape.hidden, &shape.positions})
        *number = take<std::uint16_t>(from);
    CW_TRY(check(shape));
    if (take<std::uint64_t>(from) != world_hash)
        return broken(ErrorCode::unsupported, "the weights were trained in another world of words");
    Layout const layout(shape);
    if (file.size() != file_size(layout)) return broken(ErrorCode::corrupt, "the length does not fit the shape");
    packed.weights.resize(layout.total);
    std::uint8_t const* code = from + numbers_size(layout);
    for (Block const& block : layout.blocks()) {
        float* row = packed.weights.data() + block.offset;
        auto const columns = static_cast<std::size_t>(block.columns);
        for (int r = 0; r < block.rows; ++r, row += columns) {
            float const step = block.is_gain ? 1.0f : from_bfloat16(take<std::uint16_t>(from));
            for (std::size_t c = 0; c < columns; ++c)
                row[c] = block.is_gain ? take<float>(from) : step * static_cast<float>(take<std::int8_t>(code));
        }
    }
    return packed;
}

std::uint64_t hash_of(std::span<float const> weights) {
    return hash_bytes(reinterpret_cast<std::uint8_t const*>(weights.data()), weights.size_bytes());
}

}
