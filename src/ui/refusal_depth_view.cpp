// The token-level view of the Ask part: how an answer that somebody else began goes on, by how deep the alignment is.

#include "ground/text.hpp"
#include "refusal/analytic/depth.hpp"
#include "refusal/analytic/published.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <map>

namespace cw::ui {

namespace {

using app::analytic::Alignment;

// Published attack success by number of forced tokens: of the model as it is, and of its deepened version.
struct Published {
    std::map<int, double> standard, deepened;
};

Published published_prefills() {
    constexpr std::string_view prefix = "prefill of ";
    constexpr int standard_row = 15, deepened_row = 16;
    Published out;
    for (app::analytic::PublishedRate const& rate : app::analytic::published_rates()) {
        if ((rate.row != standard_row && rate.row != deepened_row) || rate.condition.rfind(prefix, 0) != 0) continue;
        std::string_view const rest = rate.condition.substr(prefix.size());
        auto const tokens = parse_integer(rest.substr(0, rest.find(' ')));
        if (tokens) (rate.row == standard_row ? out.standard : out.deepened)[static_cast<int>(*tokens)] = rate.value;
    }
    return out;
}

Table depth_table(LabView const& view, Alignment const& set, Published const& published) {
    auto const& words = view.frame.words;
    Table table;
    table.columns = {words("refusal.depth.tokens"), words("refusal.depth.set"), words("refusal.depth.deep"),
                     words("refusal.depth.published"), words("refusal.depth.published_deep")};
    auto const told = [](std::map<int, double> const& rates, int tokens) {
        auto const found = rates.find(tokens);
        return found == rates.end() ? std::string("–") : fixed(found->second, 4);
    };
    for (int const tokens : {1, 2, 5, 10, 20, 40})
        table.rows.push_back({std::to_string(tokens), fixed(app::analytic::attack_success(set, tokens), 4),
                              fixed(app::analytic::attack_success(app::analytic::deep_alignment, tokens), 4),
                              told(published.standard, tokens), told(published.deepened, tokens)});
    return table;
}

}

void draw_depth(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    auto const& words = frame.words;
    constexpr int most_tokens = 40;
    Alignment set = app::analytic::shallow_alignment;
    set.depth_tokens = view.value("tau");
    Published const published = published_prefills();
    Figure figure(frame, view.model, column,
                  {"refusal/depth", words("refusal.depth"), view.block, depth_table(view, set, published)});
    Column& in = figure.column();
    lever(view, in, "tau", words("refusal.depth.tau"), fixed(set.depth_tokens, 1));
    PlotLine standard{words("refusal.depth.set"), {}, look_of(frame, lesson::Actor::harmful)};
    PlotLine deep{words("refusal.depth.deep"), {}, look_of(frame, lesson::Actor::harmlessness)};
    deep.look.pattern = PlotLook::Pattern::hollow;
    for (int tokens = 1; tokens <= most_tokens; ++tokens) {
        standard.points.emplace_back(tokens, app::analytic::attack_success(set, tokens));
        deep.points.emplace_back(tokens, app::analytic::attack_success(app::analytic::deep_alignment, tokens));
    }
    Plane plane;
    plane.x = {0, most_tokens, words("refusal.depth.tokens"), false, 4};
    plane.y = {0, 0.8, words("refusal.defend.attack"), true, 4};
    plane.height_px = 180;
    plane.lines = {standard, deep};
    for (auto const& [tokens, rate] : published.standard)
        plane.dots.push_back({static_cast<double>(tokens), rate, standard.look, 5, {}});
    for (auto const& [tokens, rate] : published.deepened)
        plane.dots.push_back({static_cast<double>(tokens), rate, deep.look, 5, {}});
    draw_plane(frame, in, plane);
    draw_legend(frame, in,
                {{standard.label, standard.look, true},
                 {deep.label, deep.look, true},
                 {words("refusal.depth.published"), standard.look},
                 {words("refusal.depth.published_deep"), deep.look}});
    in.gap(6 * frame.metrics.scale);
    small_text(frame, in, "refusal/depth/note", words("refusal.depth.note"));
}

}
