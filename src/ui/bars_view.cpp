// Live bars of P(refusal) and P(harmful_content) for one or more scenarios, computed by the refusal simulator. Told
// apart by hue, brightness, mark and hatching; the same marks stand for the same actors in the lab's plots.

#include "ui/paint.hpp"
#include "ui/views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

struct Bar {
    std::string path, label;
    double share;
    lesson::Actor actor;
};

void draw_bar(Frame const& frame, Column& column, Bar const& bar, std::string const& scenario) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    ActorLook const& look = p.actor(bar.actor);
    TextStyle const style = frame.metrics.small_bold(), number = frame.metrics.label();
    float const label_width = 186 * scale, number_width = 64 * scale, height = 26 * scale;
    bool const stacked = column.width < 430 * scale;
    float const text_y = column.y + (stacked ? 0 : (height - style.line_px) / 2);
    draw_actor_mark(frame, look, {column.x + 8 * scale, text_y + style.line_px / 2}, 6 * scale);
    draw_text_line(frame, bar.label, style, {column.x + 22 * scale, text_y}, look.text);
    if (stacked) column.y += style.line_px + 2;
    float const left = stacked ? column.x : column.x + label_width;
    Rect const track{left, column.y, column.x + column.width - number_width - left, height};
    fill(frame, track, p.track, 6);
    Rect const filled{track.x, track.y, std::fmax(3.0f, track.w * static_cast<float>(bar.share)), height};
    fill(frame, filled, look.fill, 6);
    if (bar.actor == lesson::Actor::harmful) hatch(frame, filled.inset(1), p.surface);
    if (p.forced) outline(frame, track, {p.border}, 6);
    std::string const shown = percent_text(bar.share);
    float const shown_width = text_width(frame, shown, number.face, number.px);
    draw_text_line(frame, shown, number,
                   {column.x + column.width - shown_width, column.y + (height - number.line_px) / 2}, p.text);
    Node node;
    node.path = bar.path;
    node.role = Role::meter;
    node.rect = {column.x, text_y, column.width, column.y + height - text_y};
    node.name = scenario.empty() ? bar.label : bar.label + ", " + scenario;
    node.value = shown;
    node.number = static_cast<float>(bar.share * 100);
    node.most = 100;
    frame.out.sem.add(std::move(node));
    column.y += height + 10 * scale;
}

// The numbers behind the bars; until the module that draws them is there, a button that asks for it.
void draw_data(Frame const& frame, app::Model const& model, Column& column, BarsFigure const& figure) {
    using State = app::LateModule::State;
    State const labs = model.session.module(app::Module::labs).state;
    if (labs == State::ready) return draw_bars_table(frame, model, column, figure);
    std::string const chart = app::chart_of(figure.bars);
    bool const is_asked = model.session.open_tables.count(chart) > 0;
    column.gap(4 * frame.metrics.scale);
    ToolRow tools(frame, column, figure.title);
    if (tools.add(chart + "/table/toggle", frame.words("bars.data")) && !is_asked)
        frame.push(app::ToggleTable{figure.bars.id, chart});
    tools.end();
    if (is_asked)
        paragraph(frame, column, chart + "/loading", frame.words(labs == State::failed ? "lab.failed" : "lab.loading"),
                  frame.metrics.small(), frame.palette.muted);
}

}

void draw_bars(Frame const& frame, app::Model const& model, Column& column, lesson::Bars const& bars) {
    auto const traces = model.session.bars.find(bars.id);
    if (traces == model.session.bars.end()) return;
    float const scale = frame.metrics.scale;
    std::string const path = app::chart_of(bars);
    Card card(frame, column,
              {frame.palette.surface, frame.palette.border, (frame.metrics.narrow ? 16.0f : 24.0f) * scale, {}});
    Column& in = card.column;
    Node node;
    node.path = path;
    node.role = Role::figure;
    node.rect = {in.x, in.y, in.width, 0};
    std::string const title = bars.caption.empty() ? frame.words("bars.name") : bars.caption;
    node.name = title;
    frame.out.sem.begin(std::move(node));
    float const top = in.y;
    for (std::size_t i = 0; i < bars.scenarios.size() && i < traces->second.size(); ++i) {
        lesson::Scenario const& scenario = bars.scenarios[i];
        refusal::analytic::Trace const& trace = traces->second[i];
        std::string const group = path + "/" + std::to_string(i);
        if (i) in.gap(14 * scale);
        if (!scenario.label.empty()) {
            paragraph(frame, in, group + "/label", scenario.label, frame.metrics.label(), frame.palette.text);
            in.gap(8 * scale);
        }
        draw_bar(frame, in, {group + "/refusal", "P(refusal)", trace.refusal, lesson::Actor::refusal}, scenario.label);
        draw_bar(frame, in, {group + "/harmful", "P(harmful_content)", trace.harmful_content, lesson::Actor::harmful},
                 scenario.label);
    }
    if (!bars.caption.empty()) {
        in.gap(4 * scale);
        paragraph(frame, in, path + "/caption", bars.caption, frame.metrics.small(), frame.palette.muted);
    }
    Rect const where{in.x, top, in.width, in.y - top};
    frame.out.sem.current().rect = where;
    draw_data(frame, model, in, {bars, title, where});
    frame.out.sem.end();
}

}
