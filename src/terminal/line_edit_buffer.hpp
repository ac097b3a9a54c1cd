#pragma once
// The text of one line being edited: caret, undo, words. It knows no keys and draws nothing. Every change is recorded
// as an insertion or a deletion; undo() takes back the last one, or a whole group. As in readline, characters typed one
// after the other are undone up to 20 at a time, and the caret returns to where the change was.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

class EditBuffer {
  public:
    [[nodiscard]] std::u32string const& text() const { return text_; }
    [[nodiscard]] std::size_t caret() const { return caret_; }
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    void set_caret(std::size_t caret) { caret_ = caret < text_.size() ? caret : text_.size(); }
    // Starts over with this text: nothing to undo, caret at the end.
    void reset(std::u32string_view text);
    // Insert at the caret, which moves past it. `typed` characters join the undo step before them. False if there is
    // no room (limits::line_code_points).
    bool insert(std::u32string_view text);
    bool insert_typed(char32_t character);
    // Removes from..to-1 (in any order) and returns it; the caret goes to its start.
    std::u32string erase(std::size_t from, std::size_t to);
    // The whole text at once, as one undo step.
    bool replace_all(std::u32string_view text, std::size_t caret);

    void begin_group() { ++depth_; }
    void end_group();
    // False if there is nothing to take back.
    bool undo();
    void undo_everything() {
        while (undo()) {}
    }
    [[nodiscard]] bool is_changed() const { return !steps_.empty(); }

    // Neighbouring places for the caret: a combining mark is not one.
    [[nodiscard]] std::size_t next(std::size_t at) const;
    [[nodiscard]] std::size_t previous(std::size_t at) const;
    // readline's words: letters and digits.
    [[nodiscard]] std::size_t word_end(std::size_t at) const;
    [[nodiscard]] std::size_t word_start(std::size_t at) const;
    // The word that Ctrl-W rubs out: up to a blank.
    [[nodiscard]] std::size_t blank_word_start(std::size_t at) const;
    [[nodiscard]] static bool is_word_character(char32_t character);

  private:
    struct Step {
        enum class Kind : unsigned char { insert, erase } kind;
        std::size_t from;
        std::u32string text;
        int group; // steps of the same group (not 0) are undone together
        bool typed;
    };
    void record(Step step);

    std::u32string text_;
    std::size_t caret_ = 0;
    std::vector<Step> steps_;
    int depth_ = 0, group_ = 1;
};

}
