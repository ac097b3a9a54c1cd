// Glyphs for the engine's font loader (src/platform/web/fonts.cpp): the browser's own fonts, drawn on a 2D canvas. One
// code point is one glyph, without kerning or ligatures, as style.css tells the DOM too.

const SANS = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** By face, as in src/ui/theme.hpp: sans, sans bold, sans italic, mono, mono bold. */
const FACES = [
  (/** @type {number} */ px) => `400 ${px}px ${SANS}`,
  (/** @type {number} */ px) => `700 ${px}px ${SANS}`,
  (/** @type {number} */ px) => `italic 400 ${px}px ${SANS}`,
  (/** @type {number} */ px) => `400 ${px}px ${MONO}`,
  (/** @type {number} */ px) => `700 ${px}px ${MONO}`,
];

export function createGlyphs() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  let measured = { text: '', left: 0, top: 0, width: 0, height: 0 };
  let pixels = /** @type {Uint8ClampedArray | null} */ (null);

  const use = (/** @type {number} */ face, /** @type {number} */ px) => {
    const font = FACES[face](px);
    if (context.font !== font) context.font = font;
    context.fontKerning = 'none';
    context.fillStyle = '#fff';
    context.textBaseline = 'alphabetic';
  };

  return {
    /** Ascent and descent, in pixels of `px`. @param {number} face @param {number} px @param {Float32Array} out */
    font(face, px, out) {
      use(face, px);
      const metrics = context.measureText('Mg');
      out[0] = metrics.fontBoundingBoxAscent;
      out[1] = metrics.fontBoundingBoxDescent;
    },

    /**
     * Measures and draws one glyph; see imports.hpp for `out`.
     * @param {number} face @param {number} px @param {number} code @param {Float32Array} out
     */
    glyph(face, px, code, out) {
      use(face, px);
      const text = String.fromCodePoint(code);
      const metrics = context.measureText(text);
      const left = Math.floor(-metrics.actualBoundingBoxLeft) - 1;
      const top = Math.floor(-metrics.actualBoundingBoxAscent) - 1;
      const width = Math.ceil(metrics.actualBoundingBoxRight) + 1 - left;
      const height = Math.ceil(metrics.actualBoundingBoxDescent) + 1 - top;
      const blank = metrics.actualBoundingBoxRight + metrics.actualBoundingBoxLeft <= 0 || /^\s$/u.test(text);
      measured = { text, left, top, width: blank ? 0 : width, height: blank ? 0 : height };
      out[0] = metrics.width;
      out[1] = left;
      out[2] = top;
      out[3] = measured.width;
      out[4] = measured.height;
      out[5] = 0;
      pixels = null;
      if (blank) return true;
      if (width > canvas.width || height > canvas.height) {
        canvas.width = Math.max(canvas.width, width);
        canvas.height = Math.max(canvas.height, height);
        use(face, px); // resizing resets the context
      }
      context.clearRect(0, 0, width, height);
      context.fillText(text, -left, -top);
      pixels = context.getImageData(0, 0, width, height).data;
      for (let i = 0; i < pixels.length; i += 4) {
        // White ink can only be white: anything else is a glyph with colours of its own (an emoji).
        if (pixels[i + 3] > 128 && (pixels[i] < 200 || pixels[i + 1] < 200 || pixels[i + 2] < 200)) {
          out[5] = 1;
          break;
        }
      }
      if (!out[5]) for (let i = 0; i < pixels.length; i += 4) pixels[i] = pixels[i + 1] = pixels[i + 2] = 255;
      return true;
    },

    /** Gives the pixels of the glyph measured last. @param {(pixels: Uint8ClampedArray) => void} take */
    glyphPixels(take) {
      if (pixels) take(pixels);
    },
  };
}
