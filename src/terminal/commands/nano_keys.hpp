#pragma once
// The keyboard of the editor nano: bytes of a terminal in raw mode as whole keys.

#include "terminal/process.hpp"

#include <string>

namespace cw::terminal::commands {

// A character, or one of these above all characters.
enum NanoKey : char32_t {
    key_up = 0x110000,
    key_down,
    key_left,
    key_right,
    key_home,
    key_end,
    key_page_up,
    key_page_down,
    key_delete,
    key_word_left,
    key_word_right,
    key_top,
    key_bottom,
    key_resized, // the screen has another size
    key_ended,   // the terminal is gone
    key_unknown,
    key_alt = 0x200000, // plus the character
};
constexpr char32_t control(char letter) { return static_cast<char32_t>(letter - '@'); }

class NanoKeys {
  public:
    NanoKeys(Process& p, FilePtr terminal) : p_(p), terminal_(std::move(terminal)) {}
    Task<char32_t> next(); // waits for it

  private:
    [[nodiscard]] bool is_incomplete() const;
    Process& p_;
    FilePtr terminal_;
    std::string waiting_;
};

}
