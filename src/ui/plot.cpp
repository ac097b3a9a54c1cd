#include "ui/plot.hpp"

#include "ground/text.hpp"
#include "ui/paint.hpp"

#include <algorithm>
#include <cmath>

namespace cw::ui {

namespace {

constexpr std::size_t table_row_px = 30, least_cell_px = 76;

std::string csv_cell(std::string const& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

std::string csv_line(std::vector<std::string> const& cells) {
    std::vector<std::string> out;
    for (std::string const& cell : cells) out.push_back(csv_cell(cell));
    return join(out, ",") + "\r\n";
}

// A name for a file: "refusal/ask/shares" is "refusal-ask-shares".
std::string file_name(std::string const& path) { return replace_all(path, "/", "-"); }

void begin(Frame const& frame, std::string path, Role role, std::string name) {
    Node node;
    node.path = std::move(path);
    node.role = role;
    node.name = std::move(name);
    frame.out.sem.begin(std::move(node));
}

// Cells side by side; the first column takes what the others leave.
std::vector<Rect> cell_rects(Table const& table, Rect row) {
    auto const count = static_cast<float>(table.columns.size());
    float const first = count > 1 ? std::fmax(row.w * 0.28f, row.w - (count - 1) * 150) : row.w;
    float const other = count > 1 ? (row.w - first) / (count - 1) : 0;
    std::vector<Rect> rects;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        rects.push_back({row.x + (i ? first + other * static_cast<float>(i - 1) : 0), row.y, i ? other : first, row.h});
    return rects;
}

Node cell_node(std::string path, std::string const& text, Rect rect, TextStyle const& style, bool is_head) {
    Node node;
    node.path = std::move(path);
    node.role = is_head ? Role::column_header : Role::cell;
    node.rect = rect;
    node.name = text;
    node.font_px = style.px;
    node.line_px = style.line_px;
    return node;
}

// One row, drawn or for the DOM alone; returns its height.
float table_row(Frame const& frame, Table const& table, std::string const& path, std::vector<std::string> const& cells,
                Rect row, bool is_head, bool is_drawn) {
    TextStyle const style = is_head ? frame.metrics.small_bold() : frame.metrics.small();
    std::vector<Rect> rects = cell_rects(table, row);
    std::vector<lesson::RichText> runs;
    std::vector<TextBlock> texts;
    float height = row.h;
    if (is_drawn) {
        for (std::string const& cell : cells) runs.push_back({{cell}});
        for (std::size_t i = 0; i < cells.size(); ++i) {
            texts.push_back(layout_text(frame, runs[i], style, rects[i].w - 8));
            height = std::fmax(height, texts.back().height() + 10 * frame.metrics.scale);
        }
    }
    begin(frame, path, Role::row, "");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Rect const rect{rects[i].x, row.y, rects[i].w, height};
        Node node = cell_node(path + "/" + std::to_string(i), cells[i], rect, style, is_head);
        if (!is_drawn) node.flags = static_cast<std::uint32_t>(unseen);
        frame.out.sem.add(std::move(node));
        if (is_drawn)
            draw_text_block(frame, texts[i], {rects[i].x, row.y + 5 * frame.metrics.scale},
                            is_head ? frame.palette.muted : frame.palette.text);
    }
    frame.out.sem.end();
    return height;
}

// One row where its cells have no room side by side: a line each, after the column's name; returns its height.
float stacked_row(Frame const& frame, Table const& table, std::string const& path,
                  std::vector<std::string> const& cells, Rect row) {
    float const pad = 5 * frame.metrics.scale;
    float y = row.y + pad;
    begin(frame, path, Role::row, "");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        TextStyle const style = i ? frame.metrics.small() : frame.metrics.small_bold();
        lesson::RichText const runs{{i ? table.columns[i] + ": " + cells[i] : cells[i]}};
        TextBlock const text = layout_text(frame, runs, style, row.w);
        Rect const rect{row.x, y, row.w, text.height()};
        frame.out.sem.add(cell_node(path + "/" + std::to_string(i), cells[i], rect, style, false));
        if (cells[i].empty()) continue; // nothing to tell
        draw_text_block(frame, text, {row.x, y}, i ? frame.palette.muted : frame.palette.text);
        y += text.height();
    }
    frame.out.sem.end();
    return y + pad - row.y;
}

// Where the table is not drawn its cells lie over the chart, each row a little lower.
void table_nodes(Frame const& frame, Column& column, std::string const& path, std::string const& title,
                 Table const& table, bool is_drawn, Rect chart) {
    begin(frame, path, Role::table, title);
    float const scale = frame.metrics.scale;
    float const hidden_row = std::fmin(20.0f, chart.h / static_cast<float>(table.rows.size() + 2));
    float hidden_y = chart.y;
    std::vector<Rect> const widths = cell_rects(table, {0, 0, column.width, 0});
    bool const is_stacked = is_drawn && widths.back().w < static_cast<float>(least_cell_px) * scale;
    auto const row = [&](std::string const& row_path, std::vector<std::string> const& cells, bool is_head) {
        if (!is_drawn || (is_stacked && is_head)) {
            table_row(frame, table, row_path, cells, {chart.x, hidden_y, chart.w, hidden_row}, is_head, false);
            hidden_y += hidden_row;
            return;
        }
        Rect const rect{column.x, column.y, column.width, static_cast<float>(table_row_px) * scale};
        column.y += is_stacked ? stacked_row(frame, table, row_path, cells, rect)
                               : table_row(frame, table, row_path, cells, rect, is_head, true);
        line(frame, {column.x, column.y}, {column.x + column.width, column.y}, {frame.palette.border});
    };
    row(path + "/head", table.columns, true);
    for (std::size_t i = 0; i < table.rows.size(); ++i) row(path + "/" + std::to_string(i), table.rows[i], false);
    frame.out.sem.end();
}

}

