// Control sequences: cursor movement, erasing and editing, scroll region, modes and reports. The names in the comments
// are those of "Xterm Control Sequences" (ctlseqs) and of the VT510 manual.
#include "terminal/screen.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal {

void Screen::csi(VtSequence const& sequence) {
    changed_ = true;
    char32_t const preceding = last_printed_;
    last_printed_ = 0;
    if (sequence.intermediate_count > 0) return csi_with_intermediate(sequence);
    if (sequence.prefix != 0) return csi_private(sequence);
    if (sequence.final == 'b') { // REP
        int const width = preceding ? width_of(preceding) : 0;
        int const count = std::min(sequence.count_at(0), columns_ * rows_);
        for (int turn = 0; turn < count && width > 0; ++turn) put(preceding, width);
        return;
    }
    if (csi_cursor(sequence) || csi_edit(sequence)) return;
    switch (sequence.final) {
        case 'c': // DA1
            if (sequence.value_at(0) == 0) report_device(sequence);
            break;
        case 'g': // TBC
            if (sequence.value_at(0) == 0) tabs_[static_cast<std::size_t>(column_)] = false;
            if (sequence.value_at(0) == 3) tabs_.assign(tabs_.size(), 0);
            break;
        case 'h': // SM
        case 'l': // RM
            for (int at = 0; at < sequence.count; ++at) set_mode(sequence.value_at(at), sequence.final == 'h');
            break;
        case 'm': select_graphics(sequence); break;                  // SGR
        case 'n': report_status(sequence.value_at(0), false); break; // DSR
        case 'r': set_region(sequence); break;                       // DECSTBM
        case 's': save_cursor(); break;                              // SCOSC
        case 't':                                                    // XTWINOPS: only the size of the text area is told
            if (sequence.value_at(0) == 18)
                answer("\x1b[8;" + std::to_string(rows_) + ";" + std::to_string(columns_) + "t");
            break;
        case 'u': restore_cursor(); break; // SCORC
        default: changed_ = false;
    }
}

bool Screen::csi_cursor(VtSequence const& sequence) {
    int const count = sequence.count_at(0);
    switch (sequence.final) {
        case 'A': move_rows(-count); return true;              // CUU
        case 'B': move_rows(count); return true;               // CUD
        case 'C':                                              // CUF
        case 'a': move_to(row_, column_ + count); return true; // HPR
        case 'D': back(count); return true;                    // CUB
        case 'E':                                              // CNL
            move_rows(count);
            column_ = 0;
            return true;
        case 'F': // CPL
            move_rows(-count);
            column_ = 0;
            return true;
        case 'G':                                                                            // CHA
        case '`': move_to(row_, count - 1); return true;                                     // HPA
        case 'H':                                                                            // CUP
        case 'f': move_to_origin_relative(count - 1, sequence.count_at(1) - 1); return true; // HVP
        case 'I': tab(count); return true;                                                   // CHT
        case 'Z': tab_back(count); return true;                                              // CBT
        case 'd': move_to_origin_relative(count - 1, column_); return true;                  // VPA
        case 'e': // VPR: unlike CUD it passes the border of the scroll region, except in origin mode
            move_to(std::min(row_ + count, origin_ ? bottom_ : rows_ - 1), column_);
            return true;
        default: return false;
    }
}

bool Screen::csi_edit(VtSequence const& sequence) {
    int const count = sequence.count_at(0);
    switch (sequence.final) {
        case '@': // ICH
            pending_wrap_ = false;
            open_gap(count);
            return true;
        case 'J': erase_display(sequence.value_at(0), Erase::all); return true; // ED
        case 'K': erase_line(sequence.value_at(0), Erase::all); return true;    // EL
        case 'L': insert_lines(count); return true;                             // IL
        case 'M': delete_lines(count); return true;                             // DL
        case 'P': delete_cells(count); return true;                             // DCH
        case 'S': scroll_up(count); return true;                                // SU
        case 'T': // SD. xterm takes a written 0, and more parameters, as mouse tracking.
            if (sequence.count <= 1 && sequence.value_at(0, 1) != 0) scroll_down(count);
            return true;
        case '^': scroll_down(count); return true; // SD, as ECMA-48 first had it
        case 'X':                                  // ECH
            pending_wrap_ = false;
            erase_cells(row_, column_, std::min(column_ + count, columns_), Erase::all);
            return true;
        default: return false;
    }
}

