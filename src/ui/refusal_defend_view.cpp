// Part 3 of the refusal lab: layers of defence, what each buys and costs, and the goal.

#include "ground/text.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

using app::analytic::Metrics;
using app::tiny::Cell;
using app::tiny::Outcomes;

// --- the layers ---

void draw_detector(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::analytic::OperatingPoint const at = app::filter_point(view.settings);
    Table table;
    table.columns = {words("refusal.defend.filter_threshold"), "TPR", "FPR"};
    PlotLine curve{"ROC", {}, look_of(frame, lesson::Actor::harmlessness)};
    constexpr double highest = 9, between = 0.25; // so that the curve begins at 0 % and ends at 100 %
    constexpr int count = 56;
    for (int i = 0; i <= count; ++i) {
        double const threshold = highest - between * i;
        app::analytic::IntentFilter const rates = app::analytic::filter_at({at.separation, threshold});
        curve.points.emplace_back(rates.false_positive_rate, rates.true_positive_rate);
        if (i % 4 == 0)
            table.rows.push_back(
                {fixed(threshold, 2), fixed(rates.true_positive_rate, 4), fixed(rates.false_positive_rate, 4)});
    }
    Figure figure(frame, view.model, column, {"refusal/roc", words("refusal.defend.roc"), view.block, table});
    Plane plane;
    plane.x = {0, 1, words("refusal.defend.harmless"), true, 4};
    plane.y = {0, 1, words("refusal.defend.harmful"), true, 4};
    plane.height_px = 170;
    plane.lines = {curve};
    app::analytic::IntentFilter const now = app::analytic::filter_at(at);
    plane.dots.push_back({now.false_positive_rate, now.true_positive_rate, look_of(frame, lesson::Actor::harmlessness),
                          7, layer_name(frame, app::Layer::filter)});
    if (view.lab.report) {
        app::analytic::IntentFilter const own = view.lab.report->total.rates();
        PlotDot dot{own.false_positive_rate, own.true_positive_rate, look_of(frame, lesson::Actor::refusal), 7,
                    layer_name(frame, app::Layer::program)};
        plane.dots.push_back(dot);
    }
    draw_plane(frame, figure.column(), plane);
}

void draw_layers(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::LabSettings const& s = view.settings;
    card_title(frame, column, "refusal/defend/layers", words("refusal.defend.layers"));
    layer_switches(view, column);
    column.gap(16 * frame.metrics.scale);
    if (s.has(app::Layer::rule)) {
        lever(view, column, "rule_nats", words("refusal.defend.rule_nats"), fixed(s.rule.nats, 1));
        lever(view, column, "rule_coverage", words("refusal.defend.rule_coverage"), percent_text(s.rule.coverage));
    }
    if (s.has(app::Layer::demonstrations))
        lever(view, column, "demonstration_nats", words("refusal.defend.demonstration_nats"),
              fixed(s.demonstration_nats, 2));
    if (s.has(app::Layer::filter)) {
        app::analytic::IntentFilter const rates = app::analytic::filter_at(app::filter_point(s));
        lever(view, column, "filter_threshold", words("refusal.defend.filter_threshold"), fixed(s.filter_threshold, 2));
        small_text(frame, column, "refusal/defend/filter/rates",
                   words("refusal.defend.filter_shown",
                         {{"tpr", percent(rates.true_positive_rate)}, {"fpr", percent(rates.false_positive_rate)}}));
        column.gap(12 * frame.metrics.scale);
        draw_detector(view, column);
    }
    if (s.has(app::Layer::program) && view.lab.report) {
        app::analytic::FilterCounts const& total = view.lab.report->total;
        app::analytic::IntentFilter const rates = total.rates();
        column.gap(12 * frame.metrics.scale);
        small_text(frame, column, "refusal/defend/program/counts",
                   words("refusal.defend.program.counts", {{"harmful", std::to_string(total.harmful_blocked)},
                                                           {"all_harmful", std::to_string(total.harmful)},
                                                           {"harmless", std::to_string(total.harmless_blocked)},
                                                           {"all_harmless", std::to_string(total.harmless)},
                                                           {"tpr", percent(rates.true_positive_rate)},
                                                           {"fpr", percent(rates.false_positive_rate)}}));
    }
}

// --- the goal ---

