#include "terminal/grid.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

Grid::Grid(int columns, int rows, int scrollback_limit)
    : columns_(columns), rows_(rows), scrollback_limit_(std::max(scrollback_limit, 0)) {
    ring_.resize(static_cast<std::size_t>(scrollback_limit_ + rows_));
    for (int row = 0; row < rows_; ++row) ring_[slot(row)] = GridRow(columns_);
}

void Grid::fill(GridRow& row, int from, int to, Cell const& fill) {
    bool const is_nothing = fill == Cell{};
    int const end = is_nothing ? std::min(to, row.used) : to;
    Cell* const cells = row.cells();
    for (int at = from; at < end; ++at) cells[at] = fill;
    if (!is_nothing)
        row.touch(to);
    else if (to >= row.used)
        row.used = std::min(row.used, from);
}

void Grid::blank_row(GridRow& row, Cell const& fill) {
    if (!row.is_allocated()) row = GridRow(columns_);
    Grid::fill(row, 0, columns_, fill);
    row.wrapped = row.has_wide = false;
}

void Grid::scroll_up(int top, int bottom, int count, Cell const& fill) {
    if (top > 0 || scrollback_limit_ == 0) return remove_rows(top, bottom, count, fill);
    count = std::min(count, bottom + 1);
    for (int turn = 0; turn < count; ++turn) {
        // The whole ring turns by one; rows below the region are put back where they were.
        if (scrollback_ < scrollback_limit_) {
            ++scrollback_;
        } else {
            first_ = first_ + 1 < ring_.size() ? first_ + 1 : 0;
            ++lines_dropped_;
        }
        for (int at = rows_ - 1; at > bottom; --at) std::swap(row(at), row(at - 1));
        blank_row(row(bottom), fill);
    }
}

void Grid::remove_rows(int top, int bottom, int count, Cell const& fill) {
    count = std::min(count, bottom - top + 1);
    for (int turn = 0; turn < count; ++turn) {
        for (int at = top; at < bottom; ++at) std::swap(row(at), row(at + 1));
        blank_row(row(bottom), fill);
    }
}

void Grid::scroll_down(int top, int bottom, int count, Cell const& fill) {
    count = std::min(count, bottom - top + 1);
    for (int turn = 0; turn < count; ++turn) {
        for (int row = bottom; row > top; --row) std::swap(this->row(row), this->row(row - 1));
        blank_row(row(top), fill);
    }
}

void Grid::clear_scrollback() {
    lines_dropped_ += scrollback_;
    first_ = slot(0);
    scrollback_ = 0;
}

void Grid::crop(int columns, int rows) {
    Grid cropped(columns, rows, scrollback_limit_);
    int const kept_columns = std::min(columns, columns_);
    for (int row = 0; row < std::min(rows, rows_); ++row) {
        GridRow& from = this->row(row);
        GridRow& to = cropped.row(row);
        std::copy(from.cells(), from.cells() + kept_columns, to.cells());
        to.has_wide = from.has_wide;
        to.touch(kept_columns);
        // A wide character cut in two is none.
        Cell& last = to.cells()[kept_columns - 1];
        if (last.width() == 2) last = Cell{};
    }
    *this = std::move(cropped);
}

namespace {

// Text between two line ends, as it was before it was wrapped.
struct Line {
    std::vector<Cell> cells;
    bool has_wide = false;
};
// One row of a line at the new width.
struct Span {
    std::size_t line, from, length;
    bool goes_on;
};
struct Place {
    std::size_t line = 0, offset = 0;
};

// Cells of a row that count as text: trailing cells that were never written do not.
int used_columns(GridRow const& row, int columns) {
    int used = std::min(row.used, columns);
    while (used > 0 && row.cells()[used - 1] == Cell{}) --used;
    return used;
}

// How many cells from `at` fit into a row: a wide character is not cut.
std::size_t row_length(std::vector<Cell> const& cells, std::size_t at, std::size_t columns) {
    if (cells.size() - at <= columns) return cells.size() - at;
    return cells[at + columns - 1].width() == 2 && columns > 1 ? columns - 1 : columns;
}

std::vector<Span> spans_of(std::vector<Line> const& lines, int columns) {
    std::vector<Span> spans;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::size_t const size = lines[i].cells.size();
        std::size_t at = 0;
        do {
            std::size_t const length = row_length(lines[i].cells, at, static_cast<std::size_t>(columns));
            spans.push_back({i, at, length, at + length < size});
            at += length;
        } while (at < size);
    }
    return spans;
}

