// Part 2 of the refusal lab: train the real model and see what changed.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>
#include <set>

namespace cw::ui {

namespace {

using app::tiny::Cell;
using app::tiny::Measurements;
using app::tiny::Outcomes;
using Work = app::Trainer::Work;

void draw_presets(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    std::vector<std::string> titles;
    for (app::TrainingPreset const& preset : app::training_presets())
        titles.push_back(words("refusal.preset." + std::string(preset.name) + ".title"));
    if (auto const now =
            pills(frame, column, "refusal/preset", words("refusal.train.presets"), titles, view.settings.preset)) {
        auto const at = static_cast<std::size_t>(*now);
        frame.push(app::ApplyPreset{view.block, std::string(app::training_presets()[at].name)});
    }
    if (view.settings.preset < 0) return;
    std::string const key =
        "refusal.preset." + std::string(app::training_presets()[static_cast<std::size_t>(view.settings.preset)].name);
    column.gap(12 * frame.metrics.scale);
    paragraph(frame, column, "refusal/preset/text", words(key + ".text"), frame.metrics.body(), frame.palette.text);
    column.gap(4 * frame.metrics.scale);
    small_text(frame, column, "refusal/preset/source", words(key + ".source"));
}

void draw_settings(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::LabSettings const& s = view.settings;
    card_title(frame, column, "refusal/train/settings", words("refusal.train.settings"));
    lever(view, column, "train_harm", words("refusal.train.harm"),
          plain(app::training_harm_weights[static_cast<std::size_t>(view.value("train_harm"))]));
    lever(view, column, "train_beta", words("refusal.train.beta"), plain(s.training.preference.beta));
    lever(view, column, "train_coverage", words("refusal.train.coverage"), percent_text(s.training.pairs.coverage));
    if (s.training.pairs.coverage > 0) {
        if (auto const now = pills(frame, column, "refusal/train/where", words("refusal.train.where"),
                                   {words("refusal.train.where.role_play"), words("refusal.train.where.all")},
                                   view.flag("train_everywhere")))
            view.set("train_everywhere", *now);
        column.gap(12 * frame.metrics.scale);
    }
    lever(view, column, "train_mix", words("refusal.train.mix"), plain(s.training.text_mix));
    lever(view, column, "train_depth", words("refusal.train.depth"), percent_text(s.training.pairs.depth_share));
    lever(view, column, "train_caution", words("refusal.train.caution"), percent_text(s.training.pairs.caution));
    bool const shows_all = view.flag("train_more");
    if (shows_all) {
        lever(view, column, "train_steps", words("refusal.train.length"), std::to_string(s.steps));
        lever(view, column, "train_seed", words("refusal.train.seed"), std::to_string(s.training.seed));
        for (char const* const name : {"borderline", "fast", "many", "anchor"})
            lab_switch(view, column, "train_" + std::string(name), words("refusal.train." + std::string(name)));
    }
    column.gap(4 * frame.metrics.scale);
    ButtonRow row(frame, column);
    if (row.add("refusal/train/more", words(shows_all ? "refusal.less" : "refusal.more"), ButtonLook::secondary,
                expandable | (shows_all ? static_cast<std::uint32_t>(expanded) : 0u)))
        view.set("train_more", shows_all ? 0 : 1);
}

void draw_run_buttons(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::Trainer const& trainer = view.lab.trainer;
    ButtonRow row(frame, column);
    if (trainer.work == Work::none) {
        std::uint32_t const flags =
            trainer.state == app::Trainer::State::ready ? 0u : static_cast<std::uint32_t>(disabled);
        if (row.add("refusal/train/start", words("refusal.train.start"), ButtonLook::primary, flags))
            frame.push(app::StartTraining{view.block});
        return;
    }
    bool const is_paused = trainer.work == Work::paused;
    if (row.add("refusal/train/pause", words(is_paused ? "refusal.train.resume" : "refusal.train.pause"),
                ButtonLook::primary))
        frame.push(app::PauseTraining{view.block});
    if (row.add("refusal/train/cancel", words("refusal.train.cancel"), ButtonLook::secondary))
        frame.push(app::CancelTraining{view.block});
}

std::string state_text(LabView const& view) {
    auto const& words = view.frame.words;
    app::Trainer const& trainer = view.lab.trainer;
    if (trainer.state == app::Trainer::State::failed)
        return words("refusal.trainer.failed", {{"message", trainer.failure}});
    if (trainer.state != app::Trainer::State::ready) return words("refusal.real.loading");
    if (trainer.work == Work::none) return trainer.done.empty() ? words("refusal.train.idle") : std::string();
    if (static_cast<int>(trainer.run.curve.size()) == trainer.run.steps) return words("refusal.train.measuring");
    return words("refusal.train.progress",
                 {{"step", std::to_string(trainer.run.curve.size())}, {"steps", std::to_string(trainer.run.steps)}});
}

// How far the run at work is.
void draw_progress(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    app::TrainingRun const& run = view.lab.trainer.run;
    if (view.lab.trainer.work == Work::none || run.steps == 0) return;
    float const share = static_cast<float>(run.curve.size()) / static_cast<float>(run.steps);
    Rect const track{column.x, column.y, column.width, 8 * frame.metrics.scale};
    fill(frame, track, frame.palette.track, 4);
    fill(frame, {track.x, track.y, std::fmax(track.h, track.w * share), track.h}, frame.palette.accent, 4);
    if (frame.palette.forced) outline(frame, track, {frame.palette.border}, 4);
    Node node;
    node.path = "refusal/train/progress";
    node.role = Role::progressbar;
    node.rect = track;
    node.name = frame.words("refusal.train.progress.name");
    node.number = static_cast<float>(run.curve.size());
    node.most = static_cast<float>(run.steps);
    node.value = state_text(view);
    frame.out.sem.add(std::move(node));
    column.gap(track.h + 10 * frame.metrics.scale);
}

// The run at work, or else the last one.
app::TrainingRun const* shown_run(app::Trainer const& trainer) {
    if (trainer.work != Work::none) return &trainer.run;
    return trainer.done.empty() ? nullptr : &trainer.done.back();
}

void draw_curve(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::TrainingRun const* const run = shown_run(view.lab.trainer);
    Table table;
    table.columns = {words("refusal.train.step"), words("refusal.train.preference_loss"),
                     words("refusal.train.text_loss")};
    PlotLine preference{words("refusal.train.preference_loss"), {}, look_of(frame, lesson::Actor::harmlessness)};
    PlotLine text{words("refusal.train.text_loss"), {}, look_of(frame, lesson::Actor::helpfulness)};
    text.look.pattern = PlotLook::Pattern::hollow;
    double most = 1;
    if (run) {
        for (app::tiny::StepReport const& step : run->curve) {
            preference.points.emplace_back(step.step, step.preference.loss);
            if (step.text_loss > 0) text.points.emplace_back(step.step, step.text_loss);
            most = std::fmax(most, std::fmax(step.preference.loss, step.text_loss));
            if (step.step == 1 || step.step % 10 == 0)
                table.rows.push_back(
                    {std::to_string(step.step), fixed(step.preference.loss, 4), fixed(step.text_loss, 4)});
        }
    }
    Figure figure(frame, view.model, column, {"refusal/curve", words("refusal.train.curve"), view.block, table});
    Plane plane;
    plane.x = {0, static_cast<double>(run ? run->steps : view.settings.steps), words("refusal.train.step"), false, 5};
    plane.y = {0, std::ceil(most * 2) / 2, words("refusal.nats.unit"), false, 4};
    plane.lines = {preference, text};
    plane.height_px = frame.metrics.narrow ? 180.0f : 220.0f;
    draw_plane(frame, figure.column(), plane);
    draw_legend(frame, figure.column(), {{preference.label, preference.look, true}, {text.label, text.look, true}});
}

// --- before and after ---

struct Measure {
    char const* key;
    Cell cell;
    enum class What { refused, answered, correct } what;
    lesson::Actor actor;
};
constexpr Measure measures[] = {
    {"direct", Cell::harm_direct, Measure::What::refused, lesson::Actor::refusal},
    {"role_play", Cell::harm_role_play, Measure::What::answered, lesson::Actor::harmful},
    {"hypothetical", Cell::harm_hypothetical, Measure::What::answered, lesson::Actor::harmful},
    {"story", Cell::harm_story, Measure::What::answered, lesson::Actor::harmful},
    {"prefix", Cell::harm_prefix, Measure::What::answered, lesson::Actor::harmful},
    {"cipher", Cell::harm_cipher, Measure::What::answered, lesson::Actor::harmful},
    {"prefill", Cell::prefill_1, Measure::What::answered, lesson::Actor::harmful},
    {"over", Cell::borderline_direct, Measure::What::refused, lesson::Actor::refusal},
    {"benign", Cell::benign_direct, Measure::What::answered, lesson::Actor::helpfulness},
    {"knowledge", Cell::benign_knowledge, Measure::What::correct, lesson::Actor::helpfulness},
};

int hits(Outcomes const& outcomes, Measure::What what) {
    return what == Measure::What::refused    ? outcomes.refused
           : what == Measure::What::answered ? outcomes.answered
                                             : outcomes.correct;
}

double share_of(Outcomes const& outcomes, Measure::What what) {
    return outcomes.count > 0 ? static_cast<double>(hits(outcomes, what)) / outcomes.count : 0;
}

// The measured runs that differ from `run` in the seed alone, itself among them.
std::vector<app::TrainingRun const*> same_but_seed(app::Trainer const& trainer, app::TrainingRun const& run) {
    auto const key = [](app::TrainingRun const& of) {
        app::tiny::Train train{0, of.steps, of.settings};
        train.settings.seed = 0;
        return app::tiny::encode(app::tiny::Command{train});
    };
    std::vector<app::TrainingRun const*> out;
    for (app::TrainingRun const& each : trainer.done)
        if (each.after && key(each) == key(run)) out.push_back(&each);
    return out;
}

std::string seeds_of(std::vector<app::TrainingRun const*> const& runs) {
    std::set<std::uint64_t> seeds;
    for (app::TrainingRun const* const run : runs) seeds.insert(run->settings.seed);
    std::vector<std::string> names;
    for (std::uint64_t const seed : seeds) names.push_back(std::to_string(seed));
    return join(names, ", ");
}

// The mean over runs, and the lowest and the highest.
std::string spread(std::vector<app::TrainingRun const*> const& runs, Measure const& measure) {
    double sum = 0, low = 1, high = 0;
    for (app::TrainingRun const* const run : runs) {
        double const share = share_of((*run->after)[measure.cell], measure.what);
        sum += share;
        low = std::fmin(low, share);
        high = std::fmax(high, share);
    }
    return percent(sum / static_cast<double>(runs.size())) + " (" + percent(low) + " – " + percent(high) + ")";
}

Table change_table(LabView const& view, Measurements const& before, app::TrainingRun const& run) {
    auto const& words = view.frame.words;
    std::vector<app::TrainingRun const*> const siblings = same_but_seed(view.lab.trainer, run);
    Table table;
    table.columns = {words("refusal.train.measure"), words("refusal.train.before"),
                     words("refusal.train.after", {{"run", std::to_string(run.number)}}),
                     words("refusal.train.interval")};
    for (Measure const& measure : measures) {
        Outcomes const now = (*run.after)[measure.cell];
        app::tiny::Interval const interval = app::tiny::wilson(hits(now, measure.what), now.count);
        table.rows.push_back({words("refusal.measure." + std::string(measure.key)),
                              percent(share_of(before[measure.cell], measure.what)),
                              percent(share_of(now, measure.what)),
                              percent(interval.low) + " – " + percent(interval.high)});
        if (siblings.size() > 1) table.rows.back().push_back(spread(siblings, measure));
    }
    table.rows.push_back(
        {words("refusal.measure.text_loss"), fixed(before.text_loss, 3), fixed(run.after->text_loss, 3), ""});
    if (siblings.size() > 1) {
        table.columns.push_back(words("refusal.train.spread", {{"seeds", seeds_of(siblings)}}));
        table.rows.back().push_back("");
    }
    return table;
}

std::string hex(std::uint64_t value) {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 15];
    return out;
}

void draw_change(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::Trainer const& trainer = view.lab.trainer;
    if (!trainer.before || trainer.done.empty() || !trainer.done.back().after) return;
    app::TrainingRun const& run = trainer.done.back();
    Measurements const& before = *trainer.before;
    column.gap(20 * frame.metrics.scale);
    Card card(frame, column, card_look(frame));
    Figure figure(frame, view.model, card.column,
                  {"refusal/change", words("refusal.train.table"), view.block, change_table(view, before, run)});
    std::vector<PlotBar> bars;
    for (Measure const& measure : measures) {
        Outcomes const now = (*run.after)[measure.cell];
        app::tiny::Interval const interval = app::tiny::wilson(hits(now, measure.what), now.count);
        PlotBar bar;
        bar.label = words("refusal.measure." + std::string(measure.key));
        bar.share = share_of(now, measure.what);
        bar.shown = percent(bar.share);
        bar.look = look_of(frame, measure.actor);
        bar.interval = {interval.low, interval.high};
        bar.tick = share_of(before[measure.cell], measure.what);
        bars.push_back(std::move(bar));
    }
    draw_plot_bars(frame, figure.column(), bars);
    std::string const tick = "| " + words("refusal.train.before") + "   ";
    small_text(frame, figure.column(), "refusal/change/note",
               tick + words("refusal.measure.text_loss") + ": " + fixed(before.text_loss, 3) + " → " +
                   fixed(run.after->text_loss, 3));
    small_text(frame, figure.column(), "refusal/change/how",
               words("refusal.train.note", {{"count", std::to_string(app::tiny::page_prompts)},
                                            {"seed", std::to_string(run.settings.seed)}}));
    small_text(frame, figure.column(), "refusal/change/hash",
               words("refusal.train.hash", {{"run", std::to_string(run.number)}, {"hash", hex(run.weight_hash)}}));
}

void draw_runs(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    Card card(frame, column, card_look(frame));
    Column& in = card.column;
    draw_run_buttons(view, in);
    in.gap(10 * frame.metrics.scale);
    draw_progress(view, in);
    std::string const state = state_text(view);
    if (!state.empty()) paragraph(frame, in, "refusal/train/state", state, frame.metrics.small(), frame.palette.muted);
    in.gap(14 * frame.metrics.scale);
    draw_curve(view, in);
}

}

void draw_train_part(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    paragraph(frame, column, "refusal/train/lead", frame.words("refusal.train.lead"), frame.metrics.body(),
              frame.palette.text);
    column.gap(16 * frame.metrics.scale);
    draw_presets(view, column);
    column.gap(20 * frame.metrics.scale);
    Sides both = sides(frame, column, 380);
    {
        Card card(frame, both.left, card_look(frame));
        draw_settings(view, card.column);
    }
    turn_to_right(frame, both);
    draw_runs(view, both.right);
    draw_change(view, both.right);
    join_sides(column, both);
}

}
