#pragma once
// Lays out and draws text of mixed looks: greedy line breaking at blanks (and inside words that are wider than a line),
// with the advances of the drawn glyphs, so that the same text flows the same way in the DOM above the canvas. One code
// point is one glyph: no ligatures, kerning or bidirectional reordering (the DOM layer is told to do the same).
//
//   TextBlock const block = layout_text(frame, runs, frame.metrics.body(), 600);
//   draw_text_block(frame, block, {x, y}, frame.palette.text);

#include "ui/frame.hpp"

#include <string_view>
#include <vector>

namespace cw::ui {

struct TextFragment {
    float x = 0;
    int line = 0;
    float width = 0;
    std::string_view text; // into the runs that were laid out: they must outlive the block
    Face face = Face::sans;
    float px = 17;
    lesson::Actor actor = lesson::Actor::none;
    enum class Kind : std::uint8_t { text, code, math, link } kind = Kind::text;
    bool first_of_actor = false; // carries the actor's mark
};

struct TextBlock {
    std::vector<TextFragment> fragments;
    int lines = 0;
    float line_px = 0;
    float width = 0; // of the widest line
    [[nodiscard]] float height() const { return static_cast<float>(lines) * line_px; }
};

[[nodiscard]] float text_width(Frame const& frame, std::string_view text, Face face, float px);
[[nodiscard]] TextBlock layout_text(Frame const& frame, lesson::RichText const& runs, TextStyle const& style,
                                    float width_px);
void draw_text_block(Frame const& frame, TextBlock const& block, Vec2 at, Colour colour);
// One line, as it stands; `at` is the top left of its line box.
void draw_text_line(Frame const& frame, std::string_view text, TextStyle const& style, Vec2 at, Colour colour);

// The width that an actor's mark takes before its word, in text of this size.
[[nodiscard]] float actor_mark_width(float px);
void draw_actor_mark(Frame const& frame, ActorLook const& look, Vec2 centre, float radius);

[[nodiscard]] std::string plain_text(lesson::RichText const& runs);

}
