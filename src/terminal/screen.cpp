// Printing, control characters, escape sequences without parameters, and the cursor. Sequences with parameters are in
// screen_csi.cpp, colours and links in screen_style.cpp.
#include "terminal/screen.hpp"

#include "ground/text.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

constexpr int tab_width = 8;

// DEC special graphics, 0x5F to 0x7E (VT100 User Guide, table 3-9).
constexpr char32_t dec_graphics[] = {
    U' ',      U'\u25C6', U'\u2592', U'\u2409', U'\u240C', U'\u240D', U'\u240A', U'\u00B0',
    U'\u00B1', U'\u2424', U'\u240B', U'\u2518', U'\u2510', U'\u250C', U'\u2514', U'\u253C',
    U'\u23BA', U'\u23BB', U'\u2500', U'\u23BC', U'\u23BD', U'\u251C', U'\u2524', U'\u2534',
    U'\u252C', U'\u2502', U'\u2264', U'\u2265', U'\u03C0', U'\u2260', U'\u00A3', U'\u00B7',
};

}

Screen::Screen(int columns, int rows, int scrollback)
    : columns_(std::clamp(columns, 1, limits::max_columns)),
      rows_(std::clamp(rows, 1, limits::max_rows)),
      main_(columns_, rows_, scrollback),
      alternate_(columns_, rows_, 0) {
    bottom_ = rows_ - 1;
    reset_tabs();
}

void Screen::write(std::string_view bytes) {
    parser_.feed(bytes, *this);
    if (changed_) ++revision_;
    changed_ = false;
}

void Screen::resize(int columns, int rows) {
    columns = std::clamp(columns, 1, limits::max_columns);
    rows = std::clamp(rows, 1, limits::max_rows);
    if (columns == columns_ && rows == rows_) return;
    int const full_column = column_ + (pending_wrap_ ? 1 : 0);
    if (alternate_active_) {
        main_.reflow(columns, rows, saved_main_.row, saved_main_.column);
        alternate_.crop(columns, rows);
    } else {
        column_ = full_column;
        main_.reflow(columns, rows, row_, column_);
        alternate_ = Grid(columns, rows, 0);
    }
    columns_ = columns;
    rows_ = rows;
    for (Saved* saved : {&saved_main_, &saved_alternate_}) {
        saved->row = std::min(saved->row, rows - 1);
        saved->column = std::min(saved->column, columns - 1);
    }
    row_ = std::min(row_, rows - 1);
    column_ = std::min(column_, columns - 1);
    pending_wrap_ = false;
    top_ = 0;
    bottom_ = rows - 1;
    for (auto at = tabs_.size(); at < static_cast<std::size_t>(columns); ++at) tabs_.push_back(at % tab_width == 0);
    ++layout_;
    ++revision_;
}

void Screen::clear_scrollback() {
    main_.clear_scrollback();
    changed_ = true;
    write({});
}

std::string Screen::row_text(int row) const {
    Cell const* const cells = this->row(row);
    int used = grid().row(row).used;
    while (used > 0 && cells[used - 1].is_blank()) --used;
    std::string text;
    for (int at = 0; at < used; ++at) {
        if (cells[at].width() == 0) continue;
        char32_t const first = code(cells[at]);
        append_utf8(text, first ? first : U' ');
        for (char32_t const mark : marks(cells[at])) append_utf8(text, mark);
    }
    return text;
}

char32_t Screen::code(Cell const& cell) const {
    if (cell.width() == 0) return 0;
    std::uint32_t const value = cell.glyph & Cell::code_mask;
    return cell.is_cluster() ? clusters_[value][0] : value;
}

std::u32string_view Screen::marks(Cell const& cell) const {
    if (!cell.is_cluster()) return {};
    return std::u32string_view(clusters_[cell.glyph & Cell::code_mask]).substr(1);
}

Cursor Screen::cursor() const {
    Cursor cursor = look_;
    cursor.row = row_;
    cursor.column = column_;
    return cursor;
}

// Erased cells take the current background, as in xterm (bce).
Cell Screen::blank() const {
    Cell cell;
    cell.background = pen_.background;
    return cell;
}

// --- Printing ---

