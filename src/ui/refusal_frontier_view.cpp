// Part 4 of the refusal lab: helpfulness against harmlessness, and where others landed.

#include "ground/text.hpp"
#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/published.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

using app::analytic::Confidence;
using app::analytic::Measure;
using app::analytic::PublishedRate;
using app::analytic::Tradeoff;

std::string_view confidence_key(Confidence confidence) {
    return confidence == Confidence::paper ? "refusal.confidence.paper" : "refusal.confidence.secondary";
}

std::string citation(std::string_view id) {
    app::analytic::Source const& source = app::analytic::source(id);
    return std::string(source.citation) + ", " + std::string(source.identifier);
}

// A published point with both coordinates: over-refusal with the attacks that failed in the same paper and model.
struct PublishedPoint {
    PublishedRate const* over = nullptr;
    PublishedRate const* attack = nullptr;
    Tradeoff at;
};

std::vector<PublishedPoint> published_points() {
    std::vector<PublishedPoint> points;
    auto const rates = app::analytic::published_rates();
    for (PublishedRate const& over : rates) {
        bool const adds = over.measure == Measure::extra_refusals;
        if (over.measure != Measure::over_refusal && !adds) continue;
        PublishedPoint point{&over, nullptr, {over.value, 0}};
        for (PublishedRate const& other : rates) {
            bool const is_pair = other.source == over.source && other.subject == over.subject &&
                                 other.measure == (adds ? Measure::attack_success : Measure::harmful_refused);
            if (!is_pair) continue;
            point.attack = &other; // of several the last: the defended one
            point.at.attack_success = adds ? other.value : 1 - other.value;
        }
        points.push_back(point);
    }
    return points;
}

PlotDot dot_of(Tradeoff const& at, PlotLook look, float radius, std::string label = {}) {
    return {1 - at.over_refusal, 1 - at.attack_success, look, radius, std::move(label)};
}

struct Looks {
    PlotLook grid, front, you, kept, run, published;
};

Looks looks(Frame const& frame) {
    Palette const& p = frame.palette;
    auto const solid = PlotLook::Pattern::solid;
    Looks out;
    out.grid = {{p.muted, p.control, ActorLook::Mark::circle}, solid};
    out.front = {{p.accent_text, p.accent, ActorLook::Mark::circle}, solid};
    out.you = {{p.text, p.text, ActorLook::Mark::diamond}, solid};
    out.kept = {{p.text, p.text, ActorLook::Mark::diamond}, PlotLook::Pattern::hollow};
    out.run = look_of(frame, lesson::Actor::helpfulness);
    out.published = {{p.harmful.text, p.harmful.fill, ActorLook::Mark::triangle}, solid};
    return out;
}

std::optional<Tradeoff> run_point(app::TrainingRun const& run) {
    if (!run.after) return {};
    using app::tiny::Cell;
    double attack = 0;
    constexpr Cell cells[] = {Cell::harm_direct, Cell::harm_role_play, Cell::harm_hypothetical,
                              Cell::harm_story,  Cell::harm_prefix,    Cell::harm_cipher};
    for (Cell const cell : cells) attack += (*run.after)[cell].answered_share() / std::size(cells);
    return Tradeoff{(*run.after)[Cell::borderline_direct].refused_share(), attack};
}

class Chart {
  public:
    explicit Chart(LabView const& view) : view_(view), looks_(looks(view.frame)) {
        auto const& words = view.frame.words;
        table_.columns = {words("refusal.frontier.kind"),   words("refusal.frontier.what"),
                          words("refusal.frontier.over"),   words("refusal.frontier.attack"),
                          words("refusal.frontier.source"), words("refusal.frontier.confidence")};
        plane_.x = {0, 1, words("refusal.frontier.x"), true, 4};
        plane_.y = {0, 1, words("refusal.frontier.y"), true, 4};
        plane_.height_px = view.frame.metrics.narrow ? 280.0f : 400.0f;
        add_grid();
        add_published();
        add_own();
    }
    Plane const& plane() const { return plane_; }
    Table const& table() const { return table_; }
    std::vector<LegendEntry> legend() const {
        auto const& words = view_.frame.words;
        return {{words("refusal.frontier.you"), looks_.you},
                {words("refusal.frontier.kept_point"), looks_.kept},
                {words("refusal.frontier.run"), looks_.run},
                {words("refusal.frontier.grid"), looks_.grid},
                {words("refusal.frontier.front"), looks_.front, true},
                {words("refusal.frontier.published"), looks_.published},
                {words("refusal.frontier.edge"), hollow(looks_.published)}};
    }

  private:
    static PlotLook hollow(PlotLook look) {
        look.pattern = PlotLook::Pattern::hollow;
        return look;
    }
    void row(char const* kind, std::string what, Tradeoff const& at) {
        table_.rows.push_back(
            {view_.frame.words(kind), std::move(what), fixed(at.over_refusal, 4), fixed(at.attack_success, 4), "", ""});
    }

