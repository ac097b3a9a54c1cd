// What the parts of the refusal lab are made of.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>

namespace cw::ui {

std::string three(double value) { return (value < -0.0005 ? "\u2212" : "") + fixed(std::fabs(value), 3); }
std::string plain(double value) { return value == std::floor(value) ? fixed(value, 0) : shortest(value); }
std::string percent(double share) { return fixed(share * 100, 1) + " %"; }

Card::Look card_look(Frame const& frame) {
    return {
        frame.palette.surface, frame.palette.border, (frame.metrics.narrow ? 16.0f : 24.0f) * frame.metrics.scale, {}};
}

void small_text(Frame const& frame, Column& column, std::string const& path, std::string const& text) {
    paragraph(frame, column, path, text, frame.metrics.small(), frame.palette.muted);
}

void card_title(Frame const& frame, Column& column, std::string const& path, std::string const& text) {
    heading(frame, column, path, text, 2, frame.metrics.heading());
    column.gap(12 * frame.metrics.scale);
}

std::string layer_name(Frame const& frame, app::Layer layer) {
    return frame.words("refusal.defend." + std::string(app::name_of(layer)));
}

namespace {

// One pill at its place; true when it was pressed.
bool pill(Frame const& frame, std::string const& path, std::string const& label, Rect rect, bool is_chosen) {
    Palette const& p = frame.palette;
    Press const press = press_area(frame, path, rect, true);
    float const radius = 10 * frame.metrics.scale;
    fill(frame, rect, is_chosen ? p.accent_soft : press.hovered ? p.raised : p.surface, radius);
    outline(frame, rect, {is_chosen ? p.accent : p.control, is_chosen ? 2.0f : 1.0f}, radius);
    TextStyle const style = is_chosen ? frame.metrics.small_bold() : frame.metrics.small();
    float const width = text_width(frame, label, style.face, style.px);
    draw_text_line(frame, label, style, {rect.x + (rect.w - width) / 2, rect.y + (rect.h - style.line_px) / 2},
                   is_chosen ? p.accent_text : p.text);
    Node node;
    node.path = path;
    node.role = Role::radio;
    node.rect = rect;
    node.name = label;
    node.flags = is_chosen ? static_cast<std::uint32_t>(checked) : 0u;
    frame.out.sem.add(std::move(node));
    return press.pressed && !is_chosen;
}

}

std::optional<int> pills(Frame const& frame, Column& column, std::string const& path, std::string const& name,
                         std::vector<std::string> const& labels, int chosen) {
    float const scale = frame.metrics.scale, height = 36 * scale, between = 8 * scale;
    TextStyle const style = frame.metrics.small_bold();
    draw_text_line(frame, name, style, {column.x, column.y}, frame.palette.text);
    column.y += style.line_px + 6 * scale;
    Node node;
    node.path = path;
    node.role = Role::radio_group;
    node.name = name;
    frame.out.sem.begin(std::move(node));
    std::optional<int> now;
    float x = column.x;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        // As wide as the bold label, so that nothing moves when another is chosen.
        float const width = std::fmin(column.width, text_width(frame, labels[i], style.face, style.px) + 24 * scale);
        if (x > column.x && x + width > column.x + column.width) {
            x = column.x;
            column.y += height + between;
        }
        bool const is_chosen = static_cast<int>(i) == chosen;
        if (pill(frame, path + "/" + std::to_string(i), labels[i], {x, column.y, width, height}, is_chosen))
            now = static_cast<int>(i);
        x += width + between;
    }
    frame.out.sem.end();
    column.y += height;
    return now;
}

void lever(LabView const& view, Column& column, std::string const& name, std::string const& label,
           std::string const& shown) {
    app::LabField const field = app::lab_field(name);
    Range const range{static_cast<float>(field.least), static_cast<float>(field.most), static_cast<float>(field.step)};
    if (auto const now = slider(view.frame, column, "refusal/" + name, label, view.value(name), range, shown))
        view.set(name, *now);
    column.gap(10 * view.frame.metrics.scale);
}

void lab_switch(LabView const& view, Column& column, std::string const& name, std::string const& label) {
    if (auto const now = checkbox(view.frame, column, "refusal/" + name, {{label}}, view.flag(name)))
        view.set(name, *now ? 1 : 0);
}

void layer_switches(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    for (int i = 0; i < app::layer_count; ++i) {
        auto const layer = static_cast<app::Layer>(i);
        std::string const name(app::name_of(layer));
        if (layer != app::Layer::program || view.lab.report)
            lab_switch(view, column, name, frame.words("refusal.layer." + name));
    }
    if (view.lab.report) return;
    column.gap(8 * frame.metrics.scale);
    std::string const text = view.lab.report_failure.empty()
                                 ? frame.words("refusal.layer.program.none")
                                 : frame.words("decisions.unreadable", {{"message", view.lab.report_failure}});
    small_text(frame, column, "refusal/program/none", text);
    for (lesson::Slide const& slide : view.model.course.slides)
        for (lesson::Block const& block : slide.blocks) {
            if (!std::holds_alternative<lesson::Lab>(block)) continue;
            column.gap(8 * frame.metrics.scale);
            if (button(frame, column, "refusal/program/open", frame.words("refusal.layer.program.open"),
                       ButtonLook::secondary))
                frame.push(app::GoTo{slide.id});
            return;
        }
}

Sides sides(Frame const& frame, Column const& column, float left_px) {
    float const left = left_px * frame.metrics.scale, between = 24 * frame.metrics.scale;
    if (column.width < left + between + 400 * frame.metrics.scale) return {column, column, false};
    Sides out{column, column, true};
    out.left.width = left;
    out.right.x = column.x + left + between;
    out.right.width = column.width - left - between;
    return out;
}

void turn_to_right(Frame const& frame, Sides& sides) {
    if (!sides.beside) sides.right.y = sides.left.y + 20 * frame.metrics.scale;
}

void join_sides(Column& column, Sides const& sides) { column.y = std::fmax(sides.left.y, sides.right.y); }

}
