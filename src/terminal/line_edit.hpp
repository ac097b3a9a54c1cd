#pragma once
// The line editor: GNU readline's emacs keys as bash binds them, history, kill ring, undo, incremental search,
// completion, bracketed paste. It edits one line under one prompt and writes escape sequences; it runs nothing, knows
// no screen, and does not decide whether a command is complete. Limits: screen_limits.hpp.
//
//   std::string out;
//   editor.begin("$ ", 0, out);
//   if (editor.key(Key::special(Key::Code::enter), out) == LineEdit::Result::accepted) run(editor.line());
//   screen.write(out);

#include "terminal/key.hpp"
#include "terminal/line_edit_buffer.hpp"
#include "terminal/line_edit_display.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

// What Tab could put in place of the word before the caret.
struct Completions {
    enum class Quote : std::uint8_t { backslash, single, doubled, none };
    struct Item {
        std::string text;   // the whole word, without quotes
        std::string shown;  // in the list of several
        std::string suffix; // after a single match, instead of a closing quote and a blank: "/" for a folder
        bool operator==(Item const& other) const { return text == other.text; }
    };
    std::size_t start = 0; // of the word, quotes included, in bytes of the line
    std::vector<Item> items;
    Quote quote = Quote::backslash;
};

class LineEditHost {
  public:
    virtual ~LineEditHost() = default;
    // Oldest first.
    [[nodiscard]] virtual std::vector<std::string> const& history() const = 0;
    [[nodiscard]] virtual Completions complete(std::string_view line, std::size_t caret) = 0;
};

class LineEdit {
  public:
    enum class Result : std::uint8_t {
        editing,
        accepted,    // Enter: line() is to be run; the cursor is in a new row
        interrupted, // Ctrl-C: the line is dropped
        end_of_file, // Ctrl-D on an empty line
    };

    explicit LineEdit(LineEditHost& host) : host_(host) {}

    // An empty line under `prompt`, at the cursor, which is in column `start_column`.
    void begin(std::string_view prompt, int start_column, std::string& out);
    Result key(Key const& key, std::string& out);
    // Text of an input method: as if typed. Line ends in it are kept as part of the line.
    void text(std::string_view utf8, std::string& out);
    // Pasted text is inserted at once, shown inverse until the next key, and never runs by itself.
    void paste(std::string_view utf8, std::string& out);
    // The line as a text field of the page has it now; `caret` in code points.
    void set_line(std::string_view utf8, std::size_t caret, std::string& out);
    void resize(int columns, int rows);
    // Redraws prompt and line after something else was written above (start_column is the cursor's).
    void redraw(int start_column, std::string& out);

    [[nodiscard]] std::string line() const;
    [[nodiscard]] std::size_t caret() const { return buffer_.caret(); } // in code points
    [[nodiscard]] bool is_searching() const { return search_.active; }
    // Whether the next character is not text of the line: the pattern of a search, or what follows Escape or Ctrl-V.
    [[nodiscard]] bool takes_keys() const { return is_searching() || prefix_ != Prefix::none; }
    // What a key did that the eye sees and the ear must be told: the line after history or completion, the list of
    // completions. Empty after plain typing. Taken once.
    [[nodiscard]] std::string take_spoken();

  private:
    enum class Last : std::uint8_t { other, kill, yank, last_argument, complete };
    enum class Prefix : std::uint8_t { none, escape, control_x, quoted, find_forward, find_backward, show_all };

    Result dispatch(Key const& key, std::string& out);
    Result prefixed(Prefix prefix, Key const& key, std::string& out);
    Result control_key(char32_t character, std::string& out);
    void meta_key(char32_t character, std::string& out);
    Result special_key(Key const& key, std::string& out);
    Result accept(std::string& out);
    Result interrupt(std::string& out);
    void draw(std::string& out);
    void bell(std::string& out) { out += '\a'; }
    void move_caret(std::size_t to, std::string& out);
    void insert(std::u32string_view text, std::string& out);

    // line_edit_commands.cpp
    void kill(std::size_t from, std::size_t to, std::string& out);
    void yank(std::string& out);
    void yank_pop(std::string& out);
    void yank_last_argument(std::string& out);
    void transpose_characters(std::string& out);
    void transpose_words(std::string& out);
    enum class Case : std::uint8_t { upper, lower, capital };
    void change_case(Case to, std::string& out);
    void find_character(char32_t character, bool forward, std::string& out);
    void delete_blanks_around(std::string& out);
    Result delete_or_end(std::string& out);
    void clear_screen(std::string& out);

    // line_edit_history.cpp
    void go_to_history(std::size_t place, std::string& out);
    void previous_line(std::string& out);
    void next_line(std::string& out);
    [[nodiscard]] std::u32string history_line(std::size_t place) const;
    void search_begin(bool forward, std::string& out);
    Result search_key(Key const& key, std::string& out);
    void search_again(bool from_next, std::string& out);
    bool search_from(std::size_t place, std::size_t column, bool skip_same);
    void search_end(bool restore, std::string& out);
    void search_draw(std::string& out);

    // line_edit_complete.cpp
    void complete(std::string& out);
    void list_completions(Completions const& completions, std::string& out);
    void show_list(std::vector<Completions::Item> const& items, std::string& out);
    Result answer_show_all(Key const& key, std::string& out);

    LineEditHost& host_;
    EditBuffer buffer_;
    LineDisplay display_;
    int columns_ = 80, rows_ = 24;
    Last last_ = Last::other, doing_ = Last::other;
    Prefix prefix_ = Prefix::none;
    std::size_t mark_ = 0;
    std::size_t inverse_from_ = 0, inverse_to_ = 0; // a fresh paste

    std::vector<std::u32string> kills_; // oldest first
    bool kill_backward_ = false;
    std::size_t yank_start_ = 0, yank_index_ = 0;
    std::size_t argument_place_ = 0;

    std::size_t place_ = 0; // in the history; its size is the line being written
    std::map<std::size_t, std::u32string> edited_;

    struct Search {
        bool active = false, forward = false, failed = false;
        std::u32string pattern, last_pattern;
        std::size_t match = 0; // where the pattern begins in the line
        std::u32string saved_line;
        std::size_t saved_caret = 0, saved_place = 0;
    } search_;
    std::vector<Completions::Item> asked_items_; // waiting for "Display all ... possibilities?"
    bool completion_changed_ = false; // the last Tab put something in: the next one tries again before it lists
    std::string spoken_;
};

}
