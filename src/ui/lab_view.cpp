// Code panel and terminal: side by side where there is room, else one below the other; then what the learner's filter
// decided, counted from the file that the last run wrote.

#include "ui/lab_views.hpp"
#include "ui/paint.hpp"

#include <cmath>

namespace cw::ui {

namespace {

constexpr float beside_from_px = 980;

void draw_error(Frame const& frame, Column& column, std::string const& path, app::LabSession const& session) {
    std::string text;
    if (session.error_line > 0)
        text = frame.words("code.error.announce",
                           {{"line", std::to_string(session.error_line)}, {"message", session.error_text}});
    if (text.empty()) return;
    column.gap(12);
    paragraph(frame, column, path + "/error", text, frame.metrics.small_bold(), frame.palette.bad);
}

void draw_count(Frame const& frame, Column& column, std::string const& path, lesson::Actor actor,
                std::string const& text) {
    TextStyle const style = frame.metrics.body();
    float const indent = 26 * frame.metrics.scale;
    draw_actor_mark(frame, frame.palette.actor(actor),
                    {column.x + 9 * frame.metrics.scale, column.y + style.line_px / 2}, 7 * frame.metrics.scale);
    Column beside{column.x + indent, column.y, column.width - indent};
    paragraph(frame, beside, path, text, style, frame.palette.text);
    column.y = beside.y + 6;
}

void draw_decisions(Frame const& frame, Column& column, std::string const& path, refusal::FilterReport const& report) {
    column.gap(24 * frame.metrics.scale);
    Card card(frame, column, {frame.palette.surface, frame.palette.border, 24 * frame.metrics.scale, {}});
    heading(frame, card.column, path + "/decisions", frame.words("decisions.title"), 2, frame.metrics.heading());
    card.column.gap(10);
    draw_count(frame, card.column, path + "/decisions/harmful", lesson::Actor::harmful,
               frame.words("decisions.harmful_through", {{"count", std::to_string(report.harmful_let_through())},
                                                         {"total", std::to_string(report.total.harmful)}}));
    draw_count(frame, card.column, path + "/decisions/harmless", lesson::Actor::refusal,
               frame.words("decisions.harmless_blocked", {{"count", std::to_string(report.total.harmless_blocked)},
                                                          {"total", std::to_string(report.total.harmless)}}));
}

}

void draw_lab(Frame const& frame, app::Model const& model, Column& column, lesson::Lab const& lab) {
    auto const found = model.session.labs.find(lab.id);
    if (found == model.session.labs.end()) return;
    app::LabSession const& session = found->second;
    std::string const path = "lab/" + lab.id;
    float const scale = frame.metrics.scale;
    if (column.width >= beside_from_px * scale) {
        float const between = 20 * scale;
        // The terminal gets what its columns need; the code panel the rest.
        float const cells =
            text_width(frame, "M", Face::mono, frame.metrics.code().px) * static_cast<float>(lab.columns) + 26;
        float const right_width = std::fmin(cells, column.width * 0.58f);
        Column left{column.x, column.y, column.width - right_width - between};
        Column right{column.x + column.width - right_width, column.y, right_width};
        float const height = terminal_height(frame, lab, right_width);
        draw_code(frame, session, left, lab, height);
        draw_error(frame, left, path, session);
        draw_terminal(frame, session, right, lab, height);
        column.y = std::fmax(left.y, right.y);
    } else {
        draw_code(frame, session, column, lab, 420 * scale);
        draw_error(frame, column, path, session);
        column.gap(16 * scale);
        draw_terminal(frame, session, column, lab, terminal_height(frame, lab, column.width));
    }
    if (!session.decisions_failure.empty()) {
        column.gap(12);
        paragraph(frame, column, path + "/decisions/failure",
                  frame.words("decisions.unreadable", {{"message", session.decisions_failure}}),
                  frame.metrics.small_bold(), frame.palette.bad);
    }
    if (session.decisions) draw_decisions(frame, column, path, *session.decisions);
}

}