std::string csv_of(Table const& table) {
    std::string out = csv_line(table.columns);
    for (std::vector<std::string> const& row : table.rows) out += csv_line(row);
    return out;
}

void draw_chart_data(Frame const& frame, app::Model const& model, Column& column, Chart const& chart, Rect where) {
    std::string const& path = chart.path;
    bool const is_open = model.session.open_tables.count(path) > 0;
    column.gap(4 * frame.metrics.scale);
    ToolRow tools(frame, column, chart.title);
    if (tools.add(path + "/table/toggle", frame.words(is_open ? "chart.table.hide" : "chart.table.show")))
        frame.push(app::ToggleTable{chart.block, path});
    if (tools.add(path + "/csv", frame.words("chart.csv")))
        frame.push(app::SaveFile{file_name(path) + ".csv", "text/csv", csv_of(chart.table)});
    if (tools.add(path + "/png", frame.words("chart.png")))
        frame.push(app::SavePicture{file_name(path) + ".png", path});
    tools.end();
    table_nodes(frame, column, path + "/table", chart.title, chart.table, is_open, where);
}

Figure::Figure(Frame const& frame, app::Model const& model, Column& column, Chart chart)
    : frame_(frame), model_(model), column_(column), chart_(std::move(chart)), top_{column.x, column.y} {
    begin(frame, chart_.path, Role::figure, chart_.title);
    heading(frame, column_, chart_.path + "/title", chart_.title, 3, frame.metrics.label());
    column_.gap(10 * frame.metrics.scale);
}

Figure::~Figure() {
    Rect const where{top_.x, top_.y, column_.width, column_.y - top_.y};
    frame_.out.sem.current().rect = where;
    draw_chart_data(frame_, model_, column_, chart_, where);
    frame_.out.sem.end();
}

PlotLook look_of(Frame const& frame, lesson::Actor actor) {
    bool const is_harmful = actor == lesson::Actor::harmful;
    return {frame.palette.actor(actor), is_harmful ? PlotLook::Pattern::hatched : PlotLook::Pattern::solid};
}

PlotLook neutral_look(Frame const& frame) {
    Palette const& p = frame.palette;
    return {{p.text, p.control, ActorLook::Mark::circle}, PlotLook::Pattern::solid};
}

namespace {

void fill_bar(Frame const& frame, Rect rect, PlotLook const& look, float radius) {
    if (look.pattern == PlotLook::Pattern::hollow) {
        fill(frame, rect, frame.palette.surface, radius);
        outline(frame, rect, {look.actor.fill, 2}, radius);
        return;
    }
    fill(frame, rect, look.actor.fill, radius);
    if (look.pattern == PlotLook::Pattern::hatched) hatch(frame, rect.inset(1), frame.palette.surface);
}

void draw_whisker(Frame const& frame, Rect track, std::pair<double, double> interval) {
    Colour const ink = frame.palette.text;
    float const y = track.y + track.h / 2;
    float const left = track.x + track.w * static_cast<float>(interval.first);
    float const right = track.x + track.w * static_cast<float>(interval.second);
    line(frame, {left, y}, {right, y}, {ink, 1.5f});
    for (float const x : {left, right}) line(frame, {x, y - 5}, {x, y + 5}, {ink, 1.5f});
}

float draw_plot_bar(Frame const& frame, Column& column, PlotBar const& bar, float label_width, float number_width) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    TextStyle const style = frame.metrics.small(), number = frame.metrics.small_bold();
    float const height = 22 * scale, indent = bar.has_mark ? 22 * scale : 0;
    bool const stacked = label_width <= 0;
    lesson::RichText const runs{{bar.label}};
    TextBlock const text =
        layout_text(frame, runs, style, (stacked ? column.width : label_width - 12 * scale) - indent);
    float const row = std::fmax(height, text.height());
    if (bar.has_mark)
        draw_actor_mark(frame, bar.look.actor, {column.x + 8 * scale, column.y + style.line_px / 2 + 1}, 6 * scale);
    float const text_y = stacked ? column.y : column.y + (row - text.height()) / 2;
    draw_text_block(frame, text, {column.x + indent, text_y}, p.text);
    if (stacked) column.y += text.height() + 2;
    float const left = column.x + (stacked ? 0 : label_width);
    float const bar_y = stacked ? column.y : column.y + (row - height) / 2;
    Rect const track{left, bar_y, column.x + column.width - number_width - left, height};
    fill(frame, track, p.track, 5);
    if (p.forced) outline(frame, track, {p.border}, 5);
    float const share = static_cast<float>(std::clamp(bar.share, 0.0, 1.0));
    fill_bar(frame, {track.x, track.y, std::fmax(3.0f, track.w * share), height}, bar.look, 5);
    if (bar.interval) draw_whisker(frame, track, *bar.interval);
    if (bar.tick) {
        float const x = track.x + track.w * static_cast<float>(std::clamp(*bar.tick, 0.0, 1.0));
        line(frame, {x, track.y - 3}, {x, track.bottom() + 3}, {p.surface, 5});
        line(frame, {x, track.y - 3}, {x, track.bottom() + 3}, {p.text, 2});
    }
    float const shown_width = text_width(frame, bar.shown, number.face, number.px);
    draw_text_line(frame, bar.shown, number,
                   {column.x + column.width - shown_width, bar_y + (height - number.line_px) / 2}, p.text);
    if (!bar.path.empty()) {
        Node node;
        node.path = bar.path;
        node.role = Role::meter;
        node.rect = {column.x, text_y, column.width, track.bottom() - text_y};
        node.name = bar.label;
        node.value = bar.shown;
        node.number = share * 100;
        node.most = 100;
        frame.out.sem.add(std::move(node));
    }
    return (stacked ? height : row) + 8 * scale;
}

}

