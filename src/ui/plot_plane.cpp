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
    return fixed(value, step >= 1 ? 0 : step >= 0.1 ? 1 : 2);
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
    for (int i = 0; i <= scale.x.ticks; ++i) {
        double const value = scale.x.least + (scale.x.most - scale.x.least) * i / scale.x.ticks;
        float const x = scale.at(value, scale.y.least).x;
        line(frame, {x, area.bottom()}, {x, area.bottom() + 4}, {p.control});
        std::string const text = tick_text(scale.x, value);
        float const width = text_width(frame, text, style.face, style.px);
        float const least = area.x - 8, most = area.right() - width;
        draw_text_line(frame, text, style, {std::fmin(most, std::fmax(least, x - width / 2)), area.bottom() + 6},
                       p.muted);
    }
    line(frame, {area.x, area.y}, {area.x, area.bottom()}, {p.control});
    line(frame, {area.x, area.bottom()}, {area.right(), area.bottom()}, {p.control});
}

void draw_dashed(Frame const& frame, Vec2 from, Vec2 to, Outline const& look) {
    float const length = std::hypot(to.x - from.x, to.y - from.y);
    Vec2 const unit{(to.x - from.x) / std::fmax(length, 0.001f), (to.y - from.y) / std::fmax(length, 0.001f)};
    for (float at = 0; at < length; at += 8) {
        float const end = std::fmin(at + 5, length);
        line(frame, {from.x + unit.x * at, from.y + unit.y * at}, {from.x + unit.x * end, from.y + unit.y * end}, look);
    }
}

void draw_plot_line(Frame const& frame, Scale const& scale, PlotLine const& it) {
    bool const is_dashed = it.look.pattern == PlotLook::Pattern::hollow;
    if (is_dashed) { // every other piece, where the pieces are shorter than a dash
        std::size_t const stride = it.points.size() > 12 ? 2 : 1;
        for (std::size_t i = 1; i < it.points.size(); i += stride)
            draw_dashed(frame, scale.at(it.points[i - 1].first, it.points[i - 1].second),
                        scale.at(it.points[i].first, it.points[i].second), {it.look.actor.fill, 2});
        return;
    }
    for (std::size_t i = 1; i < it.points.size(); ++i)
        line(frame, scale.at(it.points[i - 1].first, it.points[i - 1].second),
             scale.at(it.points[i].first, it.points[i].second), {it.look.actor.fill, 2});
}

void draw_mark(Frame const& frame, PlotLook const& look, Vec2 at, float radius) {
    draw_actor_mark(frame, look.actor, at, radius);
    if (look.pattern != PlotLook::Pattern::hollow) return;
    ActorLook inside = look.actor;
    inside.fill = frame.palette.surface;
    draw_actor_mark(frame, inside, at, radius * 0.55f);
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
    for (PlotDot const& dot : plane.dots) draw_mark(frame, dot.look, scale.at(dot.x, dot.y), dot.radius * scale_px);
    frame.draw->PopClipRect();
    for (PlotDot const& dot : plane.dots) {
        if (dot.label.empty()) continue;
        Vec2 const at = scale.at(dot.x, dot.y);
        float const width = text_width(frame, dot.label, style.face, style.px);
        float const gap = (dot.radius + 5) * scale_px;
        float const x = at.x - gap - width > scale.area.x ? at.x - gap - width : at.x + gap;
        draw_text_line(frame, dot.label, style, {x, at.y - style.line_px / 2}, p.text);
    }
    column.y += plane.height_px * scale_px + style.line_px + 10 * scale_px;
    float const width = text_width(frame, plane.x.label, style.face, style.px);
    draw_text_line(frame, plane.x.label, style, {std::fmax(column.x, column.x + column.width - width), column.y},
                   p.muted);
    column.y += style.line_px + 6 * scale_px;
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
