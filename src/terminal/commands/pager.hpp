#pragma once
// Shows a text a screen at a time on the terminal's alternate screen: space and b, arrows, g and G, / n N to search,
// q to leave. The keys come from the terminal, whatever stdin is. Without a terminal the text goes straight out. Also
// what every program on the whole screen needs: that screen, and keys or a new size of it.

#include "terminal/process.hpp"

#include <string>

namespace cw::terminal::commands {

// The alternate screen, for as long as this lives: put back even when Ctrl-C ends the program.
class AlternateScreen {
  public:
    explicit AlternateScreen(Process& p) : p_(p) { p_.out("\x1b[?1049h\x1b[H\x1b[2J"); }
    ~AlternateScreen() { p_.out("\x1b[?1049l"); }
    AlternateScreen(AlternateScreen const&) = delete;
    AlternateScreen& operator=(AlternateScreen const&) = delete;

  private:
    Process& p_;
};

// Waits for keys of the terminal, or for a new size of its screen: `into` is as it was then. False at the end.
Task<bool> read_keys(Process& p, OpenFile& terminal, std::string& into);

Task<int> show_paged(Process& p, std::string text, std::string title, bool numbers);

}