void Screen::csi_private(VtSequence const& sequence) {
    char const prefix = sequence.prefix, final = sequence.final;
    if (prefix == '>' && final == 'c' && sequence.value_at(0) == 0) return report_device(sequence); // DA2
    if (prefix != '?') return;
    switch (final) {
        case 'J': erase_display(sequence.value_at(0), Erase::unguarded); break; // DECSED
        case 'K': erase_line(sequence.value_at(0), Erase::unguarded); break;    // DECSEL
        case 'h':                                                               // DECSET
        case 'l':                                                               // DECRST
            for (int at = 0; at < sequence.count; ++at) set_private_mode(sequence.value_at(at), final == 'h');
            break;
        case 'n': report_status(sequence.value_at(0), true); break; // DECDSR
        default: break;
    }
}

void Screen::csi_with_intermediate(VtSequence const& sequence) {
    int const value = sequence.value_at(0);
    switch (sequence.intermediate()) {
        case '!':
            if (sequence.final == 'p' && sequence.prefix == 0) soft_reset(); // DECSTR
            break;
        case '"':
            if (sequence.final == 'q') pen_.set(Attribute::guarded, value == 1); // DECSCA
            break;
        case '$':
            if (sequence.final == 'p') report_mode(sequence); // DECRQM
            break;
        case ' ':
            if (sequence.final == 'q' && value <= 6) { // DECSCUSR
                look_.shape = value <= 2 ? CursorShape::block : value <= 4 ? CursorShape::underline : CursorShape::bar;
                look_.blinking = value == 0 || value % 2 == 1;
            }
            break;
        default: break;
    }
}

// --- Erasing and editing ---

void Screen::erase_cells(int row, int from, int to, Erase erase) {
    split_wide(row, from);
    split_wide(row, to);
    if (to == columns_) grid().row(row).wrapped = false;
    if (erase == Erase::all) return grid().fill(row, from, to, blank());
    GridRow& line = grid().row(row);
    line.touch(to);
    for (int at = from; at < to; ++at)
        if (!line.cells()[at].is(Attribute::guarded)) line.cells()[at] = blank();
}

void Screen::erase_line(int what, Erase erase) {
    if (what > 2) return;
    pending_wrap_ = false;
    erase_cells(row_, what == 0 ? column_ : 0, what == 1 ? column_ + 1 : columns_, erase);
}

void Screen::erase_display(int what, Erase erase) {
    if (what == 3) return main_.clear_scrollback(); // xterm's own: "erase saved lines"
    if (what > 2) return;
    if (what != 2) erase_line(what, erase);
    int const from = what == 0 ? row_ + 1 : 0;
    int const to = what == 1 ? row_ : rows_;
    for (int row = from; row < to; ++row) erase_cells(row, 0, columns_, erase);
    pending_wrap_ = false;
}

void Screen::delete_cells(int count) {
    pending_wrap_ = false;
    count = std::min(count, columns_ - column_);
    split_wide(row_, column_);
    split_wide(row_, column_ + count);
    GridRow& line = grid().row(row_);
    std::copy(line.cells() + column_ + count, line.cells() + columns_, line.cells() + column_);
    line.wrapped = false;
    line.touch(columns_ - count);
    grid().fill(row_, columns_ - count, columns_, blank());
}

void Screen::insert_lines(int count) {
    if (!in_region()) return;
    grid().scroll_down(row_, bottom_, count, blank());
    column_ = 0;
    pending_wrap_ = false;
}

void Screen::delete_lines(int count) {
    if (!in_region()) return;
    grid().remove_rows(row_, bottom_, count, blank());
    column_ = 0;
    pending_wrap_ = false;
}

