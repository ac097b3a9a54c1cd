// screen_bench TIMES FILE: feeds the file that many times to an 80x24 screen, in pieces of 64 KB. Built natively and,
// for screen.mjs, as WebAssembly.
#include "terminal/screen.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

std::string read_file(char const* path) {
    std::string bytes;
    std::FILE* const file = std::fopen(path, "rb");
    if (!file) return bytes;
    char buffer[65536];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.append(buffer, size);
    std::fclose(file);
    return bytes;
}

}

int main(int count, char** arguments) {
    std::string const bytes = count == 3 ? read_file(arguments[2]) : std::string();
    if (bytes.empty()) {
        std::fprintf(stderr, "usage: screen_bench TIMES FILE\n");
        return 1;
    }
    constexpr std::size_t piece = 65536;
    cw::terminal::Screen screen(80, 24);
    for (int turn = std::atoi(arguments[1]); turn > 0; --turn)
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            screen.write(std::string_view(bytes).substr(at, piece));
    return 0;
}
