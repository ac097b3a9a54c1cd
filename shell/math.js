// Formulas: MathML that was made when the lesson was packed, or, for a lesson that was not, by temml when it is first
// needed. The DOM shows them; the engine only leaves room, and asks here how much.

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const ALLOWED = new Set(['math', 'mrow', 'mi', 'mo', 'mn', 'ms', 'mtext', 'mspace', 'msub', 'msup', 'msubsup', 'munder',
  'mover', 'munderover', 'mfrac', 'msqrt', 'mroot', 'mtable', 'mtr', 'mtd', 'mstyle', 'mpadded', 'mphantom', 'semantics',
  'annotation']);
const ALLOWED_ATTRIBUTES = new Set(['display', 'mathvariant', 'stretchy', 'fence', 'form', 'separator', 'lspace', 'rspace',
  'width', 'height', 'depth', 'voffset', 'columnalign', 'rowspacing', 'columnspacing', 'scriptlevel', 'displaystyle',
  'accent', 'accentunder', 'minsize', 'maxsize', 'movablelimits', 'encoding', 'linethickness', 'symmetric', 'largeop']);

/** MathML elements and attributes only. @param {Element} element @returns {boolean} */
function clean(element) {
  if (element.namespaceURI !== MATHML || !ALLOWED.has(element.localName)) return false;
  for (const { name } of [...element.attributes]) if (!ALLOWED_ATTRIBUTES.has(name)) element.removeAttribute(name);
  return [...element.children].every(clean);
}

/** @param {HTMLElement} root @param {() => Promise<{default: {renderToString(tex: string): string}}>} loadTemml */
export function createMath(root, loadTemml) {
  /** @type {Map<string, Element | null>} */
  const made = new Map();
  /** @type {Set<string>} */
  const waiting = new Set();
  let onReady = () => {};
  let loading = false;
  const parser = new DOMParser();

  /** @param {string} tex @param {string} mathml */
  function add(tex, mathml) {
    const source = mathml.includes('xmlns=') ? mathml : mathml.replace('<math', `<math xmlns="${MATHML}"`);
    const parsed = parser.parseFromString(source, 'application/xml').documentElement;
    made.set(tex, clean(parsed) ? document.importNode(parsed, true) : null);
  }

  async function loadWaiting() {
    if (loading) return;
    loading = true;
    try {
      const temml = (await loadTemml()).default;
      for (const tex of waiting) {
        try {
          add(tex, temml.renderToString(tex));
        } catch {
          made.set(tex, null); // not TeX: its source is shown
        }
      }
    } catch {
      for (const tex of waiting) made.set(tex, null);
    }
    waiting.clear();
    loading = false;
    onReady();
  }

  /** @param {string} tex */
  function element(tex) {
    if (!made.has(tex)) {
      waiting.add(tex);
      queueMicrotask(loadWaiting);
      return null;
    }
    return /** @type {Element | null} */ (made.get(tex)?.cloneNode(true) ?? null);
  }

  return {
    /** @param {Record<string, string>} map TeX to MathML */
    preload(map) {
      for (const [tex, mathml] of Object.entries(map)) add(tex, mathml);
    },
    element,
    /** Width, ascent and descent in CSS pixels, or null while it is being made. @param {string} tex @param {number} px */
    measure(tex, px) {
      if (!made.has(tex)) {
        element(tex);
        return null;
      }
      const box = document.createElement('span');
      box.className = 'measure';
      box.style.fontSize = `${px}px`;
      box.append(element(tex) ?? document.createTextNode(tex));
      root.append(box);
      const { width, height } = box.getBoundingClientRect();
      box.remove();
      return [width, height * 0.75, height * 0.25];
    },
    onReady: (/** @type {() => void} */ ready) => { onReady = ready; },
  };
}
