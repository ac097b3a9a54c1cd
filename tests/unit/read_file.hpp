#pragma once
// Files of the repo, for tests that read or record them. UPDATE_GOLDEN=1 in the environment rewrites a golden file
// instead of comparing with it.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace cw::test {

// Throws where the file cannot be read: a test's missing input is the test's failure, not an empty text.
inline std::string read_file(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// `path` counts from the repo's root.
inline std::string repo_file(std::string const& path) { return read_file(std::string(CW_ROOT) + "/" + path); }

// The recorded text at `path`, for comparing with `actual`; with UPDATE_GOLDEN=1 it is `actual`, now recorded.
inline std::string golden(std::string const& path, std::string const& actual) {
    std::string const whole = std::string(CW_ROOT) + "/" + path;
    char const* const update = std::getenv("UPDATE_GOLDEN");
    if (update && std::string(update) == "1") std::ofstream(whole, std::ios::binary) << actual;
    return read_file(whole);
}

}
