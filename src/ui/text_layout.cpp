#include "ui/text_layout.hpp"

#include "ground/text.hpp"
#include "ui/paint.hpp"

#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace cw::ui {

namespace {

constexpr float code_size = 0.9f; // inline code beside its text

ImFontBaked* baked_font(Frame const& frame, Face face, float px) {
    return frame.fonts.faces[static_cast<int>(face)]->GetFontBaked(px, frame.view.density);
}

Face run_face(lesson::Span const& run, Face base) {
    using Style = lesson::Span::Style;
    if (run.style == Style::code) return Face::mono;
    if (run.style == Style::strong || run.style == Style::strong_emphasis) return Face::sans_bold;
    if (run.actor != lesson::Actor::none) return Face::sans_bold;
    if (run.style == Style::emphasis) return Face::sans_italic;
    return base;
}

// A stretch of a run without a break in it, or the blanks between two such.
struct Piece {
    std::string_view text;
    float width = 0;
    int run = 0;
    bool blank = false;
};

// Places pieces on lines: words whole, words wider than a line letter by letter.
class LineBreaker {
  public:
    LineBreaker(Frame const& frame, lesson::RichText const& runs, TextStyle const& style, float width, TextBlock& out)
        : frame_(frame), runs_(runs), style_(style), width_(width), out_(out) {}

    void add(Piece piece) {
        if (!piece.blank) {
            word_.push_back(piece);
            word_width_ += piece.width;
            return;
        }
        flush_word();
        blank_.push_back(piece);
    }

    void finish() {
        flush_word();
        out_.lines = line_ + 1;
    }

  private:
    void flush_word() {
        if (word_.empty()) return;
        float blank_width = 0;
        for (Piece const& piece : blank_) blank_width += piece.width;
        if (x_ > 0 && x_ + blank_width + word_width_ > width_) {
            new_line();
        } else {
            for (Piece const& piece : blank_) place(piece);
        }
        blank_.clear();
        for (Piece const& piece : word_) word_width_ > width_ ? place_letters(piece) : place(piece);
        word_.clear();
        word_width_ = 0;
    }

    void new_line() {
        ++line_;
        x_ = 0;
    }

    void place_letters(Piece const& piece) {
        lesson::Span const& run = runs_[static_cast<std::size_t>(piece.run)];
        if (run.style == lesson::Span::Style::math) return place(piece);
        for (std::size_t at = 0; at < piece.text.size();) {
            std::size_t const from = at;
            next_code_point(piece.text, at);
            Piece letter = piece;
            letter.text = piece.text.substr(from, at - from);
            letter.width = text_width(frame_, letter.text, run_face(run, style_.face), size_of(run));
            if (x_ > 0 && x_ + letter.width > width_) new_line();
            place(letter);
        }
    }

    void place(Piece const& piece) {
        lesson::Span const& run = runs_[static_cast<std::size_t>(piece.run)];
        TextFragment* last = out_.fragments.empty() ? nullptr : &out_.fragments.back();
        if (last && last->line == line_ && last_run_ == piece.run &&
            last->text.data() + last->text.size() == piece.text.data()) {
            last->text = {last->text.data(), last->text.size() + piece.text.size()};
            last->width += piece.width;
        } else {
            TextFragment fragment;
            fragment.x = x_;
            fragment.line = line_;
            fragment.width = piece.width;
            fragment.text = piece.text;
            fragment.face = run_face(run, style_.face);
            fragment.px = size_of(run);
            fragment.actor = run.actor;
            fragment.first_of_actor = run.actor != lesson::Actor::none && piece.text.data() == run.text.data();
            if (run.style == lesson::Span::Style::math)
                fragment.kind = TextFragment::Kind::math;
            else if (run.style == lesson::Span::Style::code)
                fragment.kind = TextFragment::Kind::code;
            else if (!run.link.empty())
                fragment.kind = TextFragment::Kind::link;
            out_.fragments.push_back(fragment);
        }
        last_run_ = piece.run;
        x_ += piece.width;
        out_.width = std::fmax(out_.width, x_);
    }

    [[nodiscard]] float size_of(lesson::Span const& run) const {
        return run.style == lesson::Span::Style::code ? style_.px * code_size : style_.px;
    }

    Frame const& frame_;
    lesson::RichText const& runs_;
    TextStyle const& style_;
    float width_;
    TextBlock& out_;
    std::vector<Piece> word_, blank_;
    float word_width_ = 0, x_ = 0;
    int line_ = 0, last_run_ = -1;
};

float math_width(Frame const& frame, std::string const& tex, float px) {
    auto const known = frame.view.math.find(tex + "@" + shortest(static_cast<double>(px)));
    if (known != frame.view.math.end()) return known->second.width;
    frame.out.math_wanted.emplace_back(tex, px);
    return px * 0.5f * static_cast<float>(tex.size());
}

}

float text_width(Frame const& frame, std::string_view text, Face face, float px) {
    ImFontBaked* const baked = baked_font(frame, face, px);
    float width = 0;
    for (std::size_t at = 0; at < text.size();)
        width += baked->GetCharAdvance(static_cast<ImWchar>(next_code_point(text, at)));
    return width;
}

float actor_mark_width(float px) { return std::round(px * 0.9f); }

