// JavaScript side of imports.hpp: an Emscripten library that passes every call on to the module's `host` object, which
// shell/bridge.js supplies. Nothing is decided here. Member names are quoted, as Closure renames others; emcc 3.1.6
// takes plain functions only.
mergeInto(LibraryManager.library, {
  cw_host_semantics: function (data, size) {
    Module['host']['semantics'](HEAPU8.subarray(data, data + size));
  },
  cw_host_effect: function (data, size) {
    Module['host']['effect'](HEAPU8.subarray(data, data + size));
  },
  cw_host_math: function (data, size, px, out) {
    out >>= 2;
    return Module['host']['math'](HEAPU8.subarray(data, data + size), px, HEAPF32.subarray(out, out + 3)) ? 1 : 0;
  },
  cw_host_font: function (face, px, out) {
    out >>= 2;
    Module['host']['font'](face, px, HEAPF32.subarray(out, out + 2));
  },
  cw_host_glyph: function (face, px, code, out) {
    out >>= 2;
    return Module['host']['glyph'](face, px, code >>> 0, HEAPF32.subarray(out, out + 6)) ? 1 : 0;
  },
  cw_host_glyph_pixels: function (out) {
    Module['host']['glyphPixels'](function (pixels) { HEAPU8.set(pixels, out); });
  },
  cw_host_show_canvas: function (shown) {
    Module['host']['showCanvas'](shown !== 0);
  },
  cw_host_now: function () {
    return performance.now();
  },
  cw_host_failed: function (expression, file, line) {
    Module['host']['failed'](UTF8ToString(expression) + ' (' + UTF8ToString(file) + ':' + line + ')');
  },
});
