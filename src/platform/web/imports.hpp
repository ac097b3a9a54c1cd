#pragma once
// What JavaScript gives to the engine: imports.js passes each call on to the `host` object of the module
// (shell/bridge.js). Pointers are into the wasm memory and good during the call only.

#include <cstddef>
#include <cstdint>

extern "C" {

// Operations of ui::SemDiff.
void cw_host_semantics(std::uint8_t const* operations, std::size_t size);
// One effect: u8 kind (the index in app::Effect), then its fields.
void cw_host_effect(std::uint8_t const* bytes, std::size_t size);
// Size of a formula at a text size: out = width, ascent, descent in CSS pixels. 0 while MathML is not there yet.
int cw_host_math(char const* tex, std::size_t size, float px, float out[3]);
// A face's ascent and descent (both positive) at a size, in pixels of that size.
void cw_host_font(int face, float px, float out[2]);
// One glyph at a size in device pixels: out = advance, left, top, width, height (of its bitmap, from the pen position
// on the baseline, y down), colour (1: RGBA has colours of its own). 0 if no font of the face has it.
int cw_host_glyph(int face, float px, std::uint32_t code_point, float out[6]);
// The bitmap of the glyph measured last: width * height * 4 bytes of RGBA, not premultiplied.
void cw_host_glyph_pixels(std::uint8_t* rgba);
void cw_host_show_canvas(int shown);
double cw_host_now();
// An assertion failed: the page shows its failure card.
void cw_host_failed(char const* expression, char const* file, int line);
}
