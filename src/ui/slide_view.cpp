// One slide: its title and its blocks in order.

#include "ground/match.hpp"
#include "ui/paint.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <cmath>

namespace cw::ui {

namespace {

void draw_callout(Frame const& frame, Column& column, std::string const& path, lesson::Callout const& callout) {
    Palette const& p = frame.palette;
    Card card(frame, column,
              {p.warn_soft, p.forced ? p.border : mix(p.warn, p.warn_soft, 0.6f), 24 * frame.metrics.scale, p.warn});
    Node node;
    node.path = path;
    node.role = Role::note;
    node.rect = {card.column.x, card.column.y, card.column.width, 0};
    node.name = plain_text(callout.title);
    frame.out.sem.begin(std::move(node));
    if (!callout.title.empty()) heading(frame, card.column, path + "/title", callout.title, 2, frame.metrics.heading());
    for (std::size_t i = 0; i < callout.paragraphs.size(); ++i) {
        if (i > 0 || !callout.title.empty()) card.column.gap(8 * frame.metrics.scale);
        paragraph(frame, card.column, path + "/" + std::to_string(i + 1), callout.paragraphs[i], frame.metrics.body(),
                  p.text);
    }
    frame.out.sem.end();
}

void draw_picture(Frame const& frame, Column& column, std::string const& path, lesson::Picture const& picture) {
    float const ratio =
        picture.width_px > 0 ? static_cast<float>(picture.height_px) / static_cast<float>(picture.width_px) : 0.5f;
    float const natural = static_cast<float>(picture.width_px) * frame.metrics.scale;
    float const width = natural > 0 ? std::fmin(column.width, natural) : column.width;
    Rect const rect{column.x + (column.width - width) / 2, column.y, width, std::round(width * ratio)};
    Node node;
    node.path = path;
    node.role = Role::image;
    node.rect = rect;
    node.name = picture.alternative;
    node.source = picture.source;
    frame.out.sem.add(std::move(node));
    column.y += rect.h;
    if (picture.caption.empty()) return;
    column.gap(8);
    paragraph(frame, column, path + "/caption", picture.caption, frame.metrics.small(), frame.palette.muted);
}

// A formula on its own line: the DOM shows it, centred, in the room left here.
void draw_formula(Frame const& frame, Column& column, std::string const& path, lesson::Formula const& formula) {
    lesson::Span span;
    span.text = formula.tex;
    span.style = lesson::Span::Style::math;
    TextStyle style = frame.metrics.lead();
    style.line_px *= 1.4f;
    paragraph(frame, column, path, {span}, style, frame.palette.text);
}

void draw_broken(Frame const& frame, Column& column, std::string const& path, lesson::BrokenBlock const& block) {
    Palette const& p = frame.palette;
    Card card(frame, column, {p.bad_soft, p.forced ? p.border : p.bad, 16 * frame.metrics.scale, {}});
    paragraph(frame, card.column, path, frame.words("block.broken", {{"message", block.message}}),
              frame.metrics.small(), p.text);
}

void draw_diagnostics(Frame const& frame, app::Model const& model, Column& column) {
    Palette const& p = frame.palette;
    if (model.session.diagnostics.empty()) return;
    Card card(frame, column, {p.surface, p.forced ? p.border : p.bad, 20 * frame.metrics.scale, p.bad});
    heading(frame, card.column, "diagnostics/title",
            frame.words("diagnostics.title", {{"count", std::to_string(model.session.diagnostics.size())}}), 2,
            frame.metrics.heading());
    int number = 0;
    for (lesson::Diagnostic const& found : model.session.diagnostics) {
        card.column.gap(10);
        std::string const path = "diagnostics/" + std::to_string(++number);
        lesson::Span place, message;
        place.text = std::to_string(found.line) + ":" + std::to_string(found.column) + "  " + found.pointer;
        place.style = lesson::Span::Style::code;
        bool const is_error = found.severity == lesson::Diagnostic::Severity::error;
        message.text = " " + frame.words(is_error ? "diagnostics.error" : "diagnostics.warning") + ": " + found.message;
        if (!found.hint.empty()) message.text += " " + found.hint;
        paragraph(frame, card.column, path, {place, message}, frame.metrics.small(), p.text);
    }
}

float gap_before(lesson::Block const& block, float scale) {
    if (std::holds_alternative<lesson::Heading>(block)) return 36 * scale;
    if (std::holds_alternative<lesson::Paragraph>(block)) return 16 * scale;
    if (std::holds_alternative<lesson::ListBlock>(block)) return 16 * scale;
    return 28 * scale;
}

// What stands where a lab will be, while its code is on the way.
void draw_lab_to_come(Frame const& frame, app::Model const& model, Column& column, std::string const& path) {
    auto const has_failed = [&](app::LateModule const& it) { return it.state == app::LateModule::State::failed; };
    auto const& modules = model.session.modules;
    bool const any_failed = std::any_of(modules.begin(), modules.end(), has_failed);
    std::string const text = frame.words(any_failed ? "lab.failed" : "lab.loading");
    Card card(frame, column, {frame.palette.surface, frame.palette.border, 24 * frame.metrics.scale, {}});
    paragraph(frame, card.column, path + "/loading", text, frame.metrics.body(), frame.palette.muted);
}

void draw_block(Frame const& frame, app::Model const& model, Column& column, std::string const& path,
                lesson::Block const& block) {
    auto const is_to_come = [&](app::Module module) {
        return model.session.module(module).state != app::LateModule::State::ready;
    };
    if ((std::holds_alternative<lesson::Lab>(block) && is_to_come(app::Module::terminals)) ||
        (std::holds_alternative<lesson::RefusalLab>(block) && is_to_come(app::Module::labs)))
        return draw_lab_to_come(frame, model, column, path);
    match(
        block, [&](lesson::Heading const& it) { heading(frame, column, path, it.text, 2, frame.metrics.heading()); },
        [&](lesson::Paragraph const& it) {
            paragraph(frame, column, path, it.text, frame.metrics.body(), frame.palette.text);
        },
        [&](lesson::ListBlock const& it) { list(frame, column, path, it, frame.metrics.body()); },
        [&](lesson::Callout const& it) { draw_callout(frame, column, path, it); },
        [&](lesson::Formula const& it) { draw_formula(frame, column, path, it); },
        [&](lesson::Picture const& it) { draw_picture(frame, column, path, it); },
        [&](lesson::Bars const& it) { draw_bars(frame, model, column, it); },
        [&](lesson::Question const& it) { draw_question(frame, model, column, it); },
        [&](lesson::Task const& it) { draw_task(frame, model, column, it); },
        [&](lesson::Lab const& it) { draw_lab(frame, model, column, it); },
        [&](lesson::RefusalLab const& it) { draw_refusal_lab(frame, model, column, it); },
        [&](lesson::Summary const& it) { draw_summary(frame, model, column, it); },
        [&](lesson::BrokenBlock const& it) { draw_broken(frame, column, path, it); });
}

}

void draw_slide(Frame const& frame, app::Model const& model, Column& column) {
    if (model.session.phase == app::Session::Phase::loading) {
        text_line(frame, "loading", frame.words("lesson.loading"), frame.metrics.body(), {column.x, column.y},
                  frame.palette.muted, Role::status);
        return;
    }
    if (model.session.phase == app::Session::Phase::failed) {
        heading(frame, column, "failed/title", frame.words("lesson.failed"), 1, frame.metrics.title());
        column.gap(12);
        paragraph(frame, column, "failed/why", model.session.failure, frame.metrics.body(), frame.palette.text);
        column.gap(20);
        draw_diagnostics(frame, model, column);
        return;
    }
    lesson::Slide const& slide = model.slide();
    std::string const path = "slide/" + slide.id;
    if (model.session.slide == 0) {
        draw_diagnostics(frame, model, column);
        if (!model.session.diagnostics.empty()) column.gap(28);
    }
    heading(frame, column, path + "/title", slide.title, 1, frame.metrics.title());
    for (std::size_t i = 0; i < slide.blocks.size(); ++i) {
        column.gap(i == 0 ? 20 * frame.metrics.scale : gap_before(slide.blocks[i], frame.metrics.scale));
        draw_block(frame, model, column, path + "/" + std::to_string(i), slide.blocks[i]);
    }
}

}
