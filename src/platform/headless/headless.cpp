#include "platform/headless/headless.hpp"

#include "ground/assert.hpp"

#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

namespace cw::platform {

namespace {

World* current_world = nullptr; // the headless stand-in for the browser, which is one per page too

World& world() {
    CW_ASSERT(current_world != nullptr);
    return *current_world;
}

void note_item(ImGuiID id) {
    if (GImGui->CurrentWindow->IsFallbackWindow) return; // ImGui's own, never shown
    for (ImGuiWindow const* const window : GImGui->Windows)
        if (id == window->ID || id == window->MoveId) return; // the window itself, not something in it
    if (current_world) current_world->items.push_back(id);
}

}

void use_world(World& used) { current_world = &used; }

ui::Fonts load_fonts() {
    GImGui->TestEngineHookItems = true;
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

bool is_memory_short() { return std::exchange(world().memory_short, false); }
double now_ms() { return world().now_ms; }

}

// The hooks of ImGui's test engine (imgui_internal.h); only the first says something that is needed here.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID id, ImRect const&, ImGuiLastItemData const*) {
    if (id != 0) cw::platform::note_item(id);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, char const*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, char const*, ...) {}
char const* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