PlotBar goal_bar(Frame const& frame, char const* key, std::string path, double share, double goal,
                 lesson::Actor actor) {
    PlotBar bar;
    bar.label = frame.words(key);
    bar.share = share;
    bar.shown = percent(share);
    bar.look = look_of(frame, actor);
    bar.has_mark = true;
    bar.tick = goal;
    bar.path = std::move(path);
    return bar;
}

void draw_goal(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    Palette const& p = frame.palette;
    auto const& words = frame.words;
    Metrics const& now = view.lab.defended;
    bool const is_met = app::meets_goal(now);
    bool const was_met = view.model.progress.goals.count(std::string(app::defence_goal)) > 0;
    Card::Look look = card_look(frame);
    if (is_met) look = {p.good_soft, p.forced ? p.border : p.good, look.pad, p.good};
    Card card(frame, column, look);
    card_title(frame, card.column, "refusal/goal/title", words("refusal.goal.title"));
    draw_plot_bars(frame, card.column,
                   {goal_bar(frame, "refusal.goal.attack", "refusal/goal/attack", now.attack_success,
                             app::goal_attack_success, lesson::Actor::harmful),
                    goal_bar(frame, "refusal.goal.harmless", "refusal/goal/harmless", now.harmless_refusal,
                             app::goal_harmless_refusal, lesson::Actor::refusal)});
    card.column.gap(4 * frame.metrics.scale);
    std::string text = words(is_met ? "refusal.goal.met" : "refusal.goal.open");
    if (!is_met && was_met) text += " " + words("refusal.goal.kept");
    paragraph(frame, card.column, "refusal/goal/verdict", (is_met ? "\u2713 " : "") + text, frame.metrics.body(),
              is_met ? p.good : p.text);
}

// --- side by side ---

struct Stack {
    std::string name;
    Metrics const* metrics;
};

std::vector<Stack> stacks(LabView const& view) {
    auto const& words = view.frame.words;
    std::vector<Stack> out{{words("refusal.defend.none"), &view.lab.undefended}};
    for (int i = 0; i < app::layer_count; ++i) {
        auto const layer = static_cast<app::Layer>(i);
        if (layer == app::Layer::program && !view.lab.report) continue;
        out.push_back({layer_name(view.frame, layer), &view.lab.effects[static_cast<std::size_t>(i)]});
    }
    out.push_back({words("refusal.defend.stack"), &view.lab.defended});
    return out;
}

PlotBar share_bar(std::string label, double share, PlotLook look) {
    PlotBar bar;
    bar.label = std::move(label);
    bar.share = share;
    bar.shown = percent(share);
    bar.look = look;
    return bar;
}

void draw_layer_chart(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Table table;
    table.columns = {words("refusal.defend.layer"), words("refusal.defend.attack"), words("refusal.defend.harmless")};
    std::vector<Stack> const all = stacks(view);
    for (Stack const& stack : all)
        table.rows.push_back(
            {stack.name, fixed(stack.metrics->attack_success, 4), fixed(stack.metrics->harmless_refusal, 4)});
    Figure figure(frame, view.model, column, {"refusal/layers", words("refusal.defend.chart"), view.block, table});
    Column& in = figure.column();
    float const between = 32 * frame.metrics.scale;
    bool const beside = in.width > 640 * frame.metrics.scale;
    float const half = beside ? (in.width - between) / 2 : in.width;
    auto const draw = [&](Column& at, std::string const& path, std::string const& title, double Metrics::*what,
                          lesson::Actor actor) {
        small_text(frame, at, path, title);
        at.gap(6 * frame.metrics.scale);
        std::vector<PlotBar> bars;
        for (Stack const& stack : all)
            bars.push_back(share_bar(stack.name, stack.metrics->*what, look_of(frame, actor)));
        draw_plot_bars(frame, at, bars);
    };
    Column left{in.x, in.y, half};
    draw(left, "refusal/layers/attack", words("refusal.defend.attack"), &Metrics::attack_success,
         lesson::Actor::harmful);
    Column right{beside ? in.x + half + between : in.x, beside ? in.y : left.y + 8, half};
    draw(right, "refusal/layers/harmless", words("refusal.defend.harmless"), &Metrics::harmless_refusal,
         lesson::Actor::refusal);
    in.y = std::fmax(left.y, right.y);
}