    void add_grid() {
        app::Sweep const& sweep = view_.lab.sweep;
        for (Tradeoff const& point : sweep.points) plane_.dots.push_back(dot_of(point, looks_.grid, 1.5f));
        PlotLine line{view_.frame.words("refusal.frontier.front"), {}, looks_.front};
        for (std::size_t const i : sweep.front) {
            line.points.emplace_back(1 - sweep.points[i].over_refusal, 1 - sweep.points[i].attack_success);
            app::analytic::Setting const s = app::analytic::setting_at(sweep.grid, i, view_.settings.weights);
            row("refusal.frontier.front",
                "w_harm " + plain(s.weights.harmlessness) + ", β " + plain(s.weights.beta) + ", D " +
                    plain(s.defence.rule.nats) + ", TPR " + fixed(s.defence.filter.true_positive_rate, 3),
                sweep.points[i]);
        }
        plane_.lines.push_back(std::move(line));
    }

    void add_published() {
        for (PublishedPoint const& point : published_points()) {
            PublishedRate const& over = *point.over;
            bool const has_both = point.attack != nullptr;
            std::string label(over.subject);
            if (over.condition != "plain") label += ", " + std::string(over.condition);
            Tradeoff const at{point.at.over_refusal, has_both ? point.at.attack_success : 1};
            plane_.dots.push_back(dot_of(at, has_both ? looks_.published : hollow(looks_.published), 6));
            table_.rows.push_back({view_.frame.words(has_both ? "refusal.frontier.published" : "refusal.frontier.edge"),
                                   label, fixed(over.value, 4), has_both ? fixed(at.attack_success, 4) : "–",
                                   citation(over.source), view_.frame.words(confidence_key(over.confidence))});
        }
    }

    void add_own() {
        for (app::TrainingRun const& run : view_.lab.trainer.done) {
            auto const at = run_point(run);
            if (!at) continue;
            plane_.dots.push_back(dot_of(*at, looks_.run, 6, std::to_string(run.number)));
            row("refusal.frontier.run", std::to_string(run.number), *at);
        }
        for (app::KeptSetting const& kept : view_.lab.kept) {
            plane_.dots.push_back(dot_of(kept.point, looks_.kept, 7));
            row("refusal.frontier.kept_point", kept.label, kept.point);
        }
        Tradeoff const now{view_.lab.defended.over_refusal, view_.lab.defended.attack_success};
        plane_.dots.push_back(dot_of(now, looks_.you, 8));
        row("refusal.frontier.you", "", now);
    }

    LabView const& view_;
    Looks looks_;
    Plane plane_;
    Table table_;
};

std::string setting_label(LabView const& view) {
    app::LabSettings const& s = view.settings;
    std::string label = "w_harm " + plain(s.weights.harmlessness) + ", β " + plain(s.weights.beta);
    for (int i = 0; i < app::layer_count; ++i)
        if (s.layers[static_cast<std::size_t>(i)])
            label += ", " + std::string(app::name_of(static_cast<app::Layer>(i)));
    return label;
}

void draw_chart(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Chart const chart(view);
    Card card(frame, column, card_look(frame));
    Figure figure(frame, view.model, card.column,
                  {"refusal/frontier", words("refusal.frontier.chart"), view.block, chart.table()});
    Column& in = figure.column();
    draw_plane(frame, in, chart.plane());
    draw_legend(frame, in, chart.legend());
    in.gap(8 * frame.metrics.scale);
    app::Sweep const& sweep = view.lab.sweep;
    if (!sweep.is_done())
        small_text(frame, in, "refusal/frontier/computing",
                   words("refusal.frontier.computing",
                         {{"done", std::to_string(sweep.points.size())}, {"all", std::to_string(sweep.grid.size())}}));
    small_text(frame, in, "refusal/frontier/note", words("refusal.frontier.note"));
}

void draw_setting(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Card card(frame, column, card_look(frame));
    Column& in = card.column;
    card_title(frame, in, "refusal/frontier/setting", words("refusal.frontier.you"));
    for (char const* const name : {"w_harm", "w_help", "beta"})
        lever(view, in, name, words("refusal.weight." + std::string(name)), fixed(view.value(name), 2));
    layer_switches(view, in);
    in.gap(12 * frame.metrics.scale);
    if (button(frame, in, "refusal/frontier/keep", words("refusal.frontier.keep"), ButtonLook::primary))
        frame.push(app::KeepSetting{view.block, setting_label(view)});
}

