#pragma once
// Colours and shapes for ImGui's draw list: the only place that packs a Colour.

#include "ui/theme.hpp"

#include <imgui.h>

namespace cw::ui {

[[nodiscard]] inline ImU32 packed(Colour colour, int alpha = 255) {
    return IM_COL32((colour.rgb >> 16) & 0xFF, (colour.rgb >> 8) & 0xFF, colour.rgb & 0xFF, alpha);
}

// `share` of b in a.
[[nodiscard]] Colour mix(Colour a, Colour b, float share);

}
