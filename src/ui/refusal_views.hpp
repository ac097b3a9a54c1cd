#pragma once
// The parts of the refusal lab, one file each, and what they share. Each draws from the same LabView; what the learner
// changes goes out as SetLever events under the lab's block id.

#include "ui/plot.hpp"
#include "ui/views.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cw::ui {

struct LabView {
    Frame const& frame;
    app::Model const& model;
    std::string const& block;
    app::RefusalLabSession const& lab;
    app::LabSettings settings;

    void set(std::string_view name, double value) const { frame.push(app::SetLever{block, std::string(name), value}); }
    [[nodiscard]] double value(std::string_view name) const { return app::lab_value(model.progress, block, name); }
    [[nodiscard]] bool flag(std::string_view name) const { return value(name) > 0; }
};

void draw_ask_part(LabView const& view, Column& column);      // refusal_ask_view.cpp
void draw_depth(LabView const& view, Column& column);         // refusal_depth_view.cpp
void draw_real_answer(LabView const& view, Column& column);   // refusal_real_view.cpp
void draw_train_part(LabView const& view, Column& column);    // refusal_train_view.cpp
void draw_defend_part(LabView const& view, Column& column);   // refusal_defend_view.cpp
void draw_frontier_part(LabView const& view, Column& column); // refusal_frontier_view.cpp
void draw_about_part(LabView const& view, Column& column);    // refusal_about_view.cpp

// --- refusal_controls.cpp ---
// A radio group of pills that wrap; the index that was chosen now.
std::optional<int> pills(Frame const& frame, Column& column, std::string const& path, std::string const& name,
                         std::vector<std::string> const& labels, int chosen);
// The slider of one of the lab's settings. `shown` is its value in words.
void lever(LabView const& view, Column& column, std::string const& name, std::string const& label,
           std::string const& shown);
// Its switch.
void lab_switch(LabView const& view, Column& column, std::string const& name, std::string const& label);
// The four layers' switches, with what there is to say about the learner's program.
void layer_switches(LabView const& view, Column& column);

// Two columns beside one another where there is room, `left_px` for the left one; else the right one comes below.
struct Sides {
    Column left, right;
    bool beside = false;
};
[[nodiscard]] Sides sides(Frame const& frame, Column const& column, float left_px);
// Before the right one is drawn: where the left one ended.
void turn_to_right(Frame const& frame, Sides& sides);
void join_sides(Column& column, Sides const& sides);

[[nodiscard]] Card::Look card_look(Frame const& frame);
void small_text(Frame const& frame, Column& column, std::string const& path, std::string const& text);
void card_title(Frame const& frame, Column& column, std::string const& path, std::string const& text);

// Shares with three digits after the point, as cwlab's first digits; signs are real minus signs.
[[nodiscard]] std::string three(double value);
// As few digits as tell it, without an exponent: "0.03", "40".
[[nodiscard]] std::string plain(double value);
// One digit after the point: "97.1 %".
[[nodiscard]] std::string percent(double share);

}
