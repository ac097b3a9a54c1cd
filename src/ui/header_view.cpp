// Header and footer: what is always in reach. Course and title, active time, progress; Previous and Next.

#include "ground/text.hpp"
#include "ui/root.hpp"
#include "ui/views.hpp"

#include <cmath>

namespace cw::ui {

std::string clock_text(std::uint32_t seconds) {
    auto const two = [](std::uint32_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    std::uint32_t const hours = seconds / 3600, minutes = seconds / 60 % 60;
    return (hours ? std::to_string(hours) + ":" : "") + two(minutes) + ":" + two(seconds % 60);
}

std::string percent_text(double share) {
    if (share > 0 && share < 0.01) return "< 1 %";
    if (share < 1 && share > 0.99) return "> 99 %";
    return fixed(share * 100, 0) + " %";
}

namespace {

void chrome_text(Frame const& frame, std::string path, std::string const& text, TextStyle const& style, Vec2 at,
                 float width, Colour colour) {
    draw_text_line(frame, text, style, at, colour);
    Node node;
    node.path = std::move(path);
    node.role = Role::paragraph;
    node.rect = {at.x, at.y, width, style.line_px};
    node.runs = {{text}};
    node.font_px = style.px;
    node.line_px = style.line_px;
    node.face = style.face == Face::sans_bold ? Node::Face::sans_bold : Node::Face::sans;
    frame.out.sem.add(std::move(node));
}

void draw_bars_icon(Frame const& frame, Rect rect, Colour colour) {
    float const half = 9 * frame.metrics.scale, middle = rect.y + rect.h / 2, centre = rect.x + rect.w / 2;
    for (float const dy : {-6.0f, 0.0f, 6.0f})
        line(frame, {centre - half, middle + dy * frame.metrics.scale},
             {centre + half, middle + dy * frame.metrics.scale}, {colour, 2});
}

// A page with lines of text.
void draw_page_icon(Frame const& frame, Rect rect, Colour colour) {
    float const scale = frame.metrics.scale;
    Rect const page{rect.x + rect.w / 2 - 8 * scale, rect.y + rect.h / 2 - 10 * scale, 16 * scale, 20 * scale};
    outline(frame, page, {colour, 2}, 3);
    for (float const share : {0.3f, 0.52f, 0.74f})
        line(frame, {page.x + 4 * scale, page.y + page.h * share}, {page.right() - 4 * scale, page.y + page.h * share},
             {colour, 1.6f});
}

// A square button with a drawn icon; true when it was pressed.
bool icon_button(Frame const& frame, std::string const& path, std::string const& name, Rect rect, std::uint32_t flags,
                 void (*draw_icon)(Frame const&, Rect, Colour)) {
    Press const press = press_area(frame, path, rect, true);
    bool const on = (flags & (pressed | expanded)) != 0;
    if (press.hovered || on) fill(frame, rect, on ? frame.palette.accent_soft : frame.palette.raised, 8);
    draw_icon(frame, rect, on ? frame.palette.accent_text : frame.palette.text);
    Node node;
    node.path = path;
    node.role = Role::button;
    node.rect = rect;
    node.name = name;
    node.flags = flags;
    frame.out.sem.add(std::move(node));
    return press.pressed;
}

void draw_progress(Frame const& frame, app::Model const& model, Rect area) {
    Rect const track{0, area.h - 4, area.w, 4};
    float const share = static_cast<float>(model.score.completion);
    fill(frame, track, frame.palette.track);
    fill(frame, {0, track.y, track.w * share, track.h}, frame.palette.accent);
    Node node;
    node.path = "header/progress";
    node.role = Role::progressbar;
    node.rect = track;
    node.name = frame.words("progress.name");
    node.number = std::round(share * 100);
    node.most = 100;
    node.value = percent_text(static_cast<double>(share));
    frame.out.sem.add(std::move(node));
}

}

void draw_header(Frame& frame, app::Model const& model, Rect area) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    fill(frame, {0, 0, area.w, area.h}, p.surface);
    bool const has_drawer = frame.view.width_px < sidebar_from_px * scale;
    float const height = area.h - 4, size = std::fmin(44 * scale, height);
    float left = 20 * scale, right = area.w - 12 * scale;

    if (has_drawer) {
        Rect const rect{6 * scale, (height - size) / 2, size, size};
        if (icon_button(frame, "header/outline", frame.words("outline.name"), rect,
                        expandable | (model.session.outline_open ? expanded : 0u), draw_bars_icon))
            frame.push(app::ToggleOutline{});
        left = rect.right() + 8 * scale;
    }

    std::string const reading = frame.words("reading_view");
    float const reading_width = frame.metrics.narrow ? size : button_width(frame, reading);
    right -= reading_width;
    Rect const reading_rect{right, (height - size) / 2, reading_width, size};
    TextStyle const clock_style = frame.metrics.label();
    std::string const clock = clock_text(model.progress.active_seconds);
    float const clock_width = text_width(frame, clock, clock_style.face, clock_style.px);
    right -= clock_width + 16 * scale;
    float const clock_x = right;

    // Code and title, or the code alone where the title does not fit (the outline has it).
    TextStyle const code_style = frame.metrics.small(), title_style = frame.metrics.small_bold();
    float const room = right - left - 16 * scale;
    float const text_top = (height - code_style.line_px - title_style.line_px) / 2;
    bool const two_lines =
        text_top >= 2 && text_width(frame, model.course.title, title_style.face, title_style.px) <= room;
    if (two_lines) {
        chrome_text(frame, "header/course", model.course.code, code_style, {left, text_top}, room, p.muted);
        chrome_text(frame, "header/title", model.course.title, title_style, {left, text_top + code_style.line_px}, room,
                    p.text);
    } else {
        chrome_text(frame, "header/course", model.course.code, title_style, {left, (height - title_style.line_px) / 2},
                    room, p.text);
    }
    Node time;
    time.path = "header/time";
    time.role = Role::paragraph;
    time.rect = {clock_x, (height - clock_style.line_px) / 2, clock_width + 1, clock_style.line_px};
    time.name = frame.words("time.name", {{"time", clock}});
    time.runs = {{clock}};
    time.font_px = clock_style.px;
    time.line_px = clock_style.line_px;
    time.face = Node::Face::sans_bold;
    draw_text_line(frame, clock, clock_style, {clock_x, time.rect.y}, p.muted);
    frame.out.sem.add(std::move(time));
    std::uint32_t const reading_flags = toggle | (model.session.reading_view ? pressed : 0u);
    if (frame.metrics.narrow
            ? icon_button(frame, "header/reading", reading, reading_rect, reading_flags, draw_page_icon)
            : button(frame, "header/reading", reading, reading_rect, ButtonLook::quiet, reading_flags))
        frame.push(app::ToggleReadingView{});
    draw_progress(frame, model, area);
}

void draw_footer(Frame& frame, app::Model const& model, Rect area) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    fill(frame, {0, 0, area.w, area.h}, p.surface);
    line(frame, {0, 0.5f}, {area.w, 0.5f}, {p.border});
    if (model.session.phase != app::Session::Phase::playing) return;
    int const count = static_cast<int>(model.course.slides.size());
    int const at = model.session.slide;
    float const height = std::fmin(button_height(frame), area.h - 8), top = (area.h - height) / 2;
    float const pad = (frame.metrics.narrow ? 12.0f : 24.0f) * scale;
    std::string const previous = frame.words("nav.previous"), next = frame.words("nav.next");
    float const wide = std::fmax(button_width(frame, previous), button_width(frame, next));
    if (button(frame, "nav/previous", previous, {pad, top, wide, height}, ButtonLook::secondary,
               at == 0 ? disabled : 0u))
        frame.push(app::Previous{});
    std::string const place =
        frame.words("nav.place", {{"at", std::to_string(at + 1)}, {"count", std::to_string(count)}});
    TextStyle const style = frame.metrics.small();
    text_line(frame, "nav/place", place, style,
              {(area.w - text_width(frame, place, style.face, style.px)) / 2, (area.h - style.line_px) / 2}, p.muted);
    if (button(frame, "nav/next", next, {area.w - pad - wide, top, wide, height}, ButtonLook::primary,
               at == count - 1 ? disabled : 0u))
        frame.push(app::Next{});
}

}
