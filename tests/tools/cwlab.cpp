#include "cwlab.hpp"

#include "cwlab_tiny.hpp"

#include <cstdio>
#include <string_view>

namespace cw::lab {
namespace {

struct Command {
    char const* name;
    char const* summary;
    int (*run)(int argc, char** argv);
};

constexpr Command commands[] = {
    {"analytic", "one prompt through the equations: JSON on stdin, every quantity as JSON", analytic_main},
    {"suite", "the equations over a prompt suite, and a filter's decisions", suite_main},
    {"tiny", "the little transformer: measurements, training, weight hash", tiny_main},
};

void print_usage(std::FILE* out) {
    std::fputs("usage: cwlab COMMAND [--help] ...\n", out);
    for (Command const& command : commands) std::fprintf(out, "  %-10s%s\n", command.name, command.summary);
}

}

std::string read_standard_input() {
    std::string text;
    char buffer[4096];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) text.append(buffer, size);
    return text;
}

}

int main(int argc, char** argv) {
    std::string_view const name = argc > 1 ? argv[1] : "";
    for (cw::lab::Command const& command : cw::lab::commands) {
        if (name == command.name) return command.run(argc - 1, argv + 1);
    }
    bool const is_asked = name == "--help" || name == "help";
    cw::lab::print_usage(is_asked ? stdout : stderr);
    return is_asked ? 0 : 2;
}
