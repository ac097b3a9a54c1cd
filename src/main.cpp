// Wiring: the functions that the page calls (shell/bridge.js), each a line or two over Program. The page holds the
// program's address and passes it back, so that nothing here is global.

#include "ground/bytes.hpp"
#include "platform/web/decode.hpp"
#include "platform/web/imports.hpp"
#include "platform/web/renderer.hpp"
#include "program.hpp"

#include <imgui.h>

using cw::Program;

extern "C" {

// `words`: u32 count, then key and text for each, as ByteWriter writes them.
Program* cw_create(void const* words, std::size_t size) {
    cw::set_assert_hook(cw_host_failed);
    cw::ByteReader in(words, size);
    std::map<std::string, std::string> texts;
    for (std::uint32_t count = in.u32(); count > 0; --count) {
        std::string key = in.text();
        texts[std::move(key)] = in.text();
    }
    return new Program(cw::app::Words(std::move(texts)));
}

bool cw_start_renderer(Program*) { return cw::platform::start_renderer("#screen"); }
void cw_drop_renderer(Program*) { cw::platform::drop_renderer(); }

void cw_view(Program* program, void const* bytes, std::size_t size) {
    cw::platform::decode_view(bytes, size, program->view);
}

// Where the pointer is over the canvas, in CSS pixels; negative: nowhere. `buttons` is 1 while it is pressed.
void cw_pointer(Program*, float x, float y, int buttons) {
    ImGuiIO& io = ImGui::GetIO();
    bool const away = x < 0 || y < 0;
    io.AddMousePosEvent(away ? -FLT_MAX : x, away ? -FLT_MAX : y);
    io.AddMouseButtonEvent(0, buttons & 1);
}

void cw_scroll(Program* program, std::uint32_t node, float x, float y) { program->view.scrolls[node] = {x, y}; }
void cw_focus(Program* program, std::uint32_t node) { program->view.focused = node; }

// Something was done to a node: the screen is up to date when this returns.
void cw_input(Program* program, void const* bytes, std::size_t size) {
    program->act(cw::platform::decode_input(bytes, size));
}

void cw_event(Program* program, void const* bytes, std::size_t size) {
    program->handle(cw::platform::decode_event(bytes, size));
}

void cw_pass(Program* program) { program->pass(); }
void cw_present(Program*) { cw::platform::present(); }
}
