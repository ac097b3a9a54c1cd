#pragma once
// The text in the editor nano: lines, a caret, undo, the cut buffer and the search. It knows no keys and no screen.
// Every change goes through one function that replaces whole lines, which is what undo remembers.
// Limits: nano_bytes and nano_undo in limits.hpp.
//
//   NanoText text("one\ntwo\n");
//   text.insert(U"zero ");
//   text.undo();

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

class NanoText {
  public:
    struct Place {
        std::size_t line = 0, column = 0; // from 0; a column counts characters
        bool operator==(Place const& other) const { return line == other.line && column == other.column; }
    };

    // `utf8` must be valid.
    explicit NanoText(std::string_view utf8);
    // Ends with a newline unless it is empty.
    [[nodiscard]] std::string utf8() const;

    // The last one is empty where the text ends with a newline.
    [[nodiscard]] std::vector<std::u32string> const& lines() const { return lines_; }
    [[nodiscard]] std::size_t line_count() const { return lines_.size() - (lines_.back().empty() ? 1 : 0); }
    [[nodiscard]] Place caret() const { return caret_; }
    [[nodiscard]] bool is_modified() const { return version_ != saved_version_; }
    void mark_saved() { saved_version_ = version_; }

    // --- moving; none of them leaves the text
    void go_to(Place place); // the nearest place there is
    void left();
    void right();
    void word_left();
    void word_right();
    void up(std::size_t count);
    void down(std::size_t count);
    void home();
    void end();
    void first();
    void last();

    // --- changing
    void insert(std::u32string_view text); // without newlines
    void break_line();
    void erase_before();
    void erase_at();
    void cut_line();  // one after the other makes a longer cut
    void copy_line(); // likewise
    void paste();
    bool undo(); // false: there is nothing to undo
    bool redo();

    // To the next place after the caret, from the top again past the end; case does not count. False: none.
    bool find(std::u32string_view wanted);

  private:
    enum class Kind : unsigned char { other, typing, erasing };
    struct Change { // `before` stood at `line`, `after` took its place
        std::size_t line = 0;
        std::vector<std::u32string> before, after;
        Place caret_before, caret_after;
        Kind kind = Kind::other;
        unsigned long version_before = 0, version_after = 0;
    };

    void replace(std::size_t line, std::size_t count, std::vector<std::u32string> after, Place caret,
                 Kind kind = Kind::other);
    void put_lines(std::size_t line, std::size_t count, std::vector<std::u32string> const& lines);
    void take_line(bool remove);
    void moved();

    std::vector<std::u32string> lines_; // at least one
    Place caret_;
    std::size_t wanted_column_ = 0; // that up and down aim at
    std::deque<Change> done_;
    std::vector<Change> undone_;
    std::vector<std::u32string> cut_;
    bool cutting_ = false; // the last action was a cut or a copy of a line
    bool joins_ = false;   // the last change can take the next one of its kind
    unsigned long version_ = 0, saved_version_ = 0, next_version_ = 1;
};

}
