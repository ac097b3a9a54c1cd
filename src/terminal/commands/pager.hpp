#pragma once
// Shows a text a screen at a time on the terminal's alternate screen: space and b, arrows, g and G, / n N to search,
// q to leave. The keys come from the terminal, whatever stdin is. Without a terminal the text goes straight out.

#include "terminal/process.hpp"

#include <string>

namespace cw::terminal {

Task<int> show_paged(Process& p, std::string text, std::string title, bool numbers);

}
