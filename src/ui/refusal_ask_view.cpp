// Part 1 of the refusal lab: compose a request, and see what decides the start of the answer.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

using app::analytic::Trace;

void draw_prompt(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    refusal::SuitePrompt const* const prompt = app::asked_prompt(view.lab, view.settings);
    Card card(frame, column, {p.sunken, p.border, 14 * scale, p.accent});
    std::string const text = prompt ? prompt->text : frame.words("refusal.ask.composed");
    paragraph(frame, card.column, "refusal/ask/prompt", text, frame.metrics.body(), prompt ? p.text : p.muted);
}

void draw_frame_note(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const at = static_cast<std::size_t>(view.settings.frame);
    if (at >= view.lab.suite.frames.size()) return;
    refusal::SuiteFrame const& chosen = view.lab.suite.frames[at];
    std::string text = chosen.note + " ";
    if (chosen.evidence == app::analytic::Evidence::calibrated)
        text +=
            frame.words("refusal.frame.calibrated", {{"basis", std::string(app::analytic::info(chosen.levers).basis)}});
    else
        text += frame.words("refusal.frame.assumed");
    small_text(frame, column, "refusal/ask/frame/note", text);
}

void draw_request(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    float const scale = frame.metrics.scale;
    auto const& words = frame.words;
    card_title(frame, column, "refusal/ask/compose", words("refusal.ask.compose"));
    if (auto const now =
            pills(frame, column, "refusal/kind", words("refusal.kind"),
                  {words("refusal.kind.everyday"), words("refusal.kind.alarming"), words("refusal.kind.forbidden")},
                  static_cast<int>(view.settings.kind)))
        view.set("kind", *now);
    column.gap(14 * scale);
    std::vector<std::string> frames;
    for (refusal::SuiteFrame const& each : view.lab.suite.frames) frames.push_back(each.name);
    if (auto const now = pills(frame, column, "refusal/frame", words("refusal.frame"), frames, view.settings.frame))
        view.set("frame", *now);
    column.gap(8 * scale);
    draw_frame_note(view, column);
    column.gap(14 * scale);
    draw_prompt(view, column);
    column.gap(10 * scale);
    if (button(frame, column, "refusal/ask/another", words("refusal.ask.another"), ButtonLook::secondary))
        view.set("topic", (view.settings.topic + 1) % 1000);
}

void draw_weights(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    card_title(frame, column, "refusal/ask/model", frame.words("refusal.ask.model"));
    bool const shows_all = view.flag("more");
    for (char const* const name :
         {"w_harm", "w_help", "beta", "delta_r", "delta_s", "k", "theta", "lambda", "psi", "eta", "temperature"}) {
        bool const is_first = std::string_view(name) == "w_harm" || std::string_view(name) == "w_help" ||
                              std::string_view(name) == "beta";
        if (is_first || shows_all)
            lever(view, column, name, frame.words("refusal.weight." + std::string(name)), fixed(view.value(name), 2));
    }
    column.gap(4 * frame.metrics.scale);
    ButtonRow row(frame, column);
    if (row.add("refusal/more/toggle", frame.words(shows_all ? "refusal.less" : "refusal.more"), ButtonLook::secondary,
                expandable | (shows_all ? static_cast<std::uint32_t>(expanded) : 0u)))
        view.set("more", shows_all ? 0 : 1);
    if (row.add("refusal/reset", frame.words("refusal.reset"), ButtonLook::quiet))
        frame.push(app::ResetLab{view.block});
}

void draw_composer(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    draw_request(view, column);
    column.gap(22 * frame.metrics.scale);
    heading(frame, column, "refusal/ask/defences", frame.words("refusal.ask.defences"), 3, frame.metrics.label());
    column.gap(2 * frame.metrics.scale);
    layer_switches(view, column);
}

// --- what comes of it ---

