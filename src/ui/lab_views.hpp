#pragma once
// The two panels of a lab. They stand beside or below one another (lab_view.cpp); each is as high as it is told.

#include "ui/views.hpp"

namespace cw::ui {

// code_view.cpp
void draw_code(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab,
               float height_px);
// terminal_view.cpp
void draw_terminal(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab,
                   float height_px);
// What a terminal of that width needs to show all of its rows.
[[nodiscard]] float terminal_height(Frame const& frame, lesson::Lab const& lab, float width);
// terminal_keys.cpp: the keys that a phone's keyboard lacks, in a row
void draw_terminal_keys(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab);

}
