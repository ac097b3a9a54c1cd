// WebGL 2 through ImGui's own OpenGL backend. The page says when there is a context, when it was lost and when it is
// back; without one, present() only keeps ImGui's texture bookkeeping going and the DOM shows the lesson.

#include "platform/web/renderer.hpp"

#include "platform/platform.hpp"

#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

namespace cw::platform {

namespace {

void accept_textures() {
    for (ImTextureData* const texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy)
            texture->SetStatus(ImTextureStatus_Destroyed);
        else if (texture->Status != ImTextureStatus_Destroyed) {
            texture->SetTexID(1); // never drawn
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

bool has_renderer() { return ImGui::GetIO().BackendRendererUserData != nullptr; }

}

bool start_renderer(char const* canvas_selector) {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false; // ImGui smooths its own edges
    attributes.preserveDrawingBuffer = false;
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    EMSCRIPTEN_WEBGL_CONTEXT_HANDLE const context = emscripten_webgl_create_context(canvas_selector, &attributes);
    if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS) return false;
    if (!ImGui_ImplOpenGL3_Init("#version 300 es")) return false;
    ImGui_ImplOpenGL3_NewFrame(); // makes shaders and buffers; it does nothing else
    return true;
}

void drop_renderer() {
    if (!has_renderer()) return;
    ImGui_ImplOpenGL3_Shutdown();
    // The atlas is kept in memory: a new renderer uploads it again.
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    for (ImTextureData* const texture : ImGui::GetPlatformIO().Textures)
        if (texture->Status != ImTextureStatus_Destroyed) texture->SetStatus(ImTextureStatus_WantCreate);
}

void present() {
    ImDrawData* const data = ImGui::GetDrawData();
    if (!data) return;
    if (!has_renderer()) return accept_textures();
    glViewport(0, 0, static_cast<GLsizei>(data->DisplaySize.x * data->FramebufferScale.x),
               static_cast<GLsizei>(data->DisplaySize.y * data->FramebufferScale.y));
    ImGui_ImplOpenGL3_RenderDrawData(data);
}

}
