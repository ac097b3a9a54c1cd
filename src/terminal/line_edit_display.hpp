#pragma once
// Draws a prompt and a line on the terminal and keeps both in step with what changed, with as few escape sequences as
// needed. It only writes bytes; it never reads the screen, and like readline it assumes that nobody else wrote below
// the prompt. Rows are counted from the row in which the prompt began.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

class LineDisplay {
  public:
    // The terminal wrapped its lines anew, ours among them, and its cursor stayed on its character.
    void resize(int columns, int rows, std::size_t caret);
    // A new prompt where the cursor is now; `start_column` is its column. Only the prompt's last line is kept in step.
    void begin(std::string_view prompt, int start_column, std::string& out);
    // Shows the text with the caret before text[caret]. Code points from..to-1 are inverse.
    struct Line {
        std::u32string_view text;
        std::size_t caret = 0;
        std::size_t inverse_from = 0, inverse_to = 0;
    };
    void draw(Line const& line, std::string& out);
    // The same under another prompt (incremental search), which replaces the one before.
    void draw_with_prompt(std::string_view prompt, Line const& line, std::string& out);
    // The cursor leaves the line: to its end and to a new row.
    void finish(std::string& out);
    // Everything is drawn anew by the next draw(), from where the cursor is now.
    void forget(int start_column);
    [[nodiscard]] std::string const& prompt() const { return prompt_; }

  private:
    // One character (or control, shown as ^X), or a whole prompt with escape sequences in it.
    struct Piece {
        std::string bytes;
        int width = 0;
        bool newline = false, inverse = false;
        bool splits = false; // it may go on in the next row, unlike a wide character
        bool operator==(Piece const& other) const {
            return bytes == other.bytes && newline == other.newline && inverse == other.inverse;
        }
    };
    struct Place {
        int row = 0, column = 0;
    };
    [[nodiscard]] static std::vector<Piece> pieces_of(Line const& line);
    [[nodiscard]] static std::vector<Piece> prompt_pieces(std::string_view prompt);
    void show(std::vector<Piece> pieces, std::size_t caret_piece, std::string& out);
    [[nodiscard]] Place after(Place place, Piece const& piece) const;
    [[nodiscard]] std::vector<Place> places_of(std::vector<Piece> const& pieces) const;
    [[nodiscard]] static bool is_after_full_row(std::vector<Piece> const& pieces, std::vector<Place> const& places,
                                                std::size_t at);
    void write_pieces(std::vector<Piece> const& pieces, std::vector<Place> const& places, std::size_t from,
                      std::string& out) const;
    void move(Place to, std::string& out);

    int columns_ = 80, rows_ = 24;
    int start_column_ = 0;
    std::string prompt_;
    std::vector<Piece> shown_;
    std::size_t prompt_size_ = 0; // how many of these are the prompt
    Place cursor_;
    int lowest_row_ = 0; // rows further up than the screen is high have scrolled away
};

}
