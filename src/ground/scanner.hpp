#pragma once
// A cursor over text, for hand-written readers (markup, lexers). It never reads past the end: peek() is 0 there.
//
//   Scanner in("**bold**");
//   if (in.consume("**")) auto const inner = in.until("**");

#include <cstddef>
#include <string_view>

namespace cw {

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t position() const { return at_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] bool next_is(std::string_view word) const { return rest().substr(0, word.size()) == word; }
    void seek(std::size_t position) { at_ = position < text_.size() ? position : text_.size(); }
    char take() { return done() ? '\0' : text_[at_++]; }
    bool consume(std::string_view word) {
        if (!next_is(word)) return false;
        at_ += word.size();
        return true;
    }
    // The text before `word`, and the cursor past it; nothing is taken (and an empty view returned) if it does not
    // come.
    std::string_view until(std::string_view word) {
        std::size_t const end = text_.find(word, at_);
        if (end == std::string_view::npos) return {};
        std::string_view const found = text_.substr(at_, end - at_);
        at_ = end + word.size();
        return found;
    }
    template <class Predicate>
    std::string_view take_while(Predicate is_wanted) {
        std::size_t const from = at_;
        while (!done() && is_wanted(text_[at_])) ++at_;
        return text_.substr(from, at_ - from);
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}
