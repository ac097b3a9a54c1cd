#pragma once
// The screen of an xterm: a grid of cells, its scrollback, a cursor and modes, changed by the bytes that programs write
// (ECMA-48, DEC VT100 to VT420 as far as xterm is used, xterm's own OSC and alternate screens). It draws nothing, has
// no clock and runs no program: what a program must hear back (cursor reports) goes to the reply callback. Limits:
// screen_limits.hpp. Not here: left and right margins, rectangles, double-size lines, mouse reports, graphics.
//
//   Screen screen(80, 24);
//   screen.write("\x1b[1mhello\x1b[0m\r\n");
//   screen.row_text(0) == "hello";

#include "terminal/cell.hpp"
#include "terminal/grid.hpp"
#include "terminal/screen_limits.hpp"
#include "terminal/vt.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

enum class CursorShape : std::uint8_t { block, underline, bar };

struct Cursor {
    int row = 0, column = 0;
    CursorShape shape = CursorShape::block;
    bool visible = true;
    bool blinking = true;
};

// What a program asked of the keyboard and the clipboard.
struct InputModes {
    bool application_cursor_keys = false; // DECCKM: arrows send ESC O A
    bool application_keypad = false;      // DECKPAM
    bool bracketed_paste = false;         // mode 2004: pasted text comes between ESC [200~ and ESC [201~
    bool focus_reports = false;           // mode 1004
};

class Screen final : private VtHandler {
  public:
    using Reply = std::function<void(std::string_view bytes)>;

    // Sizes are clamped to 1..max_columns and 1..max_rows; a negative scrollback is none.
    Screen(int columns, int rows, int scrollback = limits::scrollback_rows);

    // Feeds bytes of any length; sequences and UTF-8 may be cut anywhere between two calls.
    void write(std::string_view bytes);
    // Lines of the main screen are wrapped anew, the alternate screen is cut or padded.
    void resize(int columns, int rows);
    // Receives answers to DA, DSR, DECRQM and the like, during write().
    void set_reply(Reply reply) { reply_ = std::move(reply); }
    void clear_scrollback();

    // --- What stands on the screen ---
    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    // Rows above the screen that can be read: row(-1) is the one just above row(0). None on the alternate screen.
    [[nodiscard]] int scrollback() const { return grid().scrollback(); }
    // columns() cells; row from -scrollback() to rows() - 1.
    [[nodiscard]] Cell const* row(int row) const { return grid().row(row).cells(); }
    // True if the line goes on in the next row (it was wrapped, not ended).
    [[nodiscard]] bool is_wrapped(int row) const { return grid().row(row).wrapped; }
    // UTF-8 without trailing blanks.
    [[nodiscard]] std::string row_text(int row) const;
    // The first code point of a cell, 0 for an empty one and for the right half of a wide one.
    [[nodiscard]] char32_t code(Cell const& cell) const;
    // Combining marks after code(); empty for nearly every cell.
    [[nodiscard]] std::u32string_view marks(Cell const& cell) const;
    // Address of a cell's hyperlink (OSC 8), as the program gave it: ask the learner before it is opened.
    [[nodiscard]] std::string_view link_address(std::uint16_t link) const;
    // A number for a row that stays with its text while the screen scrolls (until the next resize).
    [[nodiscard]] std::int64_t line_number(int row) const { return grid().lines_dropped() + scrollback() + row; }
    [[nodiscard]] int row_of_line(std::int64_t line) const {
        return static_cast<int>(line - grid().lines_dropped()) - scrollback();
    }

    [[nodiscard]] Cursor cursor() const;
    [[nodiscard]] std::string const& title() const { return title_; }
    [[nodiscard]] bool is_alternate() const { return alternate_active_; }
    // DECSCNM: dark and light are swapped for the whole screen.
    [[nodiscard]] bool is_inverse() const { return screen_inverse_; }
    [[nodiscard]] InputModes const& input_modes() const { return input_; }
    // How often BEL was received; a change is a flash.
    [[nodiscard]] std::uint32_t bells() const { return bells_; }
    // Changes whenever something that can be seen changed.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }
    // Changes when resize() moved the rows: line numbers from before mean nothing any more.
    [[nodiscard]] std::uint32_t layout() const { return layout_; }