// Neither of these moves the cursor, and a pending wrap stays pending.
void Screen::scroll_up(int count) { grid().scroll_up(top_, bottom_, count, blank()); }

void Screen::scroll_down(int count) { grid().scroll_down(top_, bottom_, count, blank()); }

void Screen::set_region(VtSequence const& sequence) {
    int const top = sequence.count_at(0) - 1;
    int const bottom = std::min(sequence.count_at(1, rows_), rows_) - 1;
    if (top >= bottom) return;
    top_ = top;
    bottom_ = bottom;
    move_to_origin_relative(0, 0);
}

// --- Modes ---

void Screen::set_mode(int mode, bool on) {
    if (mode == 4) insert_ = on;   // IRM
    if (mode == 20) newline_ = on; // LNM
}

void Screen::set_private_mode(int mode, bool on) {
    switch (mode) {
        case 1: input_.application_cursor_keys = on; break; // DECCKM
        case 5: screen_inverse_ = on; break;                // DECSCNM
        case 6:                                             // DECOM
            origin_ = on;
            move_to_origin_relative(0, 0);
            break;
        case 7: autowrap_ = on; break;       // DECAWM
        case 12: look_.blinking = on; break; // att610
        case 25: look_.visible = on; break;  // DECTCEM
        case 45: reverse_wrap_ = on; break;
        case 66: input_.application_keypad = on; break; // DECNKM
        case 1004: input_.focus_reports = on; break;
        case 2004: input_.bracketed_paste = on; break;
        case 47: use_alternate(on); break;
        case 1047:
            if (!on && alternate_active_) erase_display(2, Erase::all);
            use_alternate(on);
            break;
        case 1048: on ? save_cursor() : restore_cursor(); break;
        case 1049:
            if (on) save_cursor();
            use_alternate(on);
            if (on)
                erase_display(2, Erase::all);
            else
                restore_cursor();
            break;
        default: break;
    }
}

void Screen::use_alternate(bool on) {
    if (on == alternate_active_) return;
    alternate_active_ = on;
    ++layout_;
}

// DECRQM's answers: 0 unknown, 1 set, 2 reset.
int Screen::private_mode_state(int mode) const {
    auto const state = [](bool on) { return on ? 1 : 2; };
    switch (mode) {
        case 1: return state(input_.application_cursor_keys);
        case 5: return state(screen_inverse_);
        case 6: return state(origin_);
        case 7: return state(autowrap_);
        case 12: return state(look_.blinking);
        case 25: return state(look_.visible);
        case 45: return state(reverse_wrap_);
        case 47:
        case 1047:
        case 1049: return state(alternate_active_);
        case 66: return state(input_.application_keypad);
        case 1004: return state(input_.focus_reports);
        case 2004: return state(input_.bracketed_paste);
        default: return 0;
    }
}

// --- Reports ---

void Screen::answer(std::string_view bytes) {
    if (reply_) reply_(bytes);
}

// A VT220 with ANSI colour: no claim of what is not here (sixel, printer, user keys).
void Screen::report_device(VtSequence const& sequence) {
    answer(sequence.prefix == '>' ? "\x1b[>1;10;0c" : "\x1b[?62;22c");
}

void Screen::report_mode(VtSequence const& sequence) {
    int const mode = sequence.value_at(0);
    int const ansi = mode == 4 ? (insert_ ? 1 : 2) : mode == 20 ? (newline_ ? 1 : 2) : 0;
    bool const is_private = sequence.prefix == '?';
    answer(std::string(is_private ? "\x1b[?" : "\x1b[") + std::to_string(mode) + ";" +
           std::to_string(is_private ? private_mode_state(mode) : ansi) + "$y");
}

void Screen::report_status(int what, bool is_private) {
    if (what == 5 && !is_private) answer("\x1b[0n");
    if (what != 6) return;
    int const row = row_ - (origin_ ? top_ : 0) + 1;
    answer(std::string(is_private ? "\x1b[?" : "\x1b[") + std::to_string(row) + ";" + std::to_string(column_ + 1) +
           (is_private ? ";1R" : "R"));
}

}
