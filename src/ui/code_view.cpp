// The code panel: a native text area with transparent text over coloured source, line numbers beside it, and the line
// that the last traceback named. The DOM edits; this draws what it holds, scrolled as it is.

#include "ground/id.hpp"
#include "ground/text.hpp"
#include "ui/lab_views.hpp"
#include "ui/paint.hpp"
#include "ui/python_lexer.hpp"

#include <cmath>

#include <imgui.h>

namespace cw::ui {

namespace {

// Of the text inside the text area: shell/style.css has the same.
constexpr float pad_x = 12, pad_y = 8;

Colour token_colour(Palette const& p, CodeToken::Kind kind) {
    switch (kind) {
        case CodeToken::Kind::keyword: return p.code.keyword;
        case CodeToken::Kind::text: return p.code.string;
        case CodeToken::Kind::number: return p.code.number;
        case CodeToken::Kind::comment: return p.code.comment;
        case CodeToken::Kind::function: return p.code.function;
        case CodeToken::Kind::plain: break;
    }
    return p.code.plain;
}

struct CodeArea {
    Rect text;   // the text area
    Vec2 scroll; // of its content
    TextStyle style;
    [[nodiscard]] float line_top(int line) const {
        return text.y + pad_y + static_cast<float>(line) * style.line_px - scroll.y;
    }
    [[nodiscard]] bool shows(int line) const {
        return line_top(line) + style.line_px > text.y && line_top(line) < text.bottom();
    }
};

void draw_line_numbers(Frame const& frame, CodeArea const& area, float gutter, int lines, int error_line) {
    Palette const& p = frame.palette;
    for (int line = 0; line < lines; ++line) {
        if (!area.shows(line)) continue;
        if (line + 1 == error_line)
            fill(frame, {area.text.x - gutter, area.line_top(line), gutter + area.text.w, area.style.line_px},
                 p.code.error_ground);
        std::string const number = std::to_string(line + 1);
        float const width = text_width(frame, number, area.style.face, area.style.px);
        draw_text_line(frame, number, area.style, {area.text.x - 10 - width, area.line_top(line)},
                       line + 1 == error_line ? p.bad : p.code.line_number);
    }
}

void draw_source(Frame const& frame, CodeArea const& area, std::string_view source) {
    int line = 0;
    std::size_t line_start = 0, at = 0;
    auto const advance_to = [&](std::size_t position) {
        for (; at < position; ++at)
            if (source[at] == '\n') ++line, line_start = at + 1;
    };
    for (CodeToken const& token : lex_python(source)) {
        advance_to(token.from);
        // A token may span lines (triple quotes): draw it line by line.
        for (std::size_t from = token.from; from < token.to;) {
            advance_to(from);
            std::size_t end = source.find('\n', from);
            if (end > token.to) end = token.to;
            if (area.shows(line) && end > from) {
                float const x =
                    area.text.x + pad_x - area.scroll.x +
                    text_width(frame, source.substr(line_start, from - line_start), area.style.face, area.style.px);
                draw_text_line(frame, source.substr(from, end - from), area.style, {x, area.line_top(line)},
                               token_colour(frame.palette, token.kind));
            }
            from = end + 1;
        }
    }
}

void add_code_node(Frame const& frame, CodeArea const& area, std::string path, lesson::Lab const& lab,
                   app::LabSession const& session) {
    Node node;
    node.path = std::move(path);
    node.role = Role::code_box;
    node.rect = area.text;
    node.name = lab.files.empty() ? "" : lab.files.front().name;
    node.value = session.code;
    node.font_px = area.style.px;
    node.line_px = area.style.line_px;
    if (session.error_line > 0)
        node.description = frame.words("code.error.announce",
                                       {{"line", std::to_string(session.error_line)}, {"message", session.error_text}});
    std::uint32_t const id = frame.out.sem.add(std::move(node)).id;
    if (Input const* const edit = frame.input_for(id, Input::Kind::text)) frame.push(app::EditCode{lab.id, edit->text});
}

void draw_code_bar(Frame const& frame, app::LabSession const& session, Rect bar, lesson::Lab const& lab) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    fill(frame, bar, p.surface, 12); // round above, square below
    fill(frame, {bar.x, bar.y + bar.h / 2, bar.w, bar.h / 2}, p.surface);
    line(frame, {bar.x, bar.bottom()}, {bar.right(), bar.bottom()}, {p.border});
    std::string const path = "lab/" + lab.id;
    bool const running = session.run != app::Run::idle;
    float const height = std::fmin(button_height(frame), bar.h - 8), top = bar.y + (bar.h - height) / 2;
    std::string const run = frame.words(running ? "code.stop" : "code.run");
    float const run_width =
        std::fmax(button_width(frame, frame.words("code.run")), button_width(frame, frame.words("code.stop")));
    float right = bar.right() - 8 * scale - run_width;
    Rect const run_rect{right, top, run_width, height};
    bool const undo = session.replaced.has_value();
    std::string const reset = frame.words(undo ? "code.undo_reset" : "code.reset");
    float const reset_width = button_width(frame, reset);
    right -= reset_width + 8 * scale;
    Rect const reset_rect{right, top, reset_width, height};
    TextStyle style = frame.metrics.code();
    style.face = Face::mono_bold;
    std::string const name = lab.files.empty() ? "" : lab.files.front().name;
    if (text_width(frame, name, style.face, style.px) < right - bar.x - 24 * scale)
        text_line(frame, path + "/name", name, style, {bar.x + 16 * scale, bar.y + (bar.h - style.line_px) / 2},
                  p.text);
    if (button(frame, path + "/run", run, run_rect, ButtonLook::primary)) {
        if (running)
            frame.push(app::StopCode{lab.id});
        else
            frame.push(app::RunCode{lab.id});
    }
    if (button(frame, path + "/reset", reset, reset_rect, ButtonLook::quiet)) {
        if (undo)
            frame.push(app::UndoResetCode{lab.id});
        else
            frame.push(app::ResetCode{lab.id});
    }
}

}

void draw_code(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab,
               float height_px) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    Rect const panel{column.x, column.y, column.width, height_px};
    Rect const bar{panel.x, panel.y, panel.w, 56 * scale};
    int lines = 1;
    for (char const c : session.code) lines += c == '\n';
    CodeArea area;
    area.style = frame.metrics.code();
    float const gutter = text_width(frame, lines < 100 ? "00" : "0000", area.style.face, area.style.px) + 26;
    area.text = {panel.x + gutter, bar.bottom() + 1, panel.w - gutter, panel.h - bar.h - 1};
    std::string const path = "lab/" + lab.id + "/code";
    auto const scrolled = frame.view.scrolls.find(hash32(path));
    if (scrolled != frame.view.scrolls.end()) area.scroll = scrolled->second;

    fill(frame, panel, p.sunken, 12);
    draw_code_bar(frame, session, bar, lab);
    frame.draw->PushClipRect({panel.x + frame.origin.x, area.text.y + frame.origin.y},
                             {panel.right() + frame.origin.x, panel.bottom() + frame.origin.y}, true);
    draw_line_numbers(frame, area, gutter, lines, session.error_line);
    frame.draw->PopClipRect();
    frame.draw->PushClipRect({area.text.x + frame.origin.x, area.text.y + frame.origin.y},
                             {area.text.right() + frame.origin.x, area.text.bottom() + frame.origin.y}, true);
    draw_source(frame, area, session.code);
    frame.draw->PopClipRect();
    outline(frame, panel, {p.border}, 12);
    add_code_node(frame, area, path, lab, session);
    column.y += height_px;
}

}
