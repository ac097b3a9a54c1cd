#pragma once
// Frame: what one pass over the screen is given and what it leaves. Views are free functions that take a Frame and the
// const Model; widgets (widgets.hpp) draw through it, record their semantic node and report what was done to them.
//
// The DOM owns focus, text editing and scrolling; what happened there since the last pass is in Input. The same pass
// run twice with an empty Input changes nothing.

#include "app/event.hpp"
#include "app/model.hpp"
#include "ground/geometry.hpp"
#include "ui/sem.hpp"
#include "ui/theme.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

struct ImDrawList;
struct ImFont;

namespace cw::ui {

struct Fonts {
    ImFont* faces[5] = {}; // by Face
};

// One thing done to a node through the DOM. Empty `node` (0): nothing.
struct Input {
    std::uint32_t node = 0;
    enum class Kind : std::uint8_t { none, activate, text, number, key, paste, typed, scroll } kind = Kind::none;
    std::string text;  // text boxes: the whole new text; key: its name; paste and typed: what was
    double number = 0; // sliders and switches
    int caret = 0;     // UTF-16 offset
    bool ctrl = false, alt = false, shift = false;
    float x = 0, y = 0; // scroll: of the node's inner scroller
};

// Size of a typeset formula at a text size, measured by the platform.
struct MathSize {
    float width = 0, ascent = 0, descent = 0;
};

// What drawing itself needs to remember from pass to pass; never saved.
struct ViewState {
    float width_px = 1280, height_px = 800;
    float density = 1; // device pixels per CSS pixel
    Scheme scheme = Scheme::light;
    std::optional<SystemColours> forced;
    bool reduced_motion = false;
    bool touch = false;                   // the finger is the pointer: a phone or tablet
    bool canvas_shown = true;             // false: the DOM is the page (reading view, no WebGL)
    float text_scale = 1;                 // the browser's text size over 16 px
    std::uint32_t focused = 0;            // node
    std::map<std::string, MathSize> math; // by TeX + "@" + px
    std::map<std::uint32_t, Vec2>
        scrolls; // how far each scroller has been scrolled, by node ("main" and "outline" too)
};

struct Out {
    std::vector<app::Event> events;
    Sem sem;
    std::vector<std::pair<std::string, float>> math_wanted; // TeX and px that ViewState::math does not have yet
};

struct Frame {
    Palette const& palette;
    Metrics metrics;
    Fonts const& fonts;
    Input const& input;
    ViewState const& view;
    app::Words const& words;
    Out& out;
    ImDrawList* draw = nullptr;
    Vec2 origin; // of the open region on screen: rects given to widgets are relative to it
    Rect clip;   // on screen

    void push(app::Event event) const { out.events.push_back(std::move(event)); }
    [[nodiscard]] Input const* input_for(std::uint32_t node, Input::Kind kind) const {
        return input.node == node && input.kind == kind ? &input : nullptr;
    }
};

}