Table trace_table(Frame const& frame, Trace const& t) {
    Table table;
    table.columns = {frame.words("refusal.part_of"), frame.words("refusal.value")};
    auto const row = [&](std::string name, double value) { table.rows.push_back({std::move(name), fixed(value, 4)}); };
    auto const actions = [&](std::string const& name, app::analytic::PerAction const& of) {
        row(name + "(R)", of.refuse);
        row(name + "(S)", of.partial);
        row(name + "(F)", of.fulfil);
    };
    row("h", t.prompt.harm);
    row("l", t.prompt.lexical_alarm);
    row("c", t.prompt.levers.objective_pull);
    row("J", t.prompt.levers.prior_shift_nats);
    row("ν", t.prompt.levers.visibility);
    row("D", t.defence.rule.nats);
    row("cov", t.defence.rule.coverage);
    row("ν'", t.processing.visibility);
    row("ν' h", t.processing.harm_term);
    row("λ l (1 − h)", t.processing.lexical_term);
    row("u", t.processing.perceived_harm);
    row("k (u − θ)", t.trigger_input);
    row("ŝ", t.alarm);
    table.rows.push_back({"ŝ*", t.threshold ? fixed(*t.threshold, 4) : "–"});
    actions("ref", t.output.reference_logits);
    actions("r", t.output.rewards);
    actions("z", t.output.logits);
    actions("log π", t.output.log_probabilities);
    actions("π", t.output.probabilities);
    actions("π_ref", t.reference);
    row("KL(π‖π_ref)", t.drift_nats);
    row("t", t.filter_rate);
    row(frame.words("refusal.blocked"), t.blocked);
    actions("P", t.final);
    row("P(refusal)", t.refusal);
    row("P(harmful_content)", t.harmful_content);
    return table;
}

struct StepText {
    std::string path, title, text, value;
    bool is_lit;
    lesson::Actor actor; // whose colour it takes when lit
};

// A step's own small card; the bars below its text are the caller's.
template <class Bars>
void draw_step(Frame const& frame, Column& column, StepText const& step, Bars bars) {
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    Card::Look look{p.surface, p.border, 16 * scale, {}};
    if (step.is_lit) look.stripe = p.actor(step.actor).fill;
    Card card(frame, column, look);
    Column& in = card.column;
    heading(frame, in, step.path + "/title", step.title, 4, frame.metrics.label());
    small_text(frame, in, step.path + "/text", step.text);
    in.gap(10 * scale);
    bars(in);
    if (!step.value.empty()) small_text(frame, in, step.path + "/value", step.value);
}

PlotBar share_bar(std::string label, double share, PlotLook look) {
    PlotBar bar;
    bar.label = std::move(label);
    bar.share = share;
    bar.shown = three(share);
    bar.look = look;
    return bar;
}

void draw_first_step(Frame const& frame, Column& column, Trace const& t) {
    auto const& words = frame.words;
    StepText step{"refusal/step1",
                  words("refusal.step1"),
                  words("refusal.step1.text"),
                  "",
                  t.processing.perceived_harm > t.weights.trigger_threshold,
                  lesson::Actor::harmful};
    step.value = words("refusal.step1.value", {{"seen", three(t.processing.perceived_harm)},
                                               {"visibility", three(t.processing.visibility)},
                                               {"harm", three(t.prompt.harm)},
                                               {"words", three(t.processing.lexical_term)},
                                               {"theta", three(t.weights.trigger_threshold)}});
    draw_step(frame, column, step, [&](Column& in) {
        PlotBar bar = share_bar("u", t.processing.perceived_harm, look_of(frame, lesson::Actor::harmful));
        bar.tick = t.weights.trigger_threshold;
        draw_plot_bars(frame, in, {bar});
    });
}

