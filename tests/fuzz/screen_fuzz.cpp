// Bytes into the screen, with resizes between (0xFE and two bytes of size): where the input is cut makes no difference,
// the cursor stays inside, wide characters stay whole, and every row can be read.
#include "ground/assert.hpp"
#include "ground/text.hpp"
#include "terminal/screen.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace cw::terminal;

void check(Screen const& screen) {
    Cursor const cursor = screen.cursor();
    CW_ASSERT(cursor.row >= 0 && cursor.row < screen.rows());
    CW_ASSERT(cursor.column >= 0 && cursor.column < screen.columns());
    for (int row = -screen.scrollback(); row < screen.rows(); ++row) {
        Cell const* const cells = screen.row(row);
        for (int column = 0; column < screen.columns(); ++column) {
            bool const is_wide = cells[column].width() == 2;
            bool const has_right = column + 1 < screen.columns() && cells[column + 1].width() == 0;
            CW_ASSERT(is_wide == has_right);
        }
        CW_ASSERT(cells[0].width() != 0);
        CW_ASSERT(cw::is_valid_utf8(screen.row_text(row)));
    }
}

std::string text_of(Screen const& screen) {
    std::string text;
    for (int row = -screen.scrollback(); row < screen.rows(); ++row)
        text += screen.row_text(row) + (screen.is_wrapped(row) ? "+" : "\n");
    return text;
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Screen whole(12, 5, 8), pieces(12, 5, 8);
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    while (!rest.empty()) {
        std::size_t const end = std::min(rest.find('\xfe'), rest.size());
        whole.write(rest.substr(0, end));
        for (char const& byte : rest.substr(0, end)) pieces.write(std::string_view(&byte, 1));
        check(whole);
        CW_ASSERT(text_of(whole) == text_of(pieces));
        CW_ASSERT(whole.cursor().column == pieces.cursor().column && whole.cursor().row == pieces.cursor().row);
        if (rest.size() - end < 3) break;
        int const columns = static_cast<unsigned char>(rest[end + 1]) % 30;
        int const rows = static_cast<unsigned char>(rest[end + 2]) % 10;
        whole.resize(columns, rows);
        pieces.resize(columns, rows);
        check(whole);
        rest.remove_prefix(end + 3);
    }
    return 0;
}
