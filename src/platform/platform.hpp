#pragma once
// What the program asks of the machine it runs on. Two implementations, chosen by CMake's source list: web/ (a browser,
// through a thin layer of JavaScript) and headless/ (tests: no window, no GPU, a recorded world). No function here
// blocks; answers come back as events.

#include "app/effect.hpp"
#include "ui/frame.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cw::platform {

// Once, before the first frame: the fonts of the theme's faces, in the current ImGui context.
[[nodiscard]] ui::Fonts load_fonts();
// Sends changes of the semantic tree (the operations of ui::SemDiff) to the DOM.
void show_semantics(std::vector<std::uint8_t> const& operations);
// Carries one effect out, or starts to.
void perform(app::Effect const& effect);
// Size of a formula set at this text size; false while it is not known yet (a frame is requested when it is).
[[nodiscard]] bool measure_math(std::string const& tex, float px, ui::MathSize& size);
// The canvas is the page (true), or the DOM alone is (false: the reading view).
void show_canvas(bool shown);
// Draws what ImGui rendered last. Nothing happens without a GPU.
void present();
// Whether the program holds about as much memory as a page should: what runs in it has to give some back.
[[nodiscard]] bool is_memory_short();
// Milliseconds of a monotonic clock.
[[nodiscard]] double now_ms();

}