int row_of(std::vector<Span> const& spans, Place place) {
    int found = 0;
    for (std::size_t i = 0; i < spans.size(); ++i)
        if (spans[i].line == place.line && spans[i].from <= place.offset) found = static_cast<int>(i);
    return found;
}

}

void Grid::reflow(int columns, int rows, int& cursor_row, int& cursor_column) {
    // Join rows to lines, and remember where the cursor and the top of the screen are in them. Blank rows below the
    // cursor are not text.
    int last = rows_ - 1;
    while (last > cursor_row && used_columns(row(last), columns_) == 0) --last;
    std::vector<Line> lines;
    Place cursor, top;
    bool continued = false;
    for (int at = -scrollback_; at <= last; ++at) {
        GridRow const& from = row(at);
        if (!continued) lines.emplace_back();
        Line& line = lines.back();
        continued = from.wrapped && at < last;
        int used = continued ? columns_ : used_columns(from, columns_);
        // The gap that a wide character left in the last column is no blank of the text.
        if (continued && from.cells()[columns_ - 1] == Cell{} && row(at + 1).cells()[0].width() == 2) --used;
        std::size_t const start = line.cells.size();
        line.cells.insert(line.cells.end(), from.cells(), from.cells() + used);
        line.has_wide = line.has_wide || from.has_wide;
        if (at == 0) top = {lines.size() - 1, start};
        if (at == cursor_row) {
            cursor = {lines.size() - 1, start + static_cast<std::size_t>(cursor_column)};
            // The cursor's own cell exists in the new layout too, even if nothing was written there.
            if (line.cells.size() <= cursor.offset) line.cells.resize(cursor.offset + 1);
        }
    }

    // One column has no room for a wide character.
    for (Line& line : lines)
        for (Cell& cell : line.cells)
            if (columns < 2 && cell.width() != 1) cell.glyph = 0;

    // A full screen keeps its last row at the bottom; one with room keeps its first row at the top.
    std::vector<Span> const spans = spans_of(lines, columns);
    int const count = static_cast<int>(spans.size());
    int const top_row = last == rows_ - 1 ? 0 : row_of(spans, top);
    int const first = std::max(top_row, count - rows);
    Grid wrapped(columns, rows, scrollback_limit_);
    wrapped.scrollback_ = std::min(first, scrollback_limit_);
    for (int i = first - wrapped.scrollback_; i < count; ++i) {
        Span const& span = spans[static_cast<std::size_t>(i)];
        GridRow& to = wrapped.row(i - first);
        // The ring's slots of the screen moved with the scrollback.
        if (!to.is_allocated()) to = GridRow(columns);
        auto const begin = lines[span.line].cells.begin() + static_cast<std::ptrdiff_t>(span.from);
        std::copy(begin, begin + static_cast<std::ptrdiff_t>(span.length), to.cells());
        to.touch(static_cast<int>(span.length));
        to.wrapped = span.goes_on;
        to.has_wide = lines[span.line].has_wide;
    }
    for (int at = 0; at < rows; ++at)
        if (!wrapped.row(at).is_allocated()) wrapped.row(at) = GridRow(columns);

    int const new_row = row_of(spans, cursor);
    cursor_row = std::clamp(new_row - first, 0, rows - 1);
    cursor_column =
        std::min(static_cast<int>(cursor.offset - spans[static_cast<std::size_t>(new_row)].from), columns - 1);
    *this = std::move(wrapped);
}

}
