#pragma once
// Stable ids. Authored things are known by the id in the lesson file ("q1"), nodes on screen by a path of such ids
// ("q1/option.b"); both are hashed (FNV-1a) where a number is needed. Never by position, never by label.

#include <cstdint>
#include <string_view>

namespace cw {

constexpr std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325ull) {
    for (char const c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return seed;
}

constexpr std::uint32_t hash32(std::string_view text) {
    std::uint64_t const h = hash64(text);
    return static_cast<std::uint32_t>(h ^ (h >> 32));
}

}
