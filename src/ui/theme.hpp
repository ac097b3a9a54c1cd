#pragma once
// Colours, sizes and text styles: the whole look, as data. Two palettes (light, dark) and one made from the system's
// colours in forced-colours mode. Every pair of text and ground that views use is listed in contrast_pairs() and tested
// against WCAG 2.2 (4.5 : 1 for text, 3 : 1 for marks and borders of controls).
//
// Sizes are CSS pixels at the browser's default text size and grow with it (Metrics::scale).

#include "lesson/types.hpp"

#include <cstdint>
#include <vector>

namespace cw::ui {

// 0xRRGGBB.
struct Colour {
    std::uint32_t rgb = 0;
    bool operator==(Colour const&) const = default;
};

// One hue and one shape per actor: told apart in grey by brightness and shape.
struct ActorLook {
    Colour text, fill;
    enum class Mark : std::uint8_t { circle, diamond, octagon, triangle } mark;
};

struct Palette {
    Colour page, surface, raised, sunken; // grounds: page, card, hovered control, code and terminal
    Colour text, muted, border, control;  // control: borders that must be seen (3 : 1)
    Colour accent, on_accent, accent_soft, accent_text;
    Colour good, good_soft, bad, bad_soft, warn, warn_soft;
    Colour track; // of bars and progress
    ActorLook helpfulness, harmlessness, refusal, harmful;
    struct Code {
        Colour plain, keyword, string, number, comment, function, line_number, error_ground;
    } code;
    Colour terminal[16]; // xterm's palette, tuned to the sunken ground
    Colour terminal_text, terminal_ground;
    bool dark = false;
    bool forced = false; // system colours: no soft grounds, borders everywhere

    [[nodiscard]] ActorLook const& actor(lesson::Actor actor) const;
};

enum class Scheme : std::uint8_t { light, dark };

// What the browser reports in forced-colours mode, as the CSS system colours of the same names.
struct SystemColours {
    Colour canvas, canvas_text, button_face, button_text, link_text, highlight, highlight_text, gray_text;
};

[[nodiscard]] Palette make_palette(Scheme scheme);
[[nodiscard]] Palette make_palette(SystemColours const& system);

enum class Face : std::uint8_t { sans, sans_bold, sans_italic, mono, mono_bold };

struct TextStyle {
    Face face = Face::sans;
    float px = 17, line_px = 26;
};

// `scale` is the user's text size over the browser's default; `narrow` below 640 px of window.
struct Metrics {
    float scale = 1;
    bool narrow = false;
    [[nodiscard]] TextStyle body() const { return style(Face::sans, 17, 26); }
    [[nodiscard]] TextStyle lead() const { return narrow ? style(Face::sans, 18, 28) : style(Face::sans, 19, 30); }
    [[nodiscard]] TextStyle small() const { return style(Face::sans, 14, 20); }
    [[nodiscard]] TextStyle small_bold() const { return style(Face::sans_bold, 14, 20); }
    [[nodiscard]] TextStyle label() const { return style(Face::sans_bold, 16, 24); }
    [[nodiscard]] TextStyle title() const {
        return narrow ? style(Face::sans_bold, 25, 32) : style(Face::sans_bold, 32, 40);
    }
    [[nodiscard]] TextStyle heading() const { return style(Face::sans_bold, 21, 30); }
    [[nodiscard]] TextStyle code() const { return style(Face::mono, 14, 20); }
    [[nodiscard]] float unit() const { return 8 * scale; } // the grid

  private:
    [[nodiscard]] TextStyle style(Face face, float px, float line_px) const {
        return {face, px * scale, line_px * scale};
    }
};

// WCAG 2.2 contrast ratio, 1 to 21.
[[nodiscard]] double contrast(Colour a, Colour b);

struct ContrastPair {
    char const* name;
    Colour ink, ground;
    double least;
};
[[nodiscard]] std::vector<ContrastPair> contrast_pairs(Palette const& palette);

}
