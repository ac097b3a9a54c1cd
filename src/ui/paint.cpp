#include "ui/paint.hpp"

#include "ui/widgets.hpp"

#include <cmath>

namespace cw::ui {

namespace {

ImVec2 on_screen(Frame const& frame, float x, float y) {
    // Whole device pixels, so that edges and thin borders are crisp.
    float const density = frame.view.density;
    return {std::round((x + frame.origin.x) * density) / density, std::round((y + frame.origin.y) * density) / density};
}

}

Colour mix(Colour a, Colour b, float share) {
    Colour out;
    for (int shift = 0; shift <= 16; shift += 8) {
        float const from = static_cast<float>((a.rgb >> shift) & 0xFF),
                    to = static_cast<float>((b.rgb >> shift) & 0xFF);
        out.rgb |= static_cast<std::uint32_t>(from + (to - from) * share + 0.5f) << shift;
    }
    return out;
}

void fill(Frame const& frame, Rect rect, Colour colour, float radius) {
    frame.draw->AddRectFilled(on_screen(frame, rect.x, rect.y), on_screen(frame, rect.right(), rect.bottom()),
                              packed(colour), radius);
}

void outline(Frame const& frame, Rect rect, Outline line, float radius) {
    frame.draw->AddRect(on_screen(frame, rect.x, rect.y), on_screen(frame, rect.right(), rect.bottom()),
                        packed(line.colour), radius, 0, line.px);
}

void line(Frame const& frame, Vec2 from, Vec2 to, Outline line) {
    frame.draw->AddLine({from.x + frame.origin.x, from.y + frame.origin.y},
                        {to.x + frame.origin.x, to.y + frame.origin.y}, packed(line.colour), line.px);
}

void hatch(Frame const& frame, Rect rect, Colour colour) {
    ImVec2 const top_left = on_screen(frame, rect.x, rect.y),
                 bottom_right = on_screen(frame, rect.right(), rect.bottom());
    frame.draw->PushClipRect(top_left, bottom_right, true);
    float const height = bottom_right.y - top_left.y;
    for (float x = top_left.x - height; x < bottom_right.x; x += 7)
        frame.draw->AddLine({x, bottom_right.y}, {x + height, top_left.y}, packed(colour), 1.5f);
    frame.draw->PopClipRect();
}

}
