// The closing slide: score, what was learned, time spent, restart.

#include "ui/paint.hpp"
#include "ui/views.hpp"

namespace cw::ui {

namespace {

void draw_figure(Frame const& frame, Column& column, std::string const& path, std::string const& label,
                 std::string const& value, float x, float width) {
    TextStyle const big = frame.metrics.title(), small = frame.metrics.small();
    text_line(frame, path + "/value", value, big, {x, column.y}, frame.palette.accent_text);
    Column under{x, column.y + big.line_px, width};
    paragraph(frame, under, path + "/label", label, small, frame.palette.muted);
}

void draw_restart(Frame const& frame, app::Model const& model, Column& column) {
    if (model.session.restart_asked) {
        paragraph(frame, column, "summary/restart/ask", frame.words("restart.ask"), frame.metrics.body(),
                  frame.palette.text);
        column.gap(12);
        ButtonRow row(frame, column);
        if (row.add("summary/restart/confirm", frame.words("restart.confirm"), ButtonLook::primary))
            frame.push(app::ConfirmRestart{});
        if (row.add("summary/restart/cancel", frame.words("restart.cancel"), ButtonLook::secondary))
            frame.push(app::CancelRestart{});
        return;
    }
    if (button(frame, column, "summary/restart", frame.words("restart"), ButtonLook::secondary))
        frame.push(app::Restart{});
}

}

void draw_summary(Frame const& frame, app::Model const& model, Column& column, lesson::Summary const& summary) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    lesson::Score const& score = model.score;
    {
        Card card(frame, column, {p.surface, p.border, 28 * scale, {}});
        Column& in = card.column;
        struct Figure {
            std::string path, label, value;
        };
        Figure const figures[] = {
            {"summary/score", frame.words("summary.score"),
             frame.words("summary.of",
                         {{"got", std::to_string(score.points)}, {"most", std::to_string(score.most_points)}})},
            {"summary/tasks", frame.words("summary.tasks"),
             frame.words("summary.of",
                         {{"got", std::to_string(score.tasks_done)}, {"most", std::to_string(score.tasks)}})},
            {"summary/time", frame.words("summary.time"), clock_text(model.progress.active_seconds)},
        };
        float const width = frame.metrics.narrow ? in.width : in.width / 3;
        float const height = frame.metrics.title().line_px + frame.metrics.small().line_px;
        float x = in.x;
        for (Figure const& figure : figures) {
            draw_figure(frame, in, figure.path, figure.label, figure.value, x, width - 12);
            if (frame.metrics.narrow)
                in.gap(height + 12);
            else
                x += width;
        }
        if (!frame.metrics.narrow) in.gap(height);
    }
    if (!summary.learned.empty()) {
        column.gap(32 * scale);
        heading(frame, column, "summary/learned", frame.words("summary.learned"), 2, frame.metrics.heading());
        column.gap(12 * scale);
        list(frame, column, "summary/learned/list", {lesson::ListBlock::Marker::bullet, summary.learned},
             frame.metrics.body());
    }
    column.gap(32 * scale);
    draw_restart(frame, model, column);
}

}