void Screen::print(std::string_view ascii) {
    changed_ = true;
    if (insert_ || single_shift_ >= 0 || charsets_[active_charset_] != Charset::ascii) {
        for (char const c : ascii) print(static_cast<char32_t>(c));
        return;
    }
    last_printed_ = static_cast<unsigned char>(ascii.back());
    Cell cell = pen_;
    while (!ascii.empty()) {
        if (pending_wrap_) wrap();
        GridRow& line = grid().row(row_);
        auto const count = std::min(static_cast<std::size_t>(columns_ - column_), ascii.size());
        if (line.has_wide) {
            split_wide(row_, column_);
            split_wide(row_, column_ + static_cast<int>(count));
        }
        Cell* const to = line.cells() + column_;
        char const* const from = ascii.data();
        for (std::size_t at = 0; at < count; ++at) {
            cell.glyph = static_cast<unsigned char>(from[at]);
            to[at] = cell;
        }
        ascii.remove_prefix(count);
        column_ += static_cast<int>(count);
        line.touch(column_);
        if (column_ == columns_) {
            --column_;
            pending_wrap_ = true;
        }
    }
}

void Screen::print(char32_t code) {
    changed_ = true;
    code = translate(code);
    int const width = width_of(code);
    if (width == 0) return put_mark(code);
    last_printed_ = code;
    put(code, width);
}

void Screen::put(char32_t code, int width) {
    if (pending_wrap_) wrap();
    if (width == 2 && column_ == last_column()) {
        if (!autowrap_ || columns_ < 2) return;
        wrap();
    }
    if (insert_) open_gap(width);
    GridRow& line = grid().row(row_);
    if (line.has_wide) {
        split_wide(row_, column_);
        split_wide(row_, column_ + width);
    }
    Cell* const to = line.cells() + column_;
    to[0] = pen_;
    to[0].glyph = code;
    if (width == 2) {
        to[0].glyph |= Cell::wide_flag;
        to[1] = pen_;
        to[1].glyph = Cell::right_flag;
        line.has_wide = true;
    }
    column_ += width;
    line.touch(column_);
    if (column_ == columns_) {
        --column_;
        pending_wrap_ = true;
    }
}

// A combining mark joins the character before the cursor.
void Screen::put_mark(char32_t mark) {
    int at = pending_wrap_ ? column_ : column_ - 1;
    Cell* const cells = grid().row(row_).cells();
    if (at > 0 && cells[at].width() == 0) --at;
    if (at < 0 || cells[at].glyph == 0) return;
    Cell& cell = cells[at];
    std::u32string cluster;
    if (cell.is_cluster())
        cluster = clusters_[cell.glyph & Cell::code_mask];
    else
        cluster.push_back(cell.glyph & Cell::code_mask);
    if (cluster.size() > limits::marks_on_a_cell) return;
    cluster.push_back(mark);
    std::uint32_t index = 0;
    while (index < clusters_.size() && clusters_[index] != cluster) ++index;
    if (index == clusters_.size()) {
        if (clusters_.size() >= limits::clusters) {
            collect_clusters();
            index = static_cast<std::uint32_t>(clusters_.size());
            if (clusters_.size() >= limits::clusters) return;
        }
        clusters_.push_back(std::move(cluster));
    }
    cell.glyph = index | Cell::cluster_flag | (cell.glyph & Cell::wide_flag);
}

// Drops clusters that no cell shows any more.
void Screen::collect_clusters() {
    std::vector<std::uint32_t> moved(clusters_.size(), 0);
    std::vector<std::u32string> kept;
    for (Grid* const grid : {&main_, &alternate_}) {
        for (int row = -grid->scrollback(); row < grid->rows(); ++row) {
            Cell* const cells = grid->row(row).cells();
            for (int at = 0; at < columns_; ++at) {
                if (!cells[at].is_cluster()) continue;
                std::uint32_t const old = cells[at].glyph & Cell::code_mask;
                if (moved[old] == 0) {
                    kept.push_back(clusters_[old]);
                    moved[old] = static_cast<std::uint32_t>(kept.size());
                }
                cells[at].glyph = (cells[at].glyph & ~Cell::code_mask) | (moved[old] - 1);
            }
        }
    }
    clusters_ = std::move(kept);
}

