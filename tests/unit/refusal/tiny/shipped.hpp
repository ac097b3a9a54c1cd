#pragma once
// The shipped files, for the tests that need the trained model.

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

inline std::vector<std::uint8_t> shipped_file(std::string const& name) {
    std::ifstream file(std::string(CW_ROOT) + "/assets/lessons/ai012-06/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
