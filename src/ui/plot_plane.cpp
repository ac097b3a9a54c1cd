// Lines and dots over two axes, and legends.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/plot.hpp"

#include <cmath>

namespace cw::ui {

namespace {

struct Scale {
    Rect area;
    Axis x, y;
    [[nodiscard]] Vec2 at(double px, double py) const {
        return {area.x + area.w * static_cast<float>((px - x.least) / (x.most - x.least)),
                area.bottom() - area.h * static_cast<float>((py - y.least) / (y.most - y.least))};
    }
};

std::string tick_text(Axis const& axis, double value) {
    if (axis.is_percent) return std::to_string(static_cast<int>(std::lround(value * 100))) + " %";
    double const step = (axis.most - axis.least) / axis.ticks;
    int digits = 0; // as many as tell the ticks exactly, up to two
    for (double scaled = step; digits < 2 && std::fabs(scaled - std::round(scaled)) > 1e-9; scaled *= 10) ++digits;
    return fixed(value, digits);
}

// Every tick where its text has room, else every second one, and so on; the last is always told.
int tick_stride(Frame const& frame, Scale const& scale) {
    TextStyle const style = frame.metrics.small();
    float widest = 0;
    for (double const value : {scale.x.least, scale.x.most})
        widest = std::fmax(widest, text_width(frame, tick_text(scale.x, value), style.face, style.px));
    float const between = scale.area.w / static_cast<float>(scale.x.ticks);
    for (int stride = 1; stride < scale.x.ticks; ++stride)
        if (scale.x.ticks % stride == 0 && between * static_cast<float>(stride) >= widest * 1.25f + 8) return stride;
    return scale.x.ticks;
}

void draw_axes(Frame const& frame, Scale const& scale) {
    Palette const& p = frame.palette;
    TextStyle const style = frame.metrics.small();
    Rect const& area = scale.area;
    for (int i = 0; i <= scale.y.ticks; ++i) {
        double const value = scale.y.least + (scale.y.most - scale.y.least) * i / scale.y.ticks;
        float const y = scale.at(scale.x.least, value).y;
        line(frame, {area.x, y}, {area.right(), y}, {p.border});
        std::string const text = tick_text(scale.y, value);
        float const width = text_width(frame, text, style.face, style.px);
        draw_text_line(frame, text, style, {area.x - width - 8, y - style.line_px / 2}, p.muted);
    }
    int const stride = tick_stride(frame, scale);
    for (int i = 0; i <= scale.x.ticks; i += stride) {
        double const value = scale.x.least + (scale.x.most - scale.x.least) * i / scale.x.ticks;
        float const x = scale.at(value, scale.y.least).x;
        line(frame, {x, area.bottom()}, {x, area.bottom() + 4}, {p.control});
        std::string const text = tick_text(scale.x, value);
        float const width = text_width(frame, text, style.face, style.px);
        float const least = area.x - 8, most = area.right() + 8 - width;
        draw_text_line(frame, text, style, {std::fmin(most, std::fmax(least, x - width / 2)), area.bottom() + 6},
                       p.muted);
    }
    line(frame, {area.x, area.y}, {area.x, area.bottom()}, {p.control});
    line(frame, {area.x, area.bottom()}, {area.right(), area.bottom()}, {p.control});
}

constexpr float dash_px = 5, dash_period_px = 8;

// `phase` is how far into the pattern the piece begins; the next piece begins at what is returned.
float draw_dashed(Frame const& frame, Vec2 from, Vec2 to, Outline const& look, float phase = 0) {
    float const length = std::hypot(to.x - from.x, to.y - from.y);
    Vec2 const unit{(to.x - from.x) / std::fmax(length, 0.001f), (to.y - from.y) / std::fmax(length, 0.001f)};
    for (float at = -phase; at < length; at += dash_period_px) {
        float const begin = std::fmax(at, 0.0f), end = std::fmin(at + dash_px, length);
        if (end > begin)
            line(frame, {from.x + unit.x * begin, from.y + unit.y * begin},
                 {from.x + unit.x * end, from.y + unit.y * end}, look);
    }
    return std::fmod(phase + length, dash_period_px);
}

void draw_plot_line(Frame const& frame, Scale const& scale, PlotLine const& it) {
    bool const is_dashed = it.look.pattern == PlotLook::Pattern::hollow;
    Outline const look{it.look.actor.fill, 2};
    float phase = 0; // the dashes go on through the corners
    for (std::size_t i = 1; i < it.points.size(); ++i) {
        Vec2 const from = scale.at(it.points[i - 1].first, it.points[i - 1].second);
        Vec2 const to = scale.at(it.points[i].first, it.points[i].second);
        if (is_dashed)
            phase = draw_dashed(frame, from, to, look, phase);
        else
            line(frame, from, to, look);
    }
}

constexpr float least_mark_px = 3;

void draw_mark(Frame const& frame, PlotLook const& look, Vec2 at, float radius) {
    draw_actor_mark(frame, look.actor, at, radius);
    if (look.pattern != PlotLook::Pattern::hollow) return;
    ActorLook inside = look.actor;
    inside.fill = frame.palette.surface;
    draw_actor_mark(frame, inside, at, radius * 0.55f);
}

// Small ones are squares: there may be thousands, and a draw list's indices have 16 bits.
void draw_dot(Frame const& frame, PlotDot const& dot, Vec2 at) {
    float const radius = dot.radius * frame.metrics.scale;
    if (dot.radius >= least_mark_px) return draw_mark(frame, dot.look, at, radius);
    fill(frame, {at.x - radius, at.y - radius, radius * 2, radius * 2}, dot.look.actor.fill);
}

}

void draw_plane(Frame const& frame, Column& column, Plane const& plane) {
    float const scale_px = frame.metrics.scale;
    TextStyle const style = frame.metrics.small();
    Palette const& p = frame.palette;
    draw_text_line(frame, plane.y.label, style, {column.x, column.y}, p.muted);
    column.y += style.line_px + 8 * scale_px;
    float const left = 52 * scale_px;
    Scale const scale{
        {column.x + left, column.y, column.width - left - 8, plane.height_px * scale_px}, plane.x, plane.y};
    draw_axes(frame, scale);
    Rect const on_screen = scale.area.inset(-9).shifted(frame.origin);
    frame.draw->PushClipRect({on_screen.x, on_screen.y}, {on_screen.right(), on_screen.bottom()}, true);
    for (PlotLine const& it : plane.lines) draw_plot_line(frame, scale, it);
    for (PlotDot const& dot : plane.dots) draw_dot(frame, dot, scale.at(dot.x, dot.y));
    frame.draw->PopClipRect();
    for (PlotDot const& dot : plane.dots) {
        if (dot.label.empty()) continue;
        Vec2 const at = scale.at(dot.x, dot.y);
        float const width = text_width(frame, dot.label, style.face, style.px);
        float const gap = (dot.radius + 5) * scale_px;
        bool const is_left = at.x - gap - width > scale.area.x;
        float const x = is_left ? at.x - gap - width : at.x + gap;
        float const lower = is_left ? 0 : dot.radius * scale_px; // out of the way of a curve that rises from there
        draw_text_line(frame, dot.label, style, {x, at.y - style.line_px / 2 + lower}, p.text);
    }
    column.y += plane.height_px * scale_px + style.line_px + 10 * scale_px;
    float const width = std::fmin(column.width, text_width(frame, plane.x.label, style.face, style.px) + 1);
    lesson::RichText const runs{{plane.x.label}};
    TextBlock const label = layout_text(frame, runs, style, width);
    draw_text_block(frame, label, {column.x + column.width - width, column.y}, p.muted);
    column.y += label.height() + 6 * scale_px;
}

void draw_legend(Frame const& frame, Column& column, std::vector<LegendEntry> const& entries) {
    TextStyle const style = frame.metrics.small();
    float const scale = frame.metrics.scale, row = 24 * scale;
    float x = column.x;
    for (LegendEntry const& entry : entries) {
        float const width = text_width(frame, entry.label, style.face, style.px) + 30 * scale;
        if (x > column.x && x + width > column.x + column.width) {
            x = column.x;
            column.y += row;
        }
        float const middle = column.y + row / 2;
        bool const is_dashed = entry.look.pattern == PlotLook::Pattern::hollow;
        Outline const stroke{entry.look.actor.fill, 2};
        if (entry.is_line && is_dashed) draw_dashed(frame, {x, middle}, {x + 20 * scale, middle}, stroke);
        if (entry.is_line && !is_dashed) line(frame, {x, middle}, {x + 20 * scale, middle}, stroke);
        if (!entry.is_line) draw_mark(frame, entry.look, {x + 9 * scale, middle}, 6 * scale);
        draw_text_line(frame, entry.label, style, {x + 26 * scale, column.y + (row - style.line_px) / 2},
                       frame.palette.text);
        x += width + 16 * scale;
    }
    column.y += row;
}

}