void Screen::wrap() {
    pending_wrap_ = false;
    if (!autowrap_) return;
    grid().row(row_).wrapped = true;
    index();
    column_ = 0;
}

// Moves the rest of the row right by `count` cells; what leaves it is lost. The gap is blank.
void Screen::open_gap(int count) {
    count = std::min(count, columns_ - column_);
    split_wide(row_, column_);
    split_wide(row_, columns_ - count);
    GridRow& line = grid().row(row_);
    std::copy_backward(line.cells() + column_, line.cells() + columns_ - count, line.cells() + columns_);
    line.touch(columns_);
    grid().fill(row_, column_, column_ + count, blank());
}

// If a wide character spans the border before `column`, both its halves become blanks.
void Screen::split_wide(int row, int column) {
    GridRow& line = grid().row(row);
    if (!line.has_wide || column <= 0 || column >= columns_) return;
    Cell* const cells = line.cells();
    if (cells[column].width() != 0) return;
    cells[column].glyph = cells[column - 1].glyph = 0;
}

// Character sets of 94 take the place of 0x21 to 0x7E, whole Unicode that of everything else.
char32_t Screen::translate(char32_t code) {
    Charset const charset = charsets_[single_shift_ >= 0 ? single_shift_ : active_charset_];
    single_shift_ = -1;
    if (charset == Charset::graphics && code >= 0x5F && code <= 0x7E) return dec_graphics[code - 0x5F];
    if (charset == Charset::british && code == U'#') return U'\u00A3';
    return code;
}

// --- Controls ---

void Screen::execute(std::uint8_t control) {
    last_printed_ = 0;
    changed_ = true;
    switch (control) {
        case 0x07: ++bells_; break;
        case 0x08: back(1); break;
        case 0x09: tab(1); break;
        case 0x0A:
        case 0x0B:
        case 0x0C:
            index();
            if (newline_) column_ = 0;
            break;
        case 0x0D:
            column_ = 0;
            pending_wrap_ = false;
            break;
        case 0x0E: active_charset_ = 1; break;
        case 0x0F: active_charset_ = 0; break;
        case 0x84: index(); break;
        case 0x85:
            index();
            column_ = 0;
            break;
        case 0x88: tabs_[static_cast<std::size_t>(column_)] = true; break;
        case 0x8D: reverse_index(); break;
        case 0x8E: single_shift_ = 2; break;
        case 0x8F: single_shift_ = 3; break;
        case 0x9A: report_device({}); break;
        default: changed_ = false;
    }
}

void Screen::escape(VtSequence const& sequence) {
    last_printed_ = 0;
    changed_ = true;
    char const final = sequence.final;
    if (sequence.intermediate_count > 0) {
        switch (sequence.intermediate()) {
            case '#':
                if (final == '8') show_alignment_pattern();
                break;
            case '(': designate(0, final); break;
            case ')': designate(1, final); break;
            case '*': designate(2, final); break;
            case '+': designate(3, final); break;
            default: break;
        }
        return;
    }
    // ESC with 0x40 to 0x5F is the 7-bit form of C1.
    if (final >= '@' && final <= '_') return execute(static_cast<std::uint8_t>(final + 0x40));
    switch (final) {
        case '7': save_cursor(); break;
        case '8': restore_cursor(); break;
        case '=': input_.application_keypad = true; break;
        case '>': input_.application_keypad = false; break;
        case 'c': full_reset(); break;
        case 'n': active_charset_ = 2; break;
        case 'o': active_charset_ = 3; break;
        default: break;
    }
}

void Screen::designate(int slot, char final) {
    charsets_[slot] = final == '0' ? Charset::graphics : final == 'A' ? Charset::british : Charset::ascii;
}

// --- Cursor ---

void Screen::move_to(int row, int column) {
    row_ = std::clamp(row, 0, rows_ - 1);
    column_ = std::clamp(column, 0, last_column());
    pending_wrap_ = false;
}

void Screen::move_to_origin_relative(int row, int column) {
    if (origin_)
        move_to(std::min(row + top_, bottom_), column);
    else
        move_to(row, column);
}

