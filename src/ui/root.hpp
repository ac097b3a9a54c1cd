#pragma once
// The whole screen of one pass: header, outline, the current slide, footer. Called between ImGui::NewFrame() and
// ImGui::Render(); changes nothing but `out` (and ImGui's own state).
//
//   ui::Out out;
//   ui::draw(model, view, input, fonts, out);
//   for (app::Event const& event : out.events) ...

#include "ui/frame.hpp"

namespace cw::ui {

// Widths and heights, in CSS pixels at the browser's default text size, at which the layout changes.
constexpr float sidebar_from_px = 1100; // the outline stands beside the slide
constexpr float narrow_below_px = 640;  // one column, smaller title
constexpr float short_below_px = 440;   // header and footer shrink

void draw(app::Model const& model, ViewState const& view, Input const& input, Fonts const& fonts, Out& out);

}
