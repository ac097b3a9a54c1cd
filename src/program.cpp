#include "program.hpp"

#include "app/reduce.hpp"
#include "ground/text.hpp"
#include "ui/root.hpp"

#include <imgui.h>

namespace cw {

namespace {
// An event may lead to another (a restored lesson selects its slide, a measured formula moves the text), each of which
// shows one drawing later. What has not settled by then goes on with the next frame.
constexpr int passes_at_most = 4;
}

Program::Program(app::Words words) {
    model_.words = std::move(words);
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    fonts_ = platform::load_fonts();
}

Program::~Program() { ImGui::DestroyContext(); }

void Program::handle(app::Event const& event) {
    for (app::Effect const& effect : app::reduce(model_, event)) platform::perform(effect);
    if (platform::is_memory_short())
        for (app::Effect const& effect : app::reduce(model_, app::MemoryShort{})) platform::perform(effect);
    if (bool const shown = !model_.session.reading_view; shown != view.canvas_shown) {
        view.canvas_shown = shown;
        platform::show_canvas(shown);
    }
}

void Program::act(ui::Input const& input) { pass_with(input); }
void Program::pass() { pass_with({}); }

void Program::pass_with(ui::Input input) {
    for (int i = 0; i < passes_at_most; ++i) {
        if (!draw_once(input)) break;
        input = {};
    }
    std::vector<std::uint8_t> const operations = diff_.update(out_.sem);
    if (!operations.empty()) platform::show_semantics(operations);
}

// True if something changed that only another drawing can show.
bool Program::draw_once(ui::Input const& input) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {view.width_px, view.height_px};
    io.DisplayFramebufferScale = {view.density, view.density};
    io.DeltaTime = 1.0f / 60; // nothing drawn here depends on it
    out_ = {};
    ImGui::NewFrame();
    ui::draw(model_, view, input, fonts_, out_);
    ImGui::Render();
    bool changed = false;
    for (auto const& [tex, px] : out_.math_wanted) {
        ui::MathSize size;
        if (!platform::measure_math(tex, px, size)) continue;
        view.math[tex + "@" + shortest(static_cast<double>(px))] = size;
        changed = true;
    }
    std::vector<app::Event> const events = std::move(out_.events);
    for (app::Event const& event : events) handle(event);
    return changed || !events.empty();
}

}
