#include "ground/text.hpp"
#include "ui/plot.hpp"
#include "ui/views.hpp"

namespace cw::ui {

void draw_bars_table(Frame const& frame, app::Model const& model, Column& column, BarsFigure const& figure) {
    auto const& words = frame.words;
    lesson::Bars const& bars = figure.bars;
    std::vector<refusal::analytic::Trace> const& traces = model.session.bars.at(bars.id);
    Table table{{words("chart.scenario"), "P(refusal)", words("chart.partial"), "P(harmful_content)"}, {}};
    for (std::size_t i = 0; i < bars.scenarios.size() && i < traces.size(); ++i) {
        std::string const& label = bars.scenarios[i].label;
        refusal::analytic::Trace const& trace = traces[i];
        table.rows.push_back({label.empty() ? std::to_string(i + 1) : label, fixed(trace.refusal, 4),
                              fixed(trace.final.partial, 4), fixed(trace.harmful_content, 4)});
    }
    Chart const chart{app::chart_of(bars), figure.title, bars.id, std::move(table)};
    draw_chart_data(frame, model, column, chart, figure.where);
}

}
