#pragma once
// Limits of the screen and of the line editor. What lies beyond one is dropped (the oldest first) or ignored, as a real
// terminal does; nothing here is reported as an error.

#include <cstddef>

namespace cw::terminal::limits {

constexpr int scrollback_rows = 1000;
constexpr int max_columns = 500;
constexpr int max_rows = 300;
constexpr int sequence_parameters = 32;    // further ones are ignored, as xterm does (NPARAM)
constexpr int parameter_value = 65535;     // larger values are this one
constexpr std::size_t string_bytes = 8192; // of an OSC or DCS; a longer one is ignored whole
constexpr int marks_on_a_cell = 8;         // further combining marks are dropped
constexpr std::size_t clusters = 4096;     // different characters with marks on screen and in scrollback
constexpr std::size_t links = 1024;        // different hyperlinks on screen and in scrollback
constexpr std::size_t title_bytes = 1024;

constexpr std::size_t line_code_points = 16384; // of a line being edited; the bell rings beyond
constexpr std::size_t undo_steps = 500;
constexpr std::size_t kill_ring = 10; // as readline
constexpr std::size_t completions_shown = 400;
constexpr int announced_lines = 20; // of one announcement to a screen reader

}