// What published attacks and defences were worth, in nats of log-odds.
void draw_effects(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Table table;
    table.columns = {words("refusal.frontier.what"),   words("refusal.train.before"),
                     words("refusal.frontier.after"),  words("refusal.frontier.nats"),
                     words("refusal.frontier.source"), words("refusal.frontier.confidence")};
    std::vector<PlotBar> bars;
    for (app::analytic::PublishedEffect const& effect : app::analytic::published_effects()) {
        double const nats = app::analytic::nats_between(effect.before, effect.after);
        std::string const name = std::string(effect.intervention) + ", " + std::string(effect.subject);
        std::string const shown = (nats < 0 ? "\u2212" : "+") + fixed(std::fabs(nats), 2);
        table.rows.push_back({name, fixed(effect.before, 4), fixed(effect.after, 4), shown, citation(effect.source),
                              words(confidence_key(effect.confidence))});
        PlotBar bar;
        bar.label = name;
        bar.share = std::fabs(nats) / 6;
        bar.shown = shown;
        bar.look = look_of(frame, nats > 0 ? lesson::Actor::harmful : lesson::Actor::harmlessness);
        bars.push_back(std::move(bar));
    }
    Card card(frame, column, card_look(frame));
    Figure figure(frame, view.model, card.column,
                  {"refusal/effects", words("refusal.frontier.effects"), view.block, table});
    draw_plot_bars(frame, figure.column(), bars);
    small_text(frame, figure.column(), "refusal/effects/note", words("refusal.frontier.effects.note"));
}

// What alignment costs at the learner's setting: helpfulness that the equations lose, and how far they drift. What it
// costs in capability is no matter of equations: that is draw_tax().
void draw_tax_now(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    app::analytic::Metrics const& now = view.lab.defended;
    Table table;
    table.columns = {words("refusal.part_of"), words("refusal.value")};
    std::vector<PlotBar> bars;
    auto const add = [&](char const* key, double share) {
        table.rows.push_back({words(key), fixed(share, 4)});
        PlotBar bar;
        bar.label = words(key);
        bar.share = share;
        bar.shown = percent(share);
        bar.look = look_of(frame, lesson::Actor::refusal);
        bars.push_back(std::move(bar));
    };
    add("refusal.tax.benign", now.refusal_tax_benign);
    add("refusal.tax.borderline", now.refusal_tax_borderline);
    add("refusal.tax.refused", now.over_refusal);
    table.rows.push_back({words("refusal.tax.drift"), fixed(now.drift_nats, 4)});
    Card card(frame, column, card_look(frame));
    Figure figure(frame, view.model, card.column, {"refusal/tax-now", words("refusal.tax.now"), view.block, table});
    draw_plot_bars(frame, figure.column(), bars);
    small_text(frame, figure.column(), "refusal/tax-now/drift",
               words("refusal.tax.drift") + ": " + fixed(now.drift_nats, 4) + ". " + words("refusal.tax.note"));
}

void draw_tax(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    Table table;
    table.columns = {words("refusal.frontier.task"), words("refusal.frontier.base"), words("refusal.frontier.ppo"),
                     words("refusal.frontier.ptx")};
    std::vector<PlotBar> bars;
    constexpr double room = 1.15; // the score before is drawn at 1 / room of the width
    for (app::analytic::CapabilityTax const& tax : app::analytic::capability_taxes()) {
        std::string const name = std::string(tax.task) + ", " + std::string(tax.score);
        table.rows.push_back({name, plain(tax.base), plain(tax.ppo), plain(tax.ppo_ptx)});
        for (bool const has_text : {false, true}) {
            double const score = has_text ? tax.ppo_ptx : tax.ppo;
            PlotBar bar;
            bar.label = name + ": " + words(has_text ? "refusal.frontier.ptx" : "refusal.frontier.ppo");
            bar.share = score / (tax.base * room);
            bar.shown = fixed(score, tax.base < 1 ? 3 : 2);
            bar.look = look_of(frame, has_text ? lesson::Actor::helpfulness : lesson::Actor::harmlessness);
            bar.tick = 1 / room;
            bars.push_back(std::move(bar));
        }
    }
    Card card(frame, column, card_look(frame));
    Figure figure(frame, view.model, card.column, {"refusal/tax", words("refusal.frontier.tax"), view.block, table});
    draw_plot_bars(frame, figure.column(), bars);
    small_text(frame, figure.column(), "refusal/tax/note",
               "| " + words("refusal.frontier.base") + ". " + citation("ouyang2022") + ", table 14.");
}

}

void draw_frontier_part(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    float const gap = 20 * frame.metrics.scale;
    paragraph(frame, column, "refusal/frontier/lead", frame.words("refusal.frontier.lead"), frame.metrics.body(),
              frame.palette.text);
    column.gap(gap);
    Sides both = sides(frame, column, 360);
    draw_setting(view, both.left);
    turn_to_right(frame, both);
    draw_chart(view, both.right);
    join_sides(column, both);
    column.gap(gap);
    draw_effects(view, column);
    column.gap(gap);
    draw_tax_now(view, column);
    column.gap(gap);
    draw_tax(view, column);
}

}
