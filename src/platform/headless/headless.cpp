#include "platform/headless/headless.hpp"

#include "ground/assert.hpp"

#include <imgui.h>

namespace cw::platform {

namespace {

World* current_world = nullptr; // the headless stand-in for the browser, which is one per page too

World& world() {
    CW_ASSERT(current_world != nullptr);
    return *current_world;
}

}

void use_world(World& used) { current_world = &used; }

ui::Fonts load_fonts() {
    ui::Fonts fonts;
    for (ImFont*& face : fonts.faces) face = ImGui::GetIO().Fonts->AddFontDefault();
    return fonts;
}

void show_semantics(std::vector<std::uint8_t> const& operations) { world().operations = operations; }
void perform(app::Effect const& effect) { world().effects.push_back(effect); }

bool measure_math(std::string const& tex, float px, ui::MathSize& size) {
    size = {px * 0.5f * static_cast<float>(tex.size()), px, px * 0.3f};
    return true;
}

void show_canvas(bool shown) { world().canvas_shown = shown; }

void present() {
    for (ImTextureData* const texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_Destroyed) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

double now_ms() { return world().now_ms; }

}
