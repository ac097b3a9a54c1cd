#pragma once
// Charts on ImGui's draw list: bars, a waterfall, lines, a scatter. What a chart says is told by brightness, marks and
// hatching as well as by hue. Every chart stands in a Figure, which gives it a title, its numbers as a table (always in
// the DOM, drawn when asked for) and its export as CSV and PNG. No zooming, no tooltips: all values are in the table.
//
//   Figure figure(frame, model, column, {"refusal/ask/shares", title, "refusal", table});
//   draw_plot_bars(frame, figure.column(), rows);

#include "ui/widgets.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cw::ui {

// Numbers as text. Every row is as long as `columns`; its first cell names it.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
// RFC 4180, with a header line.
[[nodiscard]] std::string csv_of(Table const& table);

struct Chart {
    std::string path, title;
    std::string block; // whose ToggleTable events it sends
    Table table;
};
// Below a chart that was drawn at `where`, while its figure node is open: the buttons for its numbers, and its table.
void draw_chart_data(Frame const& frame, app::Model const& model, Column& column, Chart const& chart, Rect where);

// The frame around a chart; what is drawn into column() until it goes out of scope belongs to it.
class Figure {
  public:
    Figure(Frame const& frame, app::Model const& model, Column& column, Chart chart);
    ~Figure();
    Figure(Figure const&) = delete;
    Figure& operator=(Figure const&) = delete;
    [[nodiscard]] Column& column() { return column_; }

  private:
    Frame const& frame_;
    app::Model const& model_;
    Column& column_;
    Chart chart_;
    Vec2 top_;
};

// How a bar, line or dot looks: colours of an actor or of none, and what tells it apart without colour.
struct PlotLook {
    ActorLook actor;
    enum class Pattern : std::uint8_t { solid, hatched, hollow } pattern = Pattern::solid;
};
[[nodiscard]] PlotLook look_of(Frame const& frame, lesson::Actor actor);
[[nodiscard]] PlotLook neutral_look(Frame const& frame);

// --- shares as horizontal bars, 0 to 1 ---
struct PlotBar {
    std::string label;
    double share = 0;
    std::string shown; // the value in words
    PlotLook look;
    bool has_mark = false;                                  // the actor's mark before the label
    std::optional<std::pair<double, double>> interval = {}; // drawn as a whisker
    std::string path = {};                                  // of its meter node; empty: none, the table says it
    std::optional<double> tick = {};                        // another share to compare with, as a line across
};
void draw_plot_bars(Frame const& frame, Column& column, std::vector<PlotBar> const& bars);

// --- a sum as steps, from 0 to the total ---
struct PlotStep {
    std::string label;
    double amount = 0;
    enum class Kind : std::uint8_t { step, total } kind = Kind::step;
};
void draw_waterfall(Frame const& frame, Column& column, std::vector<PlotStep> const& steps);

// --- lines and dots over two axes ---
struct Axis {
    double least = 0, most = 1;
    std::string label;
    bool is_percent = false;
    int ticks = 5;
};
struct PlotLine {
    std::string label;
    std::vector<std::pair<double, double>> points;
    PlotLook look; // hollow: dashed
};
struct PlotDot {
    double x = 0, y = 0;
    PlotLook look; // hollow: an outline
    float radius = 5;
    std::string label; // beside the dot where there is room, else none
};
struct Plane {
    Axis x, y;
    std::vector<PlotLine> lines;
    std::vector<PlotDot> dots;
    float height_px = 260;
};
void draw_plane(Frame const& frame, Column& column, Plane const& plane);

struct LegendEntry {
    std::string label;
    PlotLook look;
    bool is_line = false;
};
void draw_legend(Frame const& frame, Column& column, std::vector<LegendEntry> const& entries);

}
