#include "terminal/line_edit_display.hpp"

#include "ground/text.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// Columns that a prompt takes: its escape sequences (and readline's marks \001 and \002 around them) take none.
int prompt_width(std::string_view prompt) {
    int width = 0;
    bool hidden = false;
    for (std::size_t at = 0; at < prompt.size();) {
        char const c = prompt[at];
        if (c == '\001' || c == '\002') {
            hidden = c == '\001';
            ++at;
        } else if (c == '\x1b') {
            ++at;
            if (at < prompt.size() && prompt[at] == '[') {
                ++at;
                while (at < prompt.size() && (prompt[at] < '@' || prompt[at] > '~')) ++at;
            } else if (at < prompt.size() && prompt[at] == ']') {
                while (at < prompt.size() && prompt[at] != '\a' && prompt[at] != '\x1b') ++at;
                if (at < prompt.size() && prompt[at] == '\x1b') ++at;
            }
            if (at < prompt.size()) ++at;
        } else {
            char32_t const code = next_code_point(prompt, at);
            if (!hidden && code >= 0x20 && code != 0x7F) width += width_of(code);
        }
    }
    return width;
}

std::string without_marks(std::string_view prompt) {
    std::string text;
    for (char const c : prompt)
        if (c != '\001' && c != '\002') text += c;
    return text;
}

void move_by(int count, char forward, char backward, std::string& out) {
    if (count == 0) return;
    out += "\x1b[";
    if (count != 1 && count != -1) out += std::to_string(count > 0 ? count : -count);
    out += count > 0 ? forward : backward;
}

}

void LineDisplay::begin(std::string_view prompt, int start_column, std::string& out) {
    // Lines above the last one are written once and never touched again.
    std::size_t const last = prompt.rfind('\n');
    if (last != std::string_view::npos) {
        out += replace_all(without_marks(prompt.substr(0, last + 1)), "\n", "\r\n");
        prompt.remove_prefix(last + 1);
        start_column = 0;
    }
    prompt_ = prompt;
    forget(start_column);
    draw({}, out);
}

void LineDisplay::forget(int start_column) {
    start_column_ = start_column;
    shown_.clear();
    cursor_ = {0, start_column};
    lowest_row_ = 0;
}

void LineDisplay::resize(int columns, int rows, std::size_t caret) {
    columns_ = columns;
    rows_ = rows;
    start_column_ = std::min(start_column_, columns - 1);
    if (shown_.empty()) return;
    std::vector<Place> const places = places_of(shown_);
    cursor_ = places[std::min(prompt_size_ + caret, shown_.size())];
    lowest_row_ = places.back().row;
}

