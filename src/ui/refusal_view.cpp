// The refusal lab: its five parts as tabs, and the part that is chosen.

#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

namespace cw::ui {

namespace {

constexpr char const* part_keys[app::lab_part_count] = {"refusal.part.ask", "refusal.part.train", "refusal.part.defend",
                                                        "refusal.part.frontier", "refusal.part.about"};

bool tab(Frame const& frame, std::string const& path, std::string const& label, Rect rect, bool is_current) {
    Palette const& p = frame.palette;
    Press const press = press_area(frame, path, rect, true);
    if (press.hovered && !is_current) fill(frame, rect, p.raised, 8);
    TextStyle const style = frame.metrics.label();
    float const width = text_width(frame, label, style.face, style.px);
    draw_text_line(frame, label, style, {rect.x + (rect.w - width) / 2, rect.y + (rect.h - style.line_px) / 2},
                   is_current ? p.accent_text : p.muted);
    if (is_current) fill(frame, {rect.x + 4, rect.bottom() - 3, rect.w - 8, 3}, p.accent, 1.5f);
    Node node;
    node.path = path;
    node.role = Role::button;
    node.rect = rect;
    node.name = label;
    node.flags = is_current ? static_cast<std::uint32_t>(current) : 0u;
    frame.out.sem.add(std::move(node));
    return press.pressed;
}

void draw_tabs(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    float const scale = frame.metrics.scale, height = 44 * scale;
    TextStyle const style = frame.metrics.label();
    Node node;
    node.path = "refusal/parts";
    node.role = Role::group;
    node.name = frame.words("refusal.parts");
    frame.out.sem.begin(std::move(node));
    float x = column.x;
    for (int i = 0; i < app::lab_part_count; ++i) {
        std::string const label = frame.words(part_keys[i]);
        float const pad = (frame.metrics.narrow ? 20 : 32) * scale;
        float const width = text_width(frame, label, style.face, style.px) + pad;
        if (x > column.x && x + width > column.x + column.width) {
            x = column.x;
            column.y += height;
        }
        bool const is_current = static_cast<int>(view.settings.part) == i;
        std::string const path = "refusal/part/" + std::to_string(i);
        if (tab(frame, path, label, {x, column.y, width, height}, is_current) && !is_current) view.set("part", i);
        x += width;
    }
    frame.out.sem.end();
    column.y += height;
    line(frame, {column.x, column.y}, {column.x + column.width, column.y}, {frame.palette.border});
    column.gap(24 * scale);
}

}

void draw_refusal_lab(Frame const& frame, app::Model const& model, Column& column, lesson::RefusalLab const& block) {
    LabView const view{frame, model, block.id, model.session.refusal, app::lab_settings(model.progress, block.id)};
    draw_tabs(view, column);
    if (!view.lab.suite_failure.empty()) {
        paragraph(frame, column, "refusal/suite/failure",
                  frame.words("refusal.suite.failed", {{"message", view.lab.suite_failure}}),
                  frame.metrics.small_bold(), frame.palette.bad);
        column.gap(16 * frame.metrics.scale);
    }
    switch (view.settings.part) {
        case app::LabPart::ask: return draw_ask_part(view, column);
        case app::LabPart::train: return draw_train_part(view, column);
        case app::LabPart::defend: return draw_defend_part(view, column);
        case app::LabPart::frontier: return draw_frontier_part(view, column);
        case app::LabPart::about: return draw_about_part(view, column);
    }
}

}
