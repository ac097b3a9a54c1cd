#pragma once
// The views of a slide's blocks: free functions of the const Model that draw in a Column and push events. Each lives in
// its own file, named after it.

#include "ui/widgets.hpp"

namespace cw::ui {

// header_view.cpp
void draw_header(Frame& frame, app::Model const& model, Rect area);
void draw_footer(Frame& frame, app::Model const& model, Rect area);
// outline_view.cpp: the list of slides, as a side bar or over the slide
void draw_outline(Frame& frame, app::Model const& model, Rect area);
// slide_view.cpp: title and blocks of the current slide
void draw_slide(Frame const& frame, app::Model const& model, Column& column);
// quiz_view.cpp
void draw_question(Frame const& frame, app::Model const& model, Column& column, lesson::Question const& question);
// challenge_view.cpp
void draw_task(Frame const& frame, app::Model const& model, Column& column, lesson::Task const& task);
// bars_view.cpp
void draw_bars(Frame const& frame, app::Model const& model, Column& column, lesson::Bars const& bars);
// bars_table.cpp: the numbers of bars that were drawn at `where`, as a table, CSV and PNG
struct BarsFigure {
    lesson::Bars const& bars;
    std::string const& title;
    Rect where;
};
void draw_bars_table(Frame const& frame, app::Model const& model, Column& column, BarsFigure const& figure);
// lab_view.cpp: code panel and terminal, side by side where there is room
void draw_lab(Frame const& frame, app::Model const& model, Column& column, lesson::Lab const& lab);
// refusal_view.cpp: the lab of the refusal simulator
void draw_refusal_lab(Frame const& frame, app::Model const& model, Column& column, lesson::RefusalLab const& lab);
// refusal_controls.cpp: a layer of defence in a word or two
[[nodiscard]] std::string layer_name(Frame const& frame, app::Layer layer);
// summary_view.cpp
void draw_summary(Frame const& frame, app::Model const& model, Column& column, lesson::Summary const& summary);

// --- shared by views ---
// What to do first ("Choose an answer first."), beside the button that was pressed too early; nothing if all is well.
void draw_remark(Frame const& frame, app::Model const& model, Column& column, std::string const& path,
                 std::string const& id);
// "03:07", or "1:02:05" from an hour on.
[[nodiscard]] std::string clock_text(std::uint32_t seconds);
// A share as whole percent: "70 %"; below one percent "< 1 %", above 99 "> 99 %" unless it is exactly 0 or 1.
[[nodiscard]] std::string percent_text(double share);

}
