#pragma once
// Rows of cells with a scrollback, kept in a ring so that scrolling moves no cells. It knows no cursor, modes or
// sequences. Row 0 is the top of the screen; negative rows are scrollback, -1 the newest.
//
//   Grid grid(80, 24, 1000);
//   grid.scroll_up(0, 23, 1, Cell{}); // row 0 goes to the scrollback, row 23 is blank

#include "ground/assert.hpp"
#include "terminal/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace cw::terminal {

class GridRow {
  public:
    GridRow() = default;
    explicit GridRow(int columns) : cells_(new Cell[static_cast<std::size_t>(columns)]()) {}
    [[nodiscard]] Cell* cells() { return cells_.get(); }
    [[nodiscard]] Cell const* cells() const { return cells_.get(); }
    [[nodiscard]] bool is_allocated() const { return cells_ != nullptr; }

    // Says that cells before `end` may now be other than Cell{}; those after it are not, so that a row of seven
    // characters is cleared in seven steps.
    void touch(int end) {
        if (used < end) used = end;
    }

    int used = 0;
    bool wrapped = false;  // the line goes on in the next row
    bool has_wide = false; // some cell may be half of a wide character

  private:
    std::unique_ptr<Cell[]> cells_;
};

class Grid {
  public:
    Grid(int columns, int rows, int scrollback_limit);

    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int scrollback() const { return scrollback_; }
    [[nodiscard]] int scrollback_limit() const { return scrollback_limit_; }
    // How many rows have left the scrollback at its far end since the last resize.
    [[nodiscard]] std::int64_t lines_dropped() const { return lines_dropped_; }
    [[nodiscard]] GridRow& row(int row) { return ring_[slot(row)]; }
    [[nodiscard]] GridRow const& row(int row) const { return ring_[slot(row)]; }

    // Cells from..to-1 of a row become `fill`.
    void fill(int row, int from, int to, Cell const& cell) { fill(this->row(row), from, to, cell); }
    // Rows top..bottom move up by count; what comes in is `fill`. A region that starts at row 0 feeds the scrollback.
    void scroll_up(int top, int bottom, int count, Cell const& fill);
    // The same without the scrollback: deleted rows are gone.
    void remove_rows(int top, int bottom, int count, Cell const& fill);
    void scroll_down(int top, int bottom, int count, Cell const& fill);
    void clear_scrollback();
    // Cuts or pads every row and the number of rows, at the right and at the bottom; scrollback is lost.
    void crop(int columns, int rows);
    // Wraps all lines anew at the new width and keeps the cursor on its character.
    void reflow(int columns, int rows, int& cursor_row, int& cursor_column);

  private:
    [[nodiscard]] std::size_t slot(int row) const {
        std::size_t const at = first_ + static_cast<std::size_t>(scrollback_ + row);
        return at < ring_.size() ? at : at - ring_.size();
    }
    void blank_row(GridRow& row, Cell const& fill);
    static void fill(GridRow& row, int from, int to, Cell const& fill);

    int columns_, rows_, scrollback_limit_;
    int scrollback_ = 0;
    std::size_t first_ = 0; // slot of the oldest row
    std::int64_t lines_dropped_ = 0;
    std::vector<GridRow> ring_; // scrollback_limit_ + rows_ of them; rows never used have no cells
};

}
