// The Ask part with the real weights: the same question to the model before its training and after.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <algorithm>
#include <cmath>

namespace cw::ui {

namespace {

using app::tiny::AnswerView;

// Words as little boxes, as a model reads them; the DOM has them as one line.
void draw_tokens(Frame const& frame, Column& column, std::string const& path, std::string const& name,
                 std::vector<std::string> const& words) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    TextStyle const style = frame.metrics.code();
    float const height = style.line_px + 8 * scale, top = column.y;
    float x = column.x;
    for (std::string const& word : words) {
        float const width = text_width(frame, word, style.face, style.px) + 12 * scale;
        if (x > column.x && x + width > column.x + column.width) {
            x = column.x;
            column.y += height + 6 * scale;
        }
        Rect const rect{x, column.y, width, height};
        fill(frame, rect, p.sunken, 5);
        outline(frame, rect, {p.border}, 5);
        draw_text_line(frame, word, style, {x + 6 * scale, column.y + 4 * scale}, p.text);
        x += width + 4 * scale;
    }
    column.y += height;
    Node node;
    node.path = path;
    node.role = Role::paragraph;
    node.rect = {column.x, top, column.width, column.y - top};
    node.name = name;
    node.runs = {{name + ": " + join(words, " ")}};
    node.font_px = style.px;
    node.line_px = style.line_px;
    node.flags = unseen;
    frame.out.sem.add(std::move(node));
}

std::vector<std::string> written_words(AnswerView const& answer) {
    std::vector<std::string> words;
    for (auto const& position : answer.positions) words.push_back(position.word);
    return words;
}

bool is_harmful(LabView const& view) { return view.settings.kind == app::RequestKind::forbidden; }

// What comes out behind the filter: a blocked request is refused, whatever the model would have said.
bool is_blocked(AnswerView const& answer) { return answer.verdict == app::tiny::Verdict::blocked; }
double refusal_of(AnswerView const& answer) { return is_blocked(answer) ? 1 : answer.refusal; }
double compliance_of(AnswerView const& answer) { return is_blocked(answer) ? 0 : answer.compliance; }

std::string compliance_name(LabView const& view) {
    return is_harmful(view) ? "P(harmful_content)" : view.frame.words("refusal.action.fulfil");
}

Table answer_table(LabView const& view, std::vector<AnswerView const*> const& answers) {
    auto const& words = view.frame.words;
    Table table;
    table.columns = {words("refusal.part_of"), words("refusal.real.before")};
    if (answers.size() > 1) table.columns.push_back(words("refusal.real.after"));
    auto const row = [&](std::string name, auto value) {
        table.rows.push_back({std::move(name)});
        for (AnswerView const* const each : answers) table.rows.back().push_back(value(*each));
    };
    row(words("refusal.real.start"), [](AnswerView const& it) { return fixed(it.start.refuse, 4); });
    row(words("refusal.real.comply"), [](AnswerView const& it) { return fixed(it.start.comply, 4); });
    row("P(refusal)", [](AnswerView const& it) { return fixed(refusal_of(it), 4); });
    row(compliance_name(view), [](AnswerView const& it) { return fixed(compliance_of(it), 4); });
    if (is_blocked(*answers.front()) || is_blocked(*answers.back())) {
        std::string const alone = ", " + words("refusal.real.alone");
        row("P(refusal)" + alone, [](AnswerView const& it) { return fixed(it.refusal, 4); });
        row(compliance_name(view) + alone, [](AnswerView const& it) { return fixed(it.compliance, 4); });
    }
    for (std::size_t i = 0; i < app::tiny::shown_shares; ++i)
        row(words("refusal.real.token") + " " + std::to_string(i + 1), [&](AnswerView const& it) {
            if (it.positions.empty() || it.positions.front().top.size() <= i) return std::string();
            auto const& share = it.positions.front().top[i];
            return share.word + " " + fixed(share.share, 4);
        });
    row(words("refusal.real.answer"), [](AnswerView const& it) { return join(written_words(it), " "); });
    return table;
}

PlotBar bar_of(std::string label, double share, PlotLook look) {
    PlotBar bar;
    bar.label = std::move(label);
    bar.share = share;
    bar.shown = three(share);
    bar.look = look;
    return bar;
}

void draw_answer(LabView const& view, Column& column, std::string const& path, std::string const& title,
                 AnswerView const& answer, double alarm) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    float const scale = frame.metrics.scale;
    lesson::Actor const fulfilled = is_harmful(view) ? lesson::Actor::harmful : lesson::Actor::helpfulness;
    heading(frame, column, path + "/title", title, 4, frame.metrics.label());
    column.gap(8 * scale);
    PlotBar refusal = bar_of("P(refusal)", refusal_of(answer), look_of(frame, lesson::Actor::refusal));
    PlotBar comply = bar_of(compliance_name(view), compliance_of(answer), look_of(frame, fulfilled));
    refusal.has_mark = comply.has_mark = true;
    refusal.path = path + "/refusal";
    comply.path = path + "/compliance";
    draw_plot_bars(frame, column, {refusal, comply});
    column.gap(6 * scale);
    small_text(frame, column, path + "/tokens", words("refusal.real.tokens"));
    column.gap(6 * scale);
    std::vector<PlotBar> tokens;
    if (!answer.positions.empty())
        for (auto const& share : answer.positions.front().top)
            tokens.push_back(
                bar_of(share.word, share.share,
                       share.word == "sorry" ? look_of(frame, lesson::Actor::refusal) : neutral_look(frame)));
    draw_plot_bars(frame, column, tokens);
    column.gap(4 * scale);
    small_text(frame, column, path + "/writes", words("refusal.real.answer"));
    column.gap(4 * scale);
    draw_tokens(frame, column, path + "/answer", words("refusal.real.answer"), written_words(answer));
    column.gap(8 * scale);
    small_text(frame, column, path + "/alarm", words("refusal.real.alarm", {{"alarm", three(alarm)}}));
    if (answer.intent.empty()) return;
    small_text(frame, column, path + "/intent", words("refusal.real.intent", {{"intent", answer.intent}}));
    if (is_blocked(answer))
        paragraph(frame, column, path + "/blocked",
                  words("refusal.real.blocked", {{"name", compliance_name(view)}, {"share", three(answer.compliance)}}),
                  frame.metrics.small_bold(), frame.palette.text);
}

