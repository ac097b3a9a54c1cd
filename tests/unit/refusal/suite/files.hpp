#pragma once
// The lesson's own suite and the goldens beside it, as the tests read them.

#include "refusal/suite.hpp"

#include <fstream>
#include <iterator>
#include <string>

inline std::string file_text(std::string const& path) {
    std::ifstream file(std::string(CW_ROOT) + "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline cw::refusal::LoadedSuite lesson_suite() {
    return cw::refusal::load_suite(file_text("assets/lessons/ai012-06/prompts.json"));
}
