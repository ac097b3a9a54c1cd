// One free-text task: the learner writes, submits, then sees the solution beside the own answer and ticks the points it
// hit. Nothing is marked here that a program cannot mark.

#include "ground/match.hpp"
#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

float answer_height(Frame const& frame, std::string const& text, float width) {
    TextStyle const style = frame.metrics.body();
    float lines = 0;
    for (std::string_view const row : split(text, '\n')) {
        lesson::RichText const runs{{std::string(row)}};
        lines += std::fmax(1.0f, static_cast<float>(layout_text(frame, runs, style, width - 28).lines));
    }
    return std::fmax(5.0f, lines + 1) * style.line_px + 24;
}

void draw_own_answer(Frame const& frame, Column& column, std::string const& path, std::string const& text) {
    heading(frame, column, path + "/own/title", frame.words("task.own"), 3, frame.metrics.label());
    column.gap(8);
    int number = 0;
    for (std::string_view const row : split(text, '\n')) {
        if (is_blank(row)) continue;
        lesson::RichText const runs{{std::string(row)}};
        paragraph(frame, column, path + "/own/" + std::to_string(++number), runs, frame.metrics.body(),
                  frame.palette.text);
        column.gap(6);
    }
}

void draw_solution(Frame const& frame, Column& column, std::string const& path, lesson::Task const& task) {
    heading(frame, column, path + "/solution/title", frame.words("task.solution"), 3, frame.metrics.label());
    int number = 0;
    for (auto const& block : task.solution) {
        column.gap(8);
        std::string const block_path = path + "/solution/" + std::to_string(++number);
        match(
            block,
            [&](lesson::Paragraph const& it) {
                paragraph(frame, column, block_path, it.text, frame.metrics.body(), frame.palette.text);
            },
            [&](lesson::ListBlock const& it) { list(frame, column, block_path, it, frame.metrics.body()); });
    }
}

void draw_points(Frame const& frame, Column& column, std::string const& path, lesson::Task const& task,
                 lesson::TaskProgress const& progress) {
    if (task.points.empty()) return;
    column.gap(20 * frame.metrics.scale);
    heading(frame, column, path + "/points/title", frame.words("task.points"), 3, frame.metrics.label());
    column.gap(4);
    for (lesson::Point const& point : task.points) {
        bool const ticked = progress.points.count(point.id) > 0;
        if (auto const now = checkbox(frame, column, path + "/point/" + point.id, point.text, ticked))
            frame.push(app::TickPoint{task.id, point.id, *now});
    }
}

// Own answer and solution side by side where there is room, else one above the other.
void draw_comparison(Frame const& frame, Column& column, std::string const& path, lesson::Task const& task,
                     lesson::TaskProgress const& progress) {
    bool const beside = column.width >= 560 * frame.metrics.scale && progress.submitted;
    float const between = 32 * frame.metrics.scale;
    if (beside) {
        float const half = (column.width - between) / 2;
        Column left{column.x, column.y, half}, right{column.x + half + between, column.y, half};
        draw_own_answer(frame, left, path, progress.text);
        draw_solution(frame, right, path, task);
        line(frame, {column.x + half + between / 2, column.y},
             {column.x + half + between / 2, std::fmax(left.y, right.y)}, {frame.palette.border});
        column.y = std::fmax(left.y, right.y);
        return;
    }
    if (progress.submitted) {
        draw_own_answer(frame, column, path, progress.text);
        column.gap(20 * frame.metrics.scale);
    }
    draw_solution(frame, column, path, task);
}

// The scoreboard of the refusal lab as this task's experiment: what there is to try, or what came of it.
void draw_experiment(Frame const& frame, app::Model const& model, Column& column, std::string const& path) {
    lesson::Slide const* slide = nullptr;
    lesson::RefusalLab const* lab = nullptr;
    for (lesson::Slide const& each : model.course.slides)
        for (lesson::Block const& block : each.blocks)
            if (auto const* const found = std::get_if<lesson::RefusalLab>(&block)) slide = &each, lab = found;
    if (!lab) return;
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    bool const is_met = model.progress.goals.count(std::string(app::defence_goal)) > 0;
    std::string text = frame.words(is_met ? "task.experiment.met" : "task.experiment.open");
    if (auto const record = app::defence_record(model.progress); is_met && record) {
        std::vector<std::string> layers;
        for (std::size_t i = 0; i < record->layers.size(); ++i)
            if (record->layers[i]) layers.push_back(layer_name(frame, static_cast<app::Layer>(i)));
        text +=
            " " + frame.words("task.experiment.stack", {{"layers", join(layers, ", ")},
                                                        {"attack", fixed(record->attack_success * 100, 1) + " %"},
                                                        {"harmless", fixed(record->harmless_refusal * 100, 1) + " %"}});
    }
    {
        Card card(frame, column, {p.sunken, p.border, 16 * scale, is_met ? p.good : p.accent});
        heading(frame, card.column, path + "/experiment/title", frame.words("task.experiment"), 3,
                frame.metrics.label());
        card.column.gap(6 * scale);
        paragraph(frame, card.column, path + "/experiment/text", (is_met ? "\u2713 " : "") + text,
                  frame.metrics.small(), p.text);
        card.column.gap(10 * scale);
        if (button(frame, card.column, path + "/experiment/go", frame.words("task.experiment.go"),
                   ButtonLook::secondary)) {
            frame.push(app::SetLever{lab->id, "part", static_cast<double>(app::LabPart::defend)});
            frame.push(app::GoTo{slide->id});
        }
    }
    column.gap(16 * scale);
}

}

void draw_task(Frame const& frame, app::Model const& model, Column& column, lesson::Task const& task) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    auto const saved = model.progress.tasks.find(task.id);
    lesson::TaskProgress const progress = saved == model.progress.tasks.end() ? lesson::TaskProgress{} : saved->second;
    std::string const path = "task/" + task.id;

    Card card(frame, column, {p.surface, p.border, (frame.metrics.narrow ? 16.0f : 28.0f) * scale, {}});
    Column& in = card.column;
    heading(frame, in, path + "/title", task.title, 2, frame.metrics.heading());
    in.gap(8 * scale);
    paragraph(frame, in, path + "/prompt", task.prompt, frame.metrics.body(), p.text);
    in.gap(16 * scale);
    if (task.experiment == lesson::Task::Experiment::refusal_defence) draw_experiment(frame, model, in, path);
    if (progress.submitted) {
        draw_comparison(frame, in, path, task, progress);
        draw_points(frame, in, path, task, progress);
        in.gap(16 * scale);
        if (button(frame, in, path + "/revise", frame.words("task.revise"), ButtonLook::secondary))
            frame.push(app::ReviseAnswer{task.id});
        return;
    }
    std::string const name = frame.words("task.answer", {{"task", task.title}});
    if (auto const text = text_area(frame, in, path + "/answer", name, progress.text,
                                    answer_height(frame, progress.text, in.width), true))
        frame.push(app::EditAnswer{task.id, *text});
    in.gap(16 * scale);
    draw_remark(frame, model, in, path, task.id);
    {
        ButtonRow row(frame, in);
        if (row.add(path + "/submit", frame.words("task.submit"), ButtonLook::primary))
            frame.push(app::SubmitAnswer{task.id});
        if (!progress.solution_shown && row.add(path + "/show", frame.words("task.show"), ButtonLook::quiet))
            frame.push(app::ShowSolution{task.id});
    }
    if (progress.solution_shown) {
        in.gap(24 * scale);
        draw_comparison(frame, in, path, task, progress);
    }
}

}