void draw_plot_bars(Frame const& frame, Column& column, std::vector<PlotBar> const& bars) {
    TextStyle const style = frame.metrics.small(), number = frame.metrics.small_bold();
    float label = 0, shown = 0;
    for (PlotBar const& bar : bars) {
        float const indent = bar.has_mark ? 22 * frame.metrics.scale : 0;
        label = std::fmax(label, text_width(frame, bar.label, style.face, style.px) + indent);
        shown = std::fmax(shown, text_width(frame, bar.shown, number.face, number.px));
    }
    bool const stacked = column.width < 420 * frame.metrics.scale;
    float const label_width = stacked ? 0 : std::fmin(label + 16 * frame.metrics.scale, column.width * 0.42f);
    for (PlotBar const& bar : bars)
        column.y += draw_plot_bar(frame, column, bar, label_width, shown + 12 * frame.metrics.scale);
}

void draw_waterfall(Frame const& frame, Column& column, std::vector<PlotStep> const& steps) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    TextStyle const style = frame.metrics.small(), bold = frame.metrics.small_bold();
    double low = 0, high = 0, sum = 0;
    for (PlotStep const& step : steps) {
        if (step.kind == PlotStep::Kind::step) sum += step.amount;
        low = std::min(low, sum);
        high = std::max(high, sum);
    }
    double const room = std::max(0.5, (high - low) * 0.04);
    low -= room, high += room;
    bool const stacked = column.width < 420 * scale;
    float const label_width = stacked ? 0 : std::fmin(230 * scale, column.width * 0.4f);
    float const number_width = 64 * scale, height = 22 * scale;
    float const left = column.x + label_width, width = column.width - label_width - number_width;
    auto const at = [&](double value) { return left + width * static_cast<float>((value - low) / (high - low)); };
    float const top = column.y;
    sum = 0;
    for (PlotStep const& step : steps) {
        bool const is_total = step.kind == PlotStep::Kind::total;
        TextStyle const& face = is_total ? bold : style;
        lesson::RichText const runs{{step.label}};
        TextBlock const text = layout_text(frame, runs, face, stacked ? column.width : label_width - 12 * scale);
        float const row = std::fmax(height, text.height());
        draw_text_block(frame, text, {column.x, stacked ? column.y : column.y + (row - text.height()) / 2}, p.text);
        if (stacked) column.y += text.height() + 2;
        float const y = stacked ? column.y : column.y + (row - height) / 2;
        double const from = is_total ? 0 : sum, to = is_total ? sum : sum + step.amount;
        float const x = std::fmin(at(from), at(to)), w = std::fmax(2.0f, std::fabs(at(to) - at(from)));
        PlotLook look = look_of(frame, to >= from ? lesson::Actor::helpfulness : lesson::Actor::refusal);
        if (to < from) look.pattern = PlotLook::Pattern::hatched;
        if (is_total) look = {{p.text, p.text, ActorLook::Mark::circle}, PlotLook::Pattern::solid};
        fill_bar(frame, {x, y, w, height}, look, 3);
        double const shown = is_total ? sum : step.amount;
        std::string const number = (shown >= 0 ? "+" : "\u2212") + fixed(std::fabs(shown), 2);
        float const number_px = text_width(frame, number, bold.face, bold.px);
        draw_text_line(frame, number, bold, {column.x + column.width - number_px, y + (height - bold.line_px) / 2},
                       p.text);
        sum = is_total ? sum : to;
        column.y += (stacked ? height : row) + 8 * scale;
    }
    line(frame, {at(0), top - 2}, {at(0), column.y - 6 * scale}, {p.control, 1});
}

}