  private:
    enum class Charset : std::uint8_t { ascii, british, graphics };
    enum class Erase : std::uint8_t { all, unguarded };
    // What DECSC keeps.
    struct Saved {
        int row = 0, column = 0;
        bool pending_wrap = false, origin = false, autowrap = true;
        Cell pen;
        Charset charsets[4] = {};
        int active_charset = 0;
    };
    struct Link {
        std::string id, address;
    };

    // VtHandler
    void print(std::string_view ascii) override;
    void print(char32_t code) override;
    void execute(std::uint8_t control) override;
    void escape(VtSequence const& sequence) override;
    void csi(VtSequence const& sequence) override;
    void osc(std::string_view text) override;
    void dcs(VtSequence const& sequence, std::string_view text) override;

    [[nodiscard]] Grid const& grid() const { return alternate_active_ ? alternate_ : main_; }
    [[nodiscard]] Grid& grid() { return alternate_active_ ? alternate_ : main_; }
    [[nodiscard]] Cell blank() const;
    [[nodiscard]] int last_column() const { return columns_ - 1; }
    [[nodiscard]] bool in_region() const { return row_ >= top_ && row_ <= bottom_; }

    // screen.cpp: printing, controls, cursor
    void put(char32_t code, int width);
    void put_mark(char32_t mark);
    void wrap();
    void open_gap(int count);
    void split_wide(int row, int column);
    void move_to(int row, int column);
    void move_to_origin_relative(int row, int column);
    void move_rows(int count);
    void back(int count);
    void index();
    void reverse_index();
    void tab(int count);
    void tab_back(int count);
    void reset_tabs();
    void save_cursor();
    void restore_cursor();
    void designate(int slot, char final);
    [[nodiscard]] char32_t translate(char32_t code);
    void full_reset();
    void soft_reset();
    void show_alignment_pattern();
    void collect_clusters();

    // screen_csi.cpp: sequences
    void csi_private(VtSequence const& sequence);
    void csi_with_intermediate(VtSequence const& sequence);
    bool csi_cursor(VtSequence const& sequence);
    bool csi_edit(VtSequence const& sequence);
    void erase_display(int what, Erase erase);
    void erase_line(int what, Erase erase);
    void erase_cells(int row, int from, int to, Erase erase);
    void delete_cells(int count);
    void insert_lines(int count);
    void delete_lines(int count);
    void scroll_up(int count);
    void scroll_down(int count);
    void set_region(VtSequence const& sequence);
    void set_mode(int mode, bool on);
    void set_private_mode(int mode, bool on);
    [[nodiscard]] int private_mode_state(int mode) const;
    void use_alternate(bool on);
    void report_device(VtSequence const& sequence);
    void report_mode(VtSequence const& sequence);
    void report_status(int what, bool is_private);
    void answer(std::string_view bytes);

    // screen_style.cpp: SGR, OSC 8
    void select_graphics(VtSequence const& sequence);
    void select_one(int what);
    void reset_style();
    int extended_color(VtSequence const& sequence, int at, Color& color) const;
    void set_link(std::string_view text);
    std::uint16_t link_for(std::string_view id, std::string_view address);

    int columns_, rows_;
    Grid main_, alternate_;
    VtParser parser_;
    Reply reply_;

    int row_ = 0, column_ = 0;
    bool pending_wrap_ = false; // the last column was written; the next character goes to the next row
    Cell pen_;                  // colours and attributes for what is printed next
    int top_ = 0, bottom_ = 0;  // scroll region, both inclusive
    bool origin_ = false, autowrap_ = true, reverse_wrap_ = false, insert_ = false, newline_ = false;
    bool alternate_active_ = false, screen_inverse_ = false;
    Charset charsets_[4] = {};
    int active_charset_ = 0, single_shift_ = -1;
    char32_t last_printed_ = 0; // for REP; 0 after anything but a character
    Saved saved_main_, saved_alternate_;
    std::vector<char> tabs_; // not bool: its packed form is 2 KB of code
    Cursor look_;            // shape, visible, blinking; its place is row_ and column_
    InputModes input_;

    std::vector<std::u32string> clusters_;
    std::vector<Link> links_;
    std::uint32_t link_count_ = 0; // links without an id of their own get this number
    std::string title_;
    std::uint32_t bells_ = 0, layout_ = 0;
    std::uint64_t revision_ = 1;
    bool changed_ = false;
};

}