void draw_second_step(Frame const& frame, Column& column, Trace const& t) {
    auto const& words = frame.words;
    StepText step{"refusal/step2",
                  words("refusal.step2"),
                  words("refusal.step2.text"),
                  "",
                  t.threshold && t.alarm > *t.threshold,
                  lesson::Actor::harmlessness};
    step.value = t.threshold
                     ? words("refusal.step2.value", {{"alarm", three(t.alarm)}, {"threshold", three(*t.threshold)}})
                     : words("refusal.step2.never", {{"alarm", three(t.alarm)}});
    draw_step(frame, column, step, [&](Column& in) {
        PlotBar bar = share_bar("ŝ", t.alarm, look_of(frame, lesson::Actor::harmlessness));
        if (t.threshold) bar.tick = *t.threshold;
        draw_plot_bars(frame, in, {bar});
    });
}

void draw_third_step(Frame const& frame, Column& column, Trace const& t) {
    auto const& words = frame.words;
    auto const& p = t.output.probabilities;
    bool const refuses = p.refuse >= p.partial && p.refuse >= p.fulfil;
    bool const fulfils = p.fulfil > p.refuse && p.fulfil >= p.partial;
    lesson::Actor const fulfilled = t.is_harmful ? lesson::Actor::harmful : lesson::Actor::helpfulness;
    StepText const step{"refusal/step3",
                        words("refusal.step3"),
                        words("refusal.step3.text"),
                        "",
                        refuses || fulfils,
                        refuses ? lesson::Actor::refusal : fulfilled};
    draw_step(frame, column, step, [&](Column& in) {
        std::vector<PlotBar> bars{
            share_bar(words("refusal.action.refuse"), p.refuse, look_of(frame, lesson::Actor::refusal)),
            share_bar(words("refusal.action.partial"), p.partial, neutral_look(frame)),
            share_bar(words("refusal.action.fulfil"), p.fulfil, look_of(frame, fulfilled))};
        bars[0].tick = t.reference.refuse;
        bars[1].tick = t.reference.partial;
        bars[2].tick = t.reference.fulfil;
        draw_plot_bars(frame, in, bars);
        small_text(frame, in, "refusal/step3/tick", "| " + words("refusal.before_alignment"));
    });
}

void draw_steps(LabView const& view, Column& column, Trace const& trace) {
    Frame const& frame = view.frame;
    float const gap = 14 * frame.metrics.scale;
    Figure figure(frame, view.model, column,
                  {"refusal/steps", frame.words("refusal.steps"), view.block, trace_table(frame, trace)});
    Column& in = figure.column();
    if (in.width < 560 * frame.metrics.scale) {
        draw_first_step(frame, in, trace);
        in.gap(gap);
        draw_second_step(frame, in, trace);
        in.gap(gap);
        draw_third_step(frame, in, trace);
        return;
    }
    float const half = (in.width - gap) / 2;
    Column left{in.x, in.y, half}, right{in.x + half + gap, in.y, half};
    draw_first_step(frame, left, trace);
    draw_second_step(frame, right, trace);
    in.y = std::fmax(left.y, right.y) + gap;
    draw_third_step(frame, in, trace);
}

void draw_result(LabView const& view, Column& column, Trace const& trace) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Table table;
    table.columns = {words("refusal.part_of"), words("refusal.value")};
    table.rows = {{"P(refusal)", fixed(trace.refusal, 4)},
                  {"P(harmful_content)", fixed(trace.harmful_content, 4)},
                  {words("refusal.action.fulfil"), fixed(trace.final.fulfil, 4)}};
    Figure figure(frame, view.model, column, {"refusal/result", words("refusal.ask.result"), view.block, table});
    PlotBar refusal = share_bar("P(refusal)", trace.refusal, look_of(frame, lesson::Actor::refusal));
    refusal.path = "refusal/result/refusal";
    PlotBar harmful = share_bar("P(harmful_content)", trace.harmful_content, look_of(frame, lesson::Actor::harmful));
    harmful.path = "refusal/result/harmful";
    refusal.has_mark = harmful.has_mark = true;
    draw_plot_bars(frame, figure.column(), {refusal, harmful});
    if (trace.blocked > 0)
        small_text(frame, figure.column(), "refusal/result/blocked",
                   words("refusal.ask.blocked", {{"share", percent(trace.blocked)}}));
}

