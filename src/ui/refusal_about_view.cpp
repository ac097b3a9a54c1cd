// Part 5 of the refusal lab: what its numbers mean and what they do not, and where they come from.

#include "refusal/analytic/published.hpp"
#include "ui/paint.hpp"
#include "ui/refusal_views.hpp"

#include <cmath>

namespace cw::ui {

namespace {

// Papers that the text names but of which no number is shown.
constexpr app::analytic::Source named_papers[] = {
    {"rafailov2023", "Rafailov et al. 2023", "arXiv 2305.18290"},
    {"bai2022", "Bai et al. 2022", "arXiv 2204.05862"},
    {"wolf2023", "Wolf et al. 2023", "arXiv 2304.11082"},
    {"arditi2024", "Arditi et al. 2024", "arXiv 2406.11717"},
};

lesson::Span link_to(app::analytic::Source const& source) {
    lesson::Span span;
    span.text = source.identifier;
    constexpr std::string_view prefix = "arXiv ";
    if (source.identifier.rfind(prefix, 0) == 0)
        span.link = "https://arxiv.org/abs/" + std::string(source.identifier.substr(prefix.size()));
    return span;
}

void draw_texts(Frame const& frame, Column& column, std::string const& path, char const* title,
                std::initializer_list<char const*> keys) {
    Card card(frame, column, card_look(frame));
    card_title(frame, card.column, path + "/title", frame.words(title));
    int number = 0;
    for (char const* const key : keys) {
        if (number) card.column.gap(12 * frame.metrics.scale);
        paragraph(frame, card.column, path + "/" + std::to_string(++number), frame.words(key), frame.metrics.body(),
                  frame.palette.text);
    }
}

void draw_sources(Frame const& frame, Column& column) {
    Card card(frame, column, card_look(frame));
    card_title(frame, card.column, "refusal/about/sources/title", frame.words("refusal.about.sources"));
    lesson::ListBlock list_of_sources;
    auto const add = [&](app::analytic::Source const& source) {
        list_of_sources.items.push_back({{std::string(source.citation) + ", "}, link_to(source)});
    };
    for (app::analytic::Source const& source : app::analytic::sources()) add(source);
    for (app::analytic::Source const& source : named_papers) add(source);
    list(frame, card.column, "refusal/about/sources", list_of_sources, frame.metrics.body());
    card.column.gap(14 * frame.metrics.scale);
    small_text(frame, card.column, "refusal/about/sources/confidence", frame.words("refusal.about.sources.confidence"));
}

}

void draw_about_part(LabView const& view, Column& column) {
    Frame const& frame = view.frame;
    float const gap = 20 * frame.metrics.scale;
    Column text = column; // lines that can be read
    text.width = std::fmin(column.width, 760 * frame.metrics.scale);
    draw_texts(frame, text, "refusal/about/real", "refusal.about.real",
               {"refusal.about.real.text", "refusal.about.tax", "refusal.about.not"});
    text.gap(gap);
    draw_texts(frame, text, "refusal/about/equations", "refusal.about.equations",
               {"refusal.about.equations.text", "refusal.about.split"});
    text.gap(gap);
    draw_texts(frame, text, "refusal/about/words", "refusal.about.lesson",
               {"refusal.about.words", "refusal.about.stages", "refusal.about.safe"});
    text.gap(gap);
    draw_sources(frame, text);
    column.y = text.y;
}

}
