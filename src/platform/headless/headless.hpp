#pragma once
// What the headless platform saw, for tests: effects in order, semantic operations as bytes. One World is in use at a
// time; it is handed over before the program starts.

#include "platform/platform.hpp"

#include <vector>

namespace cw::platform {

struct World {
    std::vector<app::Effect> effects;
    std::vector<std::uint8_t> operations; // of the last change
    bool canvas_shown = true;
    double now_ms = 0;
    bool memory_short = false;        // told once
    std::vector<std::uint32_t> items; // ImGui ids of the items of the last frame that can be activated
};

// From here on the platform writes to `world`, which must outlive the program.
void use_world(World& world);

}
