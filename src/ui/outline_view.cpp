// The list of slides: where the learner is, what was visited.

#include "ui/views.hpp"

namespace cw::ui {

void draw_outline(Frame& frame, app::Model const& model, Rect area) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    Column column{12 * scale, 20 * scale, area.w - 24 * scale};
    Column course{column.x + 12 * scale, column.y, column.width - 24 * scale};
    paragraph(frame, course, "outline/course", model.course.title, frame.metrics.small_bold(), p.muted);
    column.y = course.y + 12 * scale;
    TextStyle const style = frame.metrics.small(), bold = frame.metrics.small_bold();
    for (std::size_t i = 0; i < model.course.slides.size(); ++i) {
        lesson::Slide const& slide = model.course.slides[i];
        bool const here = static_cast<int>(i) == model.session.slide;
        bool const seen = model.progress.visited.count(slide.id) > 0;
        std::string const& title = slide.short_title.empty() ? slide.title : slide.short_title;
        std::string const path = "outline/" + slide.id;
        lesson::RichText const runs{{title}};
        float const indent = 38 * scale;
        TextBlock const text = layout_text(frame, runs, here ? bold : style, column.width - indent - 10 * scale);
        Rect const rect{column.x, column.y, column.width, text.height() + 22 * scale};
        Press const press = press_area(frame, path, rect, true);
        if (here)
            fill(frame, rect, p.accent_soft, 8);
        else if (press.hovered)
            fill(frame, rect, p.raised, 8);
        if (here && p.forced) outline(frame, rect, {p.accent, 2}, 8);
        // A ring for what is to come, a filled mark with a tick for what was visited.
        Vec2 const centre{column.x + 20 * scale, column.y + 11 * scale + style.line_px / 2};
        float const radius = 7 * scale;
        Rect const mark{centre.x - radius, centre.y - radius, 2 * radius, 2 * radius};
        if (seen && !here) {
            fill(frame, mark, p.accent, radius);
            line(frame, {centre.x - 3.2f * scale, centre.y + 0.2f}, {centre.x - 0.8f * scale, centre.y + 2.8f * scale},
                 {p.on_accent, 1.8f});
            line(frame, {centre.x - 0.8f * scale, centre.y + 2.8f * scale},
                 {centre.x + 3.4f * scale, centre.y - 2.8f * scale}, {p.on_accent, 1.8f});
        } else {
            outline(frame, mark, {here ? p.accent : p.control, here ? 4.0f : 1.5f}, radius);
        }
        draw_text_block(frame, text, {column.x + indent, column.y + 11 * scale}, here ? p.accent_text : p.text);
        Node node;
        node.path = path;
        node.role = Role::button;
        node.rect = rect;
        node.name = title;
        node.description = seen && !here ? frame.words("outline.visited") : "";
        node.flags = here ? current : 0u;
        frame.out.sem.add(std::move(node));
        if (press.pressed) frame.push(app::GoTo{slide.id, app::GoTo::Cause::button});
        column.y += rect.h + 2;
    }
    frame.out.sem.current().number = column.y + 12 * scale;
}

}
