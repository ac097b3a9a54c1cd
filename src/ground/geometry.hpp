#pragma once
// Points and rectangles, in CSS pixels unless a name says otherwise. Nothing here draws.

namespace cw {

struct Vec2 {
    float x = 0, y = 0;
    bool operator==(Vec2 const&) const = default;
};
inline Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
inline Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    bool operator==(Rect const&) const = default;
    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] bool contains(Vec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
    [[nodiscard]] Rect shifted(Vec2 by) const { return {x + by.x, y + by.y, w, h}; }
    [[nodiscard]] Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

}