// Up (negative) or down, not past the border of the scroll region that the cursor stands in or before.
void Screen::move_rows(int count) {
    int const highest = row_ >= top_ ? top_ : 0;
    int const lowest = row_ <= bottom_ ? bottom_ : rows_ - 1;
    move_to(std::clamp(row_ + count, highest, lowest), column_);
}

void Screen::back(int count) {
    if (!reverse_wrap_ || !autowrap_) return move_to(row_, column_ - std::min(count, column_));
    // xterm's reverse wrap (mode 45): past the left border lies the end of the row above, and above the first row the
    // last one of the scroll region. A pending wrap counts as one.
    if (pending_wrap_) --count;
    int const first = in_region() ? top_ : 0;
    int const cells = columns_ * (in_region() ? bottom_ - top_ + 1 : rows_);
    int const place = ((row_ - first) * columns_ + column_ - count % cells + cells) % cells;
    move_to(first + place / columns_, place % columns_);
}

void Screen::index() {
    pending_wrap_ = false;
    if (row_ == bottom_)
        grid().scroll_up(top_, bottom_, 1, blank());
    else if (row_ < rows_ - 1)
        ++row_;
}

void Screen::reverse_index() {
    pending_wrap_ = false;
    if (row_ == top_)
        grid().scroll_down(top_, bottom_, 1, blank());
    else if (row_ > 0)
        --row_;
}

// A pending wrap stays pending: at the last column there is nowhere to go.
void Screen::tab(int count) {
    for (; count > 0 && column_ < last_column(); --count) {
        do ++column_;
        while (column_ < last_column() && !tabs_[static_cast<std::size_t>(column_)]);
    }
}

// Here too xterm keeps a pending wrap, although the cursor leaves the last column.
void Screen::tab_back(int count) {
    for (; count > 0 && column_ > 0; --count) {
        do --column_;
        while (column_ > 0 && !tabs_[static_cast<std::size_t>(column_)]);
    }
}

void Screen::reset_tabs() {
    tabs_.resize(static_cast<std::size_t>(columns_));
    for (std::size_t at = 0; at < tabs_.size(); ++at) tabs_[at] = at % tab_width == 0;
}

void Screen::save_cursor() {
    Saved& saved = alternate_active_ ? saved_alternate_ : saved_main_;
    saved = {row_, column_, pending_wrap_, origin_, autowrap_, pen_, {}, active_charset_};
    std::copy(charsets_, charsets_ + 4, saved.charsets);
}

void Screen::restore_cursor() {
    Saved const& saved = alternate_active_ ? saved_alternate_ : saved_main_;
    origin_ = saved.origin;
    move_to(saved.row, saved.column);
    pending_wrap_ = saved.pending_wrap;
    pen_ = saved.pen;
    std::copy(saved.charsets, saved.charsets + 4, charsets_);
    active_charset_ = saved.active_charset;
}

// --- Resets ---

void Screen::full_reset() {
    Screen fresh(columns_, rows_, main_.scrollback_limit());
    fresh.parser_ = std::move(parser_); // it is in the middle of feeding us
    fresh.reply_ = std::move(reply_);
    fresh.title_ = std::move(title_);
    fresh.bells_ = bells_;
    fresh.revision_ = revision_;
    fresh.layout_ = layout_ + 1;
    fresh.changed_ = true;
    *this = std::move(fresh);
}

// DECSTR (VT220 Programmer Reference, table 4-10).
void Screen::soft_reset() {
    look_.visible = true;
    insert_ = origin_ = false;
    autowrap_ = true;
    reverse_wrap_ = false;
    input_.application_cursor_keys = input_.application_keypad = false;
    top_ = 0;
    bottom_ = rows_ - 1;
    pen_ = {};
    std::fill(charsets_, charsets_ + 4, Charset::ascii);
    active_charset_ = 0;
    (alternate_active_ ? saved_alternate_ : saved_main_) = {};
}

// DECALN: a screen of E, margins gone.
void Screen::show_alignment_pattern() {
    top_ = 0;
    bottom_ = rows_ - 1;
    origin_ = false;
    move_to(0, 0);
    Cell cell;
    cell.glyph = U'E';
    for (int row = 0; row < rows_; ++row) {
        grid().fill(row, 0, columns_, cell);
        grid().row(row).wrapped = false;
    }
}

}