std::vector<PlotStep> waterfall_steps(Frame const& frame, app::analytic::Waterfall const& w) {
    std::vector<PlotStep> steps;
    auto const add = [&](char const* name, double amount) {
        if (amount != 0) steps.push_back({frame.words("refusal.waterfall." + std::string(name)), amount});
    };
    add("reference", w.reference);
    add("helpfulness", w.helpfulness);
    add("harmlessness", w.harmlessness);
    add("objectives", w.objectives);
    add("prior", w.prior);
    add("visibility", w.visibility);
    add("rule", w.rule);
    add("rule_visibility", w.rule_visibility);
    steps.push_back({frame.words("refusal.waterfall.total"), w.total, PlotStep::Kind::total});
    return steps;
}

void draw_moves(LabView const& view, Column& column, Trace const& trace) {
    Frame const& frame = view.frame;
    std::vector<PlotStep> const steps = waterfall_steps(frame, trace.waterfall);
    Table table;
    table.columns = {frame.words("refusal.part_of"), frame.words("refusal.nats.unit")};
    for (PlotStep const& step : steps) table.rows.push_back({step.label, fixed(step.amount, 4)});
    Figure figure(frame, view.model, column,
                  {"refusal/waterfall", frame.words("refusal.waterfall"), view.block, table});
    draw_waterfall(frame, figure.column(), steps);
    small_text(frame, figure.column(), "refusal/waterfall/note", frame.words("refusal.waterfall.note"));
}

// A card of its own, with room below it.
template <class Draw>
void in_card(Frame const& frame, Column& column, Draw draw) {
    {
        Card card(frame, column, card_look(frame));
        draw(card.column);
    }
    column.gap(20 * frame.metrics.scale);
}

// Where there is no room side by side, what comes out stands between the request and the sliders, in sight of both.
void draw_equations(LabView const& view, Sides& both) {
    Frame const& frame = view.frame;
    Trace const trace = app::asked_trace(view.lab, view.settings);
    Column& left = both.left;
    Column& right = both.beside ? both.right : both.left;
    auto const draw_sliders = [&] { in_card(frame, left, [&](Column& in) { draw_weights(view, in); }); };
    in_card(frame, left, [&](Column& in) { draw_composer(view, in); });
    if (both.beside) draw_sliders();
    in_card(frame, right, [&](Column& in) { draw_result(view, in, trace); });
    if (!both.beside) draw_sliders();
    in_card(frame, right, [&](Column& in) { draw_steps(view, in, trace); });
    in_card(frame, right, [&](Column& in) { draw_moves(view, in, trace); });
    in_card(frame, right, [&](Column& in) { draw_depth(view, in); });
    if (!both.beside) both.right.y = left.y;
}

}

void draw_ask_part(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    paragraph(frame, column, "refusal/ask/lead", words("refusal.ask.lead"), frame.metrics.body(), frame.palette.text);
    column.gap(16 * frame.metrics.scale);
    if (auto const now = pills(frame, column, "refusal/engine", words("refusal.engine"),
                               {words("refusal.engine.equations"), words("refusal.engine.weights")},
                               static_cast<int>(view.settings.engine)))
        view.set("engine", *now);
    column.gap(20 * frame.metrics.scale);
    Sides both = sides(frame, column, 400);
    if (view.settings.engine == app::LabEngine::equations) {
        draw_equations(view, both);
    } else {
        in_card(frame, both.left, [&](Column& in) { draw_composer(view, in); });
        if (!both.beside) both.right.y = both.left.y;
        draw_real_answer(view, both.right);
    }
    join_sides(column, both);
}

}
