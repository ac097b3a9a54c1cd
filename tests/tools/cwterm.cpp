// cwterm COLUMNS ROWS: bytes on stdin go to a screen of that size, its rows come out as text, one a line, without
// trailing blanks. Line feeds are taken as they are: a caller that wants a terminal's CR LF writes CR LF.
#include "terminal/screen.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** arguments) {
    int const columns = count == 3 ? std::atoi(arguments[1]) : 0;
    int const rows = count == 3 ? std::atoi(arguments[2]) : 0;
    if (columns < 1 || rows < 1) {
        std::fprintf(stderr, "usage: cwterm COLUMNS ROWS < bytes\n");
        return 2;
    }
    cw::terminal::Screen screen(columns, rows);
    char buffer[65536];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        screen.write(std::string_view(buffer, size));
    for (int row = 0; row < screen.rows(); ++row) std::printf("%s\n", screen.row_text(row).c_str());
    return 0;
}
