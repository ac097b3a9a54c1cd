// One multiple-choice question: options, verdict in words, the reason for each option.

#include "ui/paint.hpp"
#include "ui/views.hpp"

namespace cw::ui {

namespace {

Tone tone_of(lesson::Option const& option, bool chosen, lesson::Mark mark) {
    if (mark == lesson::Mark::open) return chosen ? Tone::chosen : Tone::plain;
    if (chosen) return mark == lesson::Mark::right ? Tone::good : Tone::bad;
    return option.correct && mark == lesson::Mark::right ? Tone::good : Tone::plain;
}

// After a right answer every option says why; after a wrong one only the chosen does, so that another try is one.
bool shows_reason(bool chosen, lesson::Mark mark) {
    return mark == lesson::Mark::right || (mark == lesson::Mark::wrong && chosen);
}

void draw_verdict(Frame const& frame, Column& column, std::string const& path, lesson::Mark mark, int tries) {
    Palette const& p = frame.palette;
    std::string text;
    if (mark == lesson::Mark::right) text = frame.words("quiz.right");
    if (mark == lesson::Mark::wrong) text = frame.words("quiz.wrong");
    if (mark != lesson::Mark::open && tries > 0)
        text +=
            " " + frame.words(tries == 1 ? "quiz.tries.one" : "quiz.tries.many", {{"count", std::to_string(tries)}});
    Node node;
    node.path = path;
    node.role = Role::status;
    node.rect = {column.x, column.y, column.width, 0};
    if (mark != lesson::Mark::open) {
        TextStyle const style = frame.metrics.label();
        bool const right = mark == lesson::Mark::right;
        Colour const ink = right ? p.good : p.bad;
        // A tick or a cross before the words: never colour alone.
        float const scale = frame.metrics.scale, middle = column.y + style.line_px / 2, left = column.x + 2 * scale;
        if (right) {
            line(frame, {left, middle}, {left + 5 * scale, middle + 5 * scale}, {ink, 2.6f});
            line(frame, {left + 5 * scale, middle + 5 * scale}, {left + 14 * scale, middle - 6 * scale}, {ink, 2.6f});
        } else {
            line(frame, {left, middle - 6 * scale}, {left + 12 * scale, middle + 6 * scale}, {ink, 2.6f});
            line(frame, {left, middle + 6 * scale}, {left + 12 * scale, middle - 6 * scale}, {ink, 2.6f});
        }
        lesson::RichText const runs{{text}};
        float const indent = 26 * scale;
        TextBlock const block = layout_text(frame, runs, style, column.width - indent);
        draw_text_block(frame, block, {column.x + indent, column.y}, ink);
        node.rect = {column.x + indent, column.y, column.width - indent, block.height()};
        node.runs = runs;
        node.font_px = style.px;
        node.line_px = style.line_px;
        node.face = Node::Face::sans_bold;
        column.y += block.height() + 16 * scale;
    }
    frame.out.sem.add(std::move(node)); // there before it speaks, so that screen readers watch it
}

}

void draw_remark(Frame const& frame, app::Model const& model, Column& column, std::string const& path,
                 std::string const& id) {
    auto const remark = model.session.remarks.find(id);
    if (remark == model.session.remarks.end()) return;
    paragraph(frame, column, path + "/remark", remark->second, frame.metrics.small_bold(), frame.palette.warn);
    column.gap(12 * frame.metrics.scale);
}

void draw_question(Frame const& frame, app::Model const& model, Column& column, lesson::Question const& question) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    auto const saved = model.progress.questions.find(question.id);
    lesson::QuestionProgress const progress =
        saved == model.progress.questions.end() ? lesson::QuestionProgress{} : saved->second;
    lesson::Mark const mark = lesson::mark(question, progress);
    std::string const path = "quiz/" + question.id;

    Card card(frame, column, {p.surface, p.border, (frame.metrics.narrow ? 16.0f : 28.0f) * scale, {}});
    Column& in = card.column;
    heading(frame, in, path + "/prompt", question.prompt, 2, frame.metrics.heading());
    in.gap(18 * scale);
    Node group;
    group.path = path;
    group.role = Role::radio_group;
    group.rect = {in.x, in.y, in.width, 0};
    group.name = plain_text(question.prompt);
    frame.out.sem.begin(std::move(group));
    for (int const index : lesson::option_order(question, model.progress.seed)) {
        lesson::Option const& option = question.options[static_cast<std::size_t>(index)];
        bool const chosen = option.id == progress.option;
        std::string const option_path = path + "/" + option.id;
        if (radio(frame, in, option_path, option.text, chosen, tone_of(option, chosen, mark),
                  mark == lesson::Mark::open))
            frame.push(app::Choose{question.id, option.id});
        if (shows_reason(chosen, mark) && !option.feedback.empty()) {
            in.gap(6 * scale);
            Column reason{in.x + 46 * scale, in.y, in.width - 58 * scale};
            paragraph(frame, reason, option_path + "/reason", option.feedback, frame.metrics.small(),
                      chosen || option.correct ? p.text : p.muted);
            in.y = reason.y;
            in.gap(4 * scale);
        }
        in.gap(10 * scale);
    }
    frame.out.sem.end();
    in.gap(10 * scale);
    draw_verdict(frame, in, path + "/verdict", mark, progress.tries);
    if (mark == lesson::Mark::open) {
        draw_remark(frame, model, in, path, question.id);
        if (button(frame, in, path + "/check", frame.words("quiz.check"), ButtonLook::primary))
            frame.push(app::Check{question.id});
    } else if (button(frame, in, path + "/again", frame.words("quiz.again"), ButtonLook::secondary)) {
        frame.push(app::TryAgain{question.id});
    }
}

}