TextBlock layout_text(Frame const& frame, lesson::RichText const& runs, TextStyle const& style, float width_px) {
    TextBlock block;
    block.line_px = style.line_px;
    LineBreaker breaker(frame, runs, style, width_px, block);
    for (std::size_t index = 0; index < runs.size(); ++index) {
        lesson::Span const& run = runs[index];
        bool const is_math = run.style == lesson::Span::Style::math;
        float const px = run.style == lesson::Span::Style::code ? style.px * code_size : style.px;
        std::string_view const text = run.text;
        for (std::size_t at = 0; at < text.size();) {
            Piece piece;
            piece.run = static_cast<int>(index);
            std::size_t end = at;
            piece.blank = !is_math && text[at] == ' ';
            while (end < text.size() && (is_math || (text[end] == ' ') == piece.blank)) ++end;
            piece.text = text.substr(at, end - at);
            piece.width = is_math ? math_width(frame, run.text, px)
                                  : text_width(frame, piece.text, run_face(run, style.face), px);
            if (at == 0 && run.actor != lesson::Actor::none) piece.width += actor_mark_width(px);
            breaker.add(piece);
            at = end;
        }
    }
    breaker.finish();
    return block;
}

namespace {

void draw_glyphs(Frame const& frame, std::string_view text, Face face, float px, Vec2 baseline_start, ImU32 colour) {
    ImFontBaked* const baked = baked_font(frame, face, px);
    float const density = frame.view.density;
    auto const snap = [&](float value) { return std::round(value * density) / density; };
    float const y = snap(baseline_start.y) - std::round(baked->Ascent * density) / density;
    float x = baseline_start.x;
    for (std::size_t at = 0; at < text.size();) {
        ImFontGlyph const* const glyph = baked->FindGlyph(static_cast<ImWchar>(next_code_point(text, at)));
        if (glyph->Visible) {
            float const left = snap(x);
            frame.draw->PrimReserve(6, 4);
            frame.draw->PrimRectUV({left + glyph->X0, y + glyph->Y0}, {left + glyph->X1, y + glyph->Y1},
                                   {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1},
                                   glyph->Colored ? (colour | 0x00FFFFFFu) : colour);
        }
        x += glyph->AdvanceX;
    }
}

// Where the DOM puts the baseline too: the text's ascent and descent centred in the line box.
float baseline(Frame const& frame, Face face, float px, float line_top, float line_px) {
    ImFontBaked const* const baked = baked_font(frame, face, px);
    float const content = baked->Ascent - baked->Descent;
    return line_top + (line_px - content) / 2 + baked->Ascent;
}

}

void draw_text_block(Frame const& frame, TextBlock const& block, Vec2 at, Colour colour) {
    Vec2 const top = at + frame.origin;
    for (TextFragment const& fragment : block.fragments) {
        if (fragment.kind == TextFragment::Kind::math) continue; // the DOM shows it
        float const line_top = top.y + static_cast<float>(fragment.line) * block.line_px;
        if (line_top > frame.clip.bottom() || line_top + block.line_px < frame.clip.y) continue;
        float x = top.x + fragment.x;
        Colour ink = colour;
        if (fragment.kind == TextFragment::Kind::link) ink = frame.palette.accent_text;
        float const base = baseline(frame, fragment.face, fragment.px, line_top, block.line_px);
        if (fragment.actor != lesson::Actor::none) {
            ActorLook const& look = frame.palette.actor(fragment.actor);
            ink = look.text;
            if (fragment.first_of_actor) {
                float const room = actor_mark_width(fragment.px);
                draw_actor_mark(frame, look,
                                {x + room * 0.42f - frame.origin.x, base - fragment.px * 0.33f - frame.origin.y},
                                fragment.px * 0.31f);
                x += room;
            }
        }
        if (fragment.kind == TextFragment::Kind::code) {
            frame.draw->AddRectFilled({x - 3, line_top + 2}, {x + fragment.width + 3, line_top + block.line_px - 2},
                                      packed(frame.palette.raised), 4);
        }
        draw_glyphs(frame, fragment.text, fragment.face, fragment.px, {x, base}, packed(ink));
        if (fragment.kind == TextFragment::Kind::link)
            frame.draw->AddLine({x, base + 2.5f}, {x + fragment.width, base + 2.5f}, packed(ink), 1);
    }
}

void draw_text_line(Frame const& frame, std::string_view text, TextStyle const& style, Vec2 at, Colour colour) {
    Vec2 const top = at + frame.origin;
    if (top.y > frame.clip.bottom() || top.y + style.line_px < frame.clip.y) return;
    draw_glyphs(frame, text, style.face, style.px, {top.x, baseline(frame, style.face, style.px, top.y, style.line_px)},
                packed(colour));
}

void draw_actor_mark(Frame const& frame, ActorLook const& look, Vec2 centre, float radius) {
    ImVec2 const c{centre.x + frame.origin.x, centre.y + frame.origin.y};
    ImU32 const ink = packed(look.fill);
    switch (look.mark) {
        case ActorLook::Mark::circle: frame.draw->AddCircleFilled(c, radius, ink, 24); break;
        case ActorLook::Mark::diamond: frame.draw->AddNgonFilled(c, radius * 1.15f, ink, 4); break;
        case ActorLook::Mark::octagon: {
            ImVec2 points[8];
            for (int i = 0; i < 8; ++i) {
                float const angle = (static_cast<float>(i) + 0.5f) * 0.78539816f;
                points[i] = {c.x + std::cos(angle) * radius * 1.08f, c.y + std::sin(angle) * radius * 1.08f};
            }
            frame.draw->AddConvexPolyFilled(points, 8, ink);
            break;
        }
        case ActorLook::Mark::triangle:
            frame.draw->AddTriangleFilled({c.x, c.y - radius}, {c.x + radius * 1.1f, c.y + radius * 0.9f},
                                          {c.x - radius * 1.1f, c.y + radius * 0.9f}, ink);
            break;
    }
}

std::string plain_text(lesson::RichText const& runs) {
    std::string out;
    for (lesson::Span const& run : runs) out += run.text;
    return out;
}

}
