#pragma once
// What JavaScript sends, read from bytes (shell/bridge.js writes them): events, things done to nodes, and the view.
// A message that does not read whole is a bug of ours, not bad input.

#include "app/event.hpp"
#include "ui/frame.hpp"

#include <cstddef>

namespace cw::platform {

[[nodiscard]] app::Event decode_event(void const* bytes, std::size_t size);
[[nodiscard]] ui::Input decode_input(void const* bytes, std::size_t size);
// Overwrites what the browser decides in `view`; keeps what drawing remembers (formula sizes, scrolls).
void decode_view(void const* bytes, std::size_t size, ui::ViewState& view);

}
