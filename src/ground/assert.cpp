#include "ground/assert.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace cw {

namespace {
AssertHook installed_hook = nullptr; // the one process-wide setting: an assertion can fail where no App is in reach
}

void set_assert_hook(AssertHook hook) { installed_hook = hook; }

void assertion_failed(char const* expression, char const* file, int line) {
    if (installed_hook)
        installed_hook(expression, file, line);
    else
        // Not fprintf: the training worker's module has no other use for formatting.
        std::fputs(
            (std::string(file) + ":" + std::to_string(line) + ": assertion failed: " + expression + "\n").c_str(),
            stderr);
    std::abort();
}

}