std::vector<LineDisplay::Piece> LineDisplay::pieces_of(Line const& line) {
    std::vector<Piece> pieces;
    pieces.reserve(line.text.size() + 1);
    for (std::size_t at = 0; at < line.text.size(); ++at) {
        char32_t const code = line.text[at];
        Piece piece;
        piece.inverse = at >= line.inverse_from && at < line.inverse_to;
        if (code == U'\n') {
            piece.newline = true;
        } else if (code < 0x20 || code == 0x7F) {
            piece.bytes = {'^', static_cast<char>(code ^ 0x40u)};
            piece.width = 2;
            piece.splits = true;
        } else if (code >= 0x80 && code < 0xA0) {
            piece.bytes = "?";
            piece.width = 1;
        } else {
            piece.width = width_of(code);
            // A mark with nothing before it would join the prompt: it stands on a dotted circle.
            if (piece.width == 0 && (at == 0 || line.text[at - 1] == U'\n')) {
                append_utf8(piece.bytes, U'\u25CC');
                piece.width = 1;
            }
            append_utf8(piece.bytes, code);
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

void LineDisplay::draw(Line const& line, std::string& out) { draw_with_prompt(prompt_, line, out); }

void LineDisplay::draw_with_prompt(std::string_view prompt, Line const& line, std::string& out) {
    std::vector<Piece> pieces = prompt_pieces(prompt);
    std::vector<Piece> const rest = pieces_of(line);
    prompt_size_ = pieces.size();
    pieces.insert(pieces.end(), rest.begin(), rest.end());
    show(std::move(pieces), prompt_size_ + line.caret, out);
}

// Plain text wraps character by character; a prompt with escape sequences in it is one piece.
std::vector<LineDisplay::Piece> LineDisplay::prompt_pieces(std::string_view prompt) {
    if (prompt.find_first_of("\x1b\001\002") == std::string_view::npos) return pieces_of({to_utf32(prompt), 0, 0, 0});
    Piece whole;
    whole.bytes = without_marks(prompt);
    whole.width = prompt_width(prompt);
    whole.splits = true;
    return {whole};
}

// Where the cursor is after a piece; column columns_ is the pending wrap of a full row.
LineDisplay::Place LineDisplay::after(Place place, Piece const& piece) const {
    if (piece.newline) return {place.row + 1, 0};
    int column = place.column + piece.width;
    if (piece.width == 2 && !piece.splits && column > columns_) return {place.row + 1, 2};
    // ^X goes on in the next row, and so may a long prompt.
    int row = place.row;
    while (column > columns_) {
        column -= columns_;
        ++row;
    }
    return {row, column};
}

// The place before each piece, and the one after the last.
std::vector<LineDisplay::Place> LineDisplay::places_of(std::vector<Piece> const& pieces) const {
    std::vector<Place> places;
    places.reserve(pieces.size() + 1);
    places.push_back({0, start_column_});
    for (Piece const& piece : pieces) places.push_back(after(places.back(), piece));
    // A caret never stands behind the last column: it waits in the next row.
    for (Place& place : places)
        if (place.column >= columns_) place = {place.row + 1, 0};
    return places;
}

void LineDisplay::show(std::vector<Piece> pieces, std::size_t caret_piece, std::string& out) {
    std::vector<Place> const old_places = places_of(shown_);
    std::vector<Place> const places = places_of(pieces);
    std::size_t same = 0;
    while (same < pieces.size() && same < shown_.size() && pieces[same] == shown_[same]) ++same;
    // A line end right after a full row takes no row of its own, but the cursor already waits in the next one.
    if (same > 0 && same < pieces.size() && pieces[same].newline && is_after_full_row(pieces, places, same)) --same;
    // A mark belongs to the character before it, which must be written again with or without it.
    auto const is_mark = [](std::vector<Piece> const& of, std::size_t at) {
        return at < of.size() && of[at].width == 0 && !of[at].newline;
    };
    while (same > 0 && (is_mark(pieces, same) || is_mark(shown_, same))) --same;
    if (same < pieces.size() || same < shown_.size()) {
        // Rows that scrolled away cannot be reached: begin with the first that is still there.
        int const first_row = lowest_row_ - rows_ + 1;
        while (same < pieces.size() && places[same].row < first_row) ++same;
        move(places[same], out);
        write_pieces(pieces, places, same, out);
        cursor_ = places.back();
        Place const old_end = old_places.back();
        bool const was_longer =
            old_end.row > cursor_.row || (old_end.row == cursor_.row && old_end.column > cursor_.column);
        if (was_longer && !shown_.empty()) out += "\x1b[J";
        lowest_row_ = std::max(lowest_row_, cursor_.row);
    }
    shown_ = std::move(pieces);
    move(places[std::min(caret_piece, shown_.size())], out);
}

// True if what stands before piece `at` fills its row to the last column, so that the terminal's wrap is pending.
bool LineDisplay::is_after_full_row(std::vector<Piece> const& pieces, std::vector<Place> const& places,
                                    std::size_t at) {
    if (places[at].column != 0 || places[at].row == 0) return false;
    while (at > 1 && pieces[at - 1].width == 0 && !pieces[at - 1].newline) --at; // marks take no column
    return !pieces[at - 1].newline;
}

void LineDisplay::write_pieces(std::vector<Piece> const& pieces, std::vector<Place> const& places, std::size_t from,
                               std::string& out) const {
    bool inverse = false;
    for (std::size_t at = from; at < pieces.size(); ++at) {
        Piece const& piece = pieces[at];
        if (piece.inverse != inverse) out += piece.inverse ? "\x1b[7m" : "\x1b[27m";
        inverse = piece.inverse;
        // A wide character that goes to the next row leaves a gap, where something older may stand.
        if (piece.width == 2 && !piece.splits && places[at].column == columns_ - 1) out += "\x1b[K";
        // A full row has nothing to erase, and wraps only when more is written.
        if (piece.newline)
            out += is_after_full_row(pieces, places, at) ? "\r\n" : "\x1b[K\r\n";
        else
            out += piece.bytes;
        if (at + 1 == pieces.size() && is_after_full_row(pieces, places, at + 1)) out += " \r";
    }
    if (inverse) out += "\x1b[27m";
}

void LineDisplay::move(Place to, std::string& out) {
    if (to.column == 0 && cursor_.column != 0) {
        out += '\r';
        cursor_.column = 0;
    }
    move_by(to.row - cursor_.row, 'B', 'A', out);
    if (to.column < cursor_.column && cursor_.column - to.column <= 4)
        out.append(static_cast<std::size_t>(cursor_.column - to.column), '\b');
    else
        move_by(to.column - cursor_.column, 'C', 'D', out);
    cursor_ = to;
}

void LineDisplay::finish(std::string& out) {
    Place const end = places_of(shown_).back();
    move(end, out);
    // In an empty last row the cursor already is where it should go.
    if (end.row == 0 || end.column > 0) out += "\r\n";
    shown_.clear();
}

}