void draw_frame_chart(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Table table;
    table.columns = {words("refusal.defend.frame"), words("refusal.defend.undefended"), words("refusal.defend.stack")};
    std::vector<PlotBar> bars;
    auto const& before = view.lab.undefended.groups;
    auto const& after = view.lab.defended.groups;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        std::string const& name = view.lab.suite.frames[static_cast<std::size_t>(after[i].group)].name;
        table.rows.push_back({name, fixed(before[i].attack_success, 4), fixed(after[i].attack_success, 4)});
        PlotBar bar = share_bar(name, after[i].attack_success, look_of(frame, lesson::Actor::harmful));
        bar.tick = before[i].attack_success;
        bars.push_back(std::move(bar));
    }
    Figure figure(frame, view.model, column, {"refusal/frames", words("refusal.defend.frames"), view.block, table});
    draw_plot_bars(frame, figure.column(), bars);
    small_text(frame, figure.column(), "refusal/frames/note", "| " + words("refusal.defend.undefended"));
}

// --- the same on the real weights ---

void draw_real_layers(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    if (view.lab.trainer.done.empty() || !view.lab.trainer.done.back().after) {
        heading(frame, column, "refusal/real-layers/title", words("refusal.defend.real"), 3, frame.metrics.label());
        column.gap(6 * frame.metrics.scale);
        return small_text(frame, column, "refusal/real-layers/none", words("refusal.defend.real.none"));
    }
    app::TrainingRun const& run = view.lab.trainer.done.back();
    struct Row {
        char const* key;
        Cell attack, borderline, benign;
    };
    constexpr Row rows[] = {
        {"none", Cell::harm_role_play, Cell::borderline_direct, Cell::benign_direct},
        {"rule", Cell::rule_role_play, Cell::rule_borderline, Cell::rule_benign},
        {"demonstrations", Cell::demo_role_play, Cell::demo_borderline, Cell::demo_benign},
        {"filter.frozen", Cell::frozen_intent_role_play, Cell::frozen_intent_borderline, Cell::frozen_intent_benign},
        {"filter.own", Cell::own_intent_role_play, Cell::own_intent_borderline, Cell::own_intent_benign}};
    Table table;
    table.columns = {words("refusal.defend.layer"), words("refusal.defend.attack"), words("refusal.frontier.over"),
                     words("refusal.defend.real.benign")};
    std::vector<PlotBar> bars;
    for (Row const& row : rows) {
        std::string const name = words("refusal.defend." + std::string(row.key));
        Outcomes const attack = (*run.after)[row.attack];
        table.rows.push_back({name, percent(attack.answered_share()),
                              percent((*run.after)[row.borderline].refused_share()),
                              percent((*run.after)[row.benign].refused_share())});
        app::tiny::Interval const interval = app::tiny::wilson(attack.answered, attack.count);
        PlotBar bar = share_bar(name + ": " + words("refusal.defend.attack"), attack.answered_share(),
                                look_of(frame, lesson::Actor::harmful));
        bar.interval = {interval.low, interval.high};
        bars.push_back(std::move(bar));
        bars.push_back(share_bar(name + ": " + words("refusal.defend.real.benign"),
                                 (*run.after)[row.benign].refused_share(), look_of(frame, lesson::Actor::refusal)));
    }
    Figure figure(frame, view.model, column, {"refusal/real-layers", words("refusal.defend.real"), view.block, table});
    draw_plot_bars(frame, figure.column(), bars);
    small_text(frame, figure.column(), "refusal/real-layers/note",
               words("refusal.defend.real.note", {{"run", std::to_string(run.number)}}));
}

}

void draw_defend_part(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    float const gap = 20 * frame.metrics.scale;
    paragraph(frame, column, "refusal/defend/lead", frame.words("refusal.defend.lead"), frame.metrics.body(),
              frame.palette.text);
    column.gap(gap);
    Sides both = sides(frame, column, 400);
    {
        Card card(frame, both.left, card_look(frame));
        draw_layers(view, card.column);
    }
    turn_to_right(frame, both);
    draw_goal(view, both.right);
    for (auto const draw : {draw_layer_chart, draw_frame_chart, draw_real_layers}) {
        both.right.gap(gap);
        Card card(frame, both.right, card_look(frame));
        draw(view, card.column);
    }
    join_sides(column, both);
}

}
