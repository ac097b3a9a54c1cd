#pragma once
// The life of the WebGL context; see renderer.cpp.

namespace cw::platform {

// False if the canvas gives no WebGL 2 context.
[[nodiscard]] bool start_renderer(char const* canvas_selector);
// The context is lost or no longer wanted.
void drop_renderer();

}