void draw_answers(LabView const& view, Column& column, app::tiny::Answered const& answered) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    std::vector<AnswerView const*> both{&answered.before};
    if (answered.is_trained) both.push_back(&answered.after);
    Figure figure(frame, view.model, column,
                  {"refusal/real", words("refusal.ask.result"), view.block, answer_table(view, both)});
    Column& in = figure.column();
    float const between = 32 * frame.metrics.scale;
    bool const beside = answered.is_trained && in.width > 620 * frame.metrics.scale;
    float const half = beside ? (in.width - between) / 2 : in.width;
    Column left{in.x, in.y, half};
    draw_answer(view, left, "refusal/real/before", words("refusal.real.before"), answered.before,
                answered.alarm_before);
    if (!answered.is_trained) {
        in.y = left.y;
        return;
    }
    Column right{beside ? in.x + half + between : in.x, beside ? in.y : left.y + between, half};
    draw_answer(view, right, "refusal/real/after", words("refusal.real.after"), answered.after, answered.alarm_after);
    in.y = std::fmax(left.y, right.y);
}

void draw_untrained(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::Trainer const& trainer = view.lab.trainer;
    column.gap(16 * frame.metrics.scale);
    bool const is_busy = trainer.work != app::Trainer::Work::none;
    std::string text = words("refusal.real.untrained");
    if (is_busy) {
        bool const steps_left = static_cast<int>(trainer.run.curve.size()) < trainer.run.steps;
        text = steps_left ? words("refusal.train.progress", {{"step", std::to_string(trainer.run.curve.size())},
                                                             {"steps", std::to_string(trainer.run.steps)}})
                          : words("refusal.train.measuring");
    }
    paragraph(frame, column, "refusal/real/untrained", text, frame.metrics.body(), frame.palette.text);
    column.gap(10 * frame.metrics.scale);
    if (!is_busy && button(frame, column, "refusal/real/train", words("refusal.real.train"), ButtonLook::primary))
        frame.push(app::StartTraining{view.block});
}

}

void draw_real_answer(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::Trainer const& trainer = view.lab.trainer;
    Card card(frame, column, card_look(frame));
    Column& in = card.column;
    auto const say = [&](std::string const& text) {
        paragraph(frame, in, "refusal/real/state", text, frame.metrics.body(), frame.palette.muted);
    };
    if (!app::tiny_frame(view.lab, view.settings)) return say(words("refusal.real.no_frame"));
    if (trainer.state == app::Trainer::State::failed)
        return say(words("refusal.trainer.failed", {{"message", trainer.failure}}));
    if (!trainer.answer) return say(words("refusal.real.loading"));
    card_title(frame, in, "refusal/real/reads", words("refusal.real.reads"));
    draw_tokens(frame, in, "refusal/real/question", words("refusal.real.reads"), trainer.answer->before.words);
    in.gap(8 * frame.metrics.scale);
    small_text(frame, in, "refusal/real/note", words("refusal.real.note"));
    if (view.settings.has(app::Layer::rule) && view.settings.has(app::Layer::demonstrations))
        small_text(frame, in, "refusal/real/one", words("refusal.real.one_layer"));
    in.gap(14 * frame.metrics.scale);
    if (view.settings.has(app::Layer::filter)) {
        if (auto const now = pills(frame, in, "refusal/real/filter", words("refusal.real.filter"),
                                   {words("refusal.real.filter.frozen"), words("refusal.real.filter.own")},
                                   view.settings.filters_with_itself ? 1 : 0))
            view.set("filter_own", *now);
        in.gap(14 * frame.metrics.scale);
    }
    lever(view, in, "prefill", words("refusal.real.prefill"), std::to_string(view.settings.prefill));
    in.gap(10 * frame.metrics.scale);
    draw_answers(view, in, *trainer.answer);
    if (!trainer.answer->is_trained) draw_untrained(view, in);
}

}
