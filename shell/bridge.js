// Between the engine (WebAssembly) and the page: starts it, tells it what happened, and carries out what it asks for.
// Frames are requested, never looped: nothing is pending while nothing changes.

import { downloadPicture, downloadText } from './downloads.js';
import { createGlyphs } from './glyphs.js';
import { createSemantics } from './semantics.js';
import { Reader, Writer } from './wire.js';

// In the order of Kind in src/platform/web/decode.cpp and of Input::Kind in src/ui/frame.hpp.
const EVENT = { lessonLoaded: 0, lessonMissing: 1, tick: 2, visibility: 3, activity: 4, saveFailed: 5, renderer: 6,
  goTo: 7, pythonState: 8, pythonOutput: 9, pythonExited: 10, trainerChanged: 11, trainerSaid: 12, moduleChanged: 13 };
const INPUT = { activate: 1, text: 2, number: 3, key: 4, paste: 5, typed: 6 };
// In the order of app::Effect.
const EFFECTS = ['save', 'keepDamaged', 'announce', 'focus', 'setAddress', 'scrollToTop', 'wakeAt', 'runPython',
  'stopPython', 'openTrainer', 'tellTrainer', 'download', 'downloadPicture', 'loadModule', 'flash'];
const RENDERER = { drawing: 0, lost: 1, unavailable: 2 };
const MODULE = { labs: 0, terminals: 1, commands: 2 };
const MODULE_STATE = { ready: 0, failed: 1 };
const PYTHON_STATES = ['absent', 'loading', 'ready', 'failed'];
const PYTHON_CAUSES = ['ended', 'stopped', 'time_limit', 'output_limit', 'crashed'];
const activityEveryMs = 1000;

/** Whether the terminal takes this key; the rest (typing, system shortcuts, paste) stays the text box's and the browser's.
 * @param {KeyboardEvent} event */
function isTerminalKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.metaKey) return false;
  if (event.key.length === 1) {
    if (event.altKey) return true;
    if (!event.ctrlKey || event.shiftKey) return false;
    if (event.key === 'v') return false;
    return event.key !== 'c' || String(getSelection()) === ''; // with text selected, Ctrl-C copies
  }
  return ['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'ArrowUp',
    'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(event.key);
}

// Stands in for the functions of the later modules (shell/pack/split.mjs) until they are loaded.
const placeholder = new Proxy({}, {
  get: (_, index) => () => { throw new Error(`a module is not loaded (function ${String(index)})`); },
});

/** Fetches and compiles at once, whatever the imports still wait for. @param {string} url @param {any} imports or a promise of them */
async function instantiate(url, imports) {
  const answer = await fetch(url, { credentials: 'same-origin' }); // as the preload in index.html
  if (!answer.ok) throw new Error(`${new URL(url).pathname.split('/').pop()}: ${answer.status}`);
  const module = answer.headers.get('content-type')?.startsWith('application/wasm')
    ? await WebAssembly.compileStreaming(answer)
    : await WebAssembly.compile(await answer.arrayBuffer()); // a host without that MIME type
  return WebAssembly.instantiate(module, await imports);
}

/**
 * @param {{createEngine: (options: any) => Promise<any>, wasmUrl: string, words: Record<string, string>,
 *   moduleUrls: string[], labTexts: () => Promise<Record<string, string>[]>, app: HTMLElement, storage: {save(lesson: string, state: string): void, keep(lesson: string, state: string): void},
 *   math: {element(tex: string): Element | null, measure(tex: string, px: number): number[] | null,
 *     onReady(ready: () => void): void},
 *   python: (options: any) => any, trainer: (options: any) => any, asset: (source: string) => string, onFailed: (message: string) => void}} options
 */
export async function createBridge(options) {
  const { app, math, storage } = options;
  const canvas = /** @type {HTMLCanvasElement} */ (app.querySelector('#screen'));
  const glyphs = createGlyphs();
  /** @type {any} */ let engine = null;
  let program = 0;
  let rendering = false; // a WebGL context is there
  let canvasShown = true;
  let frame = 0; // a requested animation frame
  let stale = true; // a pass is due before presenting
  let wake = 0;
  let wakeTime = Infinity;
  let lastActivity = -Infinity;
  let dead = false;
  const log = /** @type {string[]} */ ([]);
  const status = { frames: 0 };
  /** @type {any} */ let exports = null; // of the first module, for the later ones
  /** @type {(Promise<any> | null)[]} */ const modules = []; // the later ones, by MODULE; null: not yet
  /** @type {Promise<null | any[]>} */ let labsTold = Promise.resolve(null); // null: they could not be loaded
  /** @type {any} */ let python = null;
  /** @type {any} */ let trainer = null;

  // --- calls into the engine ---
  /** @param {(pointer: number, size: number) => unknown} call @param {Uint8Array} bytes */
  function withBytes(call, bytes) {
    const pointer = engine._malloc(bytes.length || 1);
    engine.HEAPU8.set(bytes, pointer);
    try {
      return call(pointer, bytes.length);
    } finally {
      engine._free(pointer);
    }
  }

  /** @param {() => void} run */
  function guarded(run) {
    if (dead) return;
    try {
      run();
    } catch (error) {
      fail(String(error));
      throw error;
    }
  }

  /** @param {string} message */
  function fail(message) {
    if (dead) return;
    dead = true;
    options.onFailed(message);
  }

  /** @param {number} kind @param {(writer: Writer) => void} write */
  function event(kind, write) {
    const writer = new Writer().u8(kind);
    write(writer);
    guarded(() => withBytes((pointer, size) => engine._cw_event(program, pointer, size), writer.done()));
    invalidate();
  }

  /** @param {number} node @param {number} kind @param {{text?: string, number?: number, caret?: number, modifiers?: number}} [what] */
  function input(node, kind, { text = '', number = 0, caret = 0, modifiers = 0 } = {}) {
    tellActivity();
    const bytes = new Writer().u32(node).u8(kind).text(text).f64(number).u32(caret).u8(modifiers).done();
    guarded(() => withBytes((pointer, size) => engine._cw_input(program, pointer, size), bytes));
    request(); // the pass is done, only the picture is due
  }

  // --- frames ---
  function request() {
    if (!frame && !dead) frame = requestAnimationFrame(draw);
  }
  function invalidate() {
    stale = true;
    request();
  }
  function draw() {
    frame = 0;
    guarded(() => {
      if (stale) pass();
      if (!canvasShown) return;
      engine._cw_present(program);
      status.frames += 1;
    });
  }
  function pass() {
    stale = false;
    engine._cw_pass(program);
  }
  /** Brings DOM and state up to date at once, without waiting for a picture (hidden tabs never get one). */
  function flush() {
    if (stale) guarded(pass);
  }

  // --- what the browser decides ---
  const media = Object.fromEntries(Object.entries({ dark: '(prefers-color-scheme: dark)',
    calm: '(prefers-reduced-motion: reduce)', forced: '(forced-colors: active)', touch: '(pointer: coarse)' })
    .map(([name, query]) => [name, matchMedia(query)]));

  function systemColours() {
    const probe = document.createElement('span');
    app.append(probe);
    const colours = ['Canvas', 'CanvasText', 'ButtonFace', 'ButtonText', 'LinkText', 'Highlight', 'HighlightText', 'GrayText']
      .map((name) => {
        probe.style.color = name;
        const [r, g, b] = (getComputedStyle(probe).color.match(/\d+/g) ?? ['0', '0', '0']).map(Number);
        return (r << 16) | (g << 8) | b;
      });
    probe.remove();
    return colours;
  }

  let deviceSize = /** @type {number[] | null} */ (null);
  function tellView() {
    const width = Math.max(1, app.clientWidth || innerWidth);
    const height = Math.max(1, app.clientHeight || innerHeight);
    const rounded = [width, height].map((length) => Math.round(length * devicePixelRatio));
    // An emulated density is not in what the observer says.
    const isExact = deviceSize?.every((length, i) => Math.abs(length - rounded[i]) <= 2);
    const [deviceWidth, deviceHeight] = isExact && deviceSize ? deviceSize : rounded;
    if (canvasShown && (canvas.width !== deviceWidth || canvas.height !== deviceHeight)) {
      canvas.width = deviceWidth;
      canvas.height = deviceHeight;
    }
    writeView(width, height, deviceWidth / width);
    invalidate();
  }

  /** @param {number} width @param {number} height @param {number} density */
  function writeView(width, height, density) {
    const textScale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
    const writer = new Writer().f32(width).f32(height).f32(density).f32(textScale)
      .u8((media.dark.matches ? 1 : 0) | (media.calm.matches ? 2 : 0) | (media.forced.matches ? 4 : 0)
        | (canvasShown ? 0 : 8) | (media.touch.matches ? 16 : 0));
    if (media.forced.matches) for (const colour of systemColours()) writer.u32(colour);
    withBytes((pointer, size) => engine._cw_view(program, pointer, size), writer.done());
  }

  function tellActivity() {
    const now = performance.now();
    if (now - lastActivity < activityEveryMs) return;
    lastActivity = now;
    event(EVENT.activity, (w) => w.f64(now));
  }

  // --- semantics ---
  const semantics = createSemantics(app, {
    activate: (id) => input(id, INPUT.activate),
    text: (id, text, caret) => input(id, INPUT.text, { text, caret }),
    number: (id, number) => input(id, INPUT.number, { number }),
    paste: (id, text) => input(id, INPUT.paste, { text }),
    typed: (id, text) => input(id, INPUT.typed, { text }),
    key: (id, keyEvent) => {
      if (!isTerminalKey(keyEvent)) return false;
      keyEvent.preventDefault();
      const modifiers = (keyEvent.ctrlKey ? 1 : 0) | (keyEvent.altKey ? 2 : 0) | (keyEvent.shiftKey ? 4 : 0);
      input(id, INPUT.key, { text: keyEvent.key, modifiers });
      return true;
    },
    scroll: (id, x, y) => {
      guarded(() => engine._cw_scroll(program, id, x, y));
      tellActivity();
      invalidate();
    },
    focus: (id) => {
      if (program) guarded(() => engine._cw_focus(program, id));
      invalidate();
    },
    mathml: math.element,
    asset: options.asset,
  });

  // --- effects ---
  const perform = {
    save: (/** @type {Reader} */ r) => {
      try {
        storage.save(r.text(), r.text());
      } catch (error) {
        queueMicrotask(() => event(EVENT.saveFailed, (w) => w.text(String(/** @type {Error} */ (error).message ?? error))));
      }
    },
    keepDamaged: (/** @type {Reader} */ r) => {
      try {
        storage.keep(r.text(), r.text());
      } catch { /* there is no room to keep it: the lesson starts clean all the same */ }
    },
    announce: (/** @type {Reader} */ r) => {
      const text = r.text();
      const region = /** @type {HTMLElement} */ (document.getElementById(r.u8() ? 'assertive' : 'polite'));
      // Equal text twice is silent in some readers: an invisible difference makes it speak.
      region.textContent = region.textContent === text ? `${text}\u00a0` : text;
      log.push(text);
    },
    focus: (/** @type {Reader} */ r) => {
      const path = r.text();
      afterPass(() => semantics.focus(path));
    },
    setAddress: (/** @type {Reader} */ r) => {
      const address = `#/${r.text()}`;
      if (location.hash === address) return;
      try {
        if (r.u8()) history.replaceState(null, '', address);
        else history.pushState(null, '', address);
      } catch { /* a sandboxed frame may have no history */ }
    },
    scrollToTop: () => afterPass(() => semantics.scrollToTop()),
    wakeAt: (/** @type {Reader} */ r) => {
      const at = r.f64();
      if (at >= wakeTime) return;
      clearTimeout(wake);
      wakeTime = at;
      wake = window.setTimeout(() => {
        wakeTime = Infinity;
        event(EVENT.tick, (w) => w.f64(performance.now()));
        flush();
      }, Math.max(0, at - performance.now()));
    },
    runPython: (/** @type {Reader} */ r) => {
      const run = r.u32();
      const args = [];
      for (let count = r.u32(); count > 0; --count) args.push(r.text());
      const files = r.map();
      const environment = r.map();
      startPython().run({ run, arguments: args, files, environment, folder: r.text(), input: r.text() });
    },
    stopPython: () => python?.stop(),
    openTrainer: (/** @type {Reader} */ r) => startTrainer().open(options.asset(r.text())),
    tellTrainer: (/** @type {Reader} */ r) => trainer?.tell(r.raw().slice()),
    download: (/** @type {Reader} */ r) => downloadText(r.text(), r.text(), r.text()),
    downloadPicture: (/** @type {Reader} */ r) => {
      const name = r.text();
      const path = r.text();
      afterPass(() => savePicture(name, path));
    },
    flash: (/** @type {Reader} */ r) => {
      const path = r.text();
      afterPass(() => semantics.flash(path));
    },
    loadModule: (/** @type {Reader} */ r) => {
      const which = r.u8();
      const tell = (/** @type {number} */ state, message = '', /** @type {Record<string, string>[]} */ [words = {}, files = {}] = []) => {
        event(EVENT.moduleChanged, (w) => w.u8(which).u8(state).text(message).map(words).map(files));
        flush();
      };
      // The terminals are ready after the labs, whose texts they need.
      const texts = which === MODULE.labs ? options.labTexts() : labsTold;
      // What goes wrong in telling is not a failure to load.
      const told = Promise.all([texts, lateModule(which)]).then(([found]) => {
        if (!found) return null; // that was told
        tell(MODULE_STATE.ready, '', found);
        return [];
      }, (error) => {
        tell(MODULE_STATE.failed, String(error.message ?? error));
        return null;
      });
      if (which === MODULE.labs) labsTold = told;
    },
  };

  /** With all of those before it, which it builds on. @param {number} which @returns {Promise<any>} */
  function lateModule(which) {
    if (!modules[which]) {
      const before = Promise.all(options.moduleUrls.slice(0, which).map((_, earlier) => lateModule(earlier)));
      modules[which] = instantiate(options.moduleUrls[which],
        before.then((instances) => ({ primary: Object.assign({}, exports, ...instances.map((each) => each.exports)) })))
        .catch((error) => {
          modules[which] = null; // may be tried again
          throw error;
        });
    }
    return modules[which];
  }

  /** @type {(() => void)[]} */
  let pending = [];
  /** Focus and scrolling wait until the DOM has what they are about. @param {() => void} run */
  function afterPass(run) {
    if (!pending.length) {
      queueMicrotask(() => {
        flush();
        const list = pending;
        pending = [];
        for (const step of list) step();
      });
    }
    pending.push(run);
  }

  function startPython() {
    python ??= options.python({
      onState: (/** @type {string} */ state, /** @type {string} */ message) => {
        event(EVENT.pythonState, (w) => w.u8(PYTHON_STATES.indexOf(state)).text(message ?? ''));
        flush();
      },
      onChunk: (/** @type {number} */ run, /** @type {string} */ stream, /** @type {Uint8Array} */ bytes) => {
        event(EVENT.pythonOutput, (w) => w.u32(run).u8(stream === 'error' ? 1 : 0).text(bytes));
        flush();
      },
      onExit: (/** @type {any} */ exit) => {
        const files = Object.fromEntries(Object.entries(exit.files).filter(([, content]) => content !== null));
        event(EVENT.pythonExited, (w) => w.u32(exit.run).u32(exit.status).u8(PYTHON_CAUSES.indexOf(exit.cause))
          .map(/** @type {Record<string, Uint8Array>} */ (files)));
        flush();
      },
    });
    return python;
  }

  function startTrainer() {
    trainer ??= options.trainer({
      onReady: () => {
        event(EVENT.trainerChanged, (w) => w.u8(0).text(''));
        flush();
      },
      onFailed: (/** @type {string} */ message) => {
        event(EVENT.trainerChanged, (w) => w.u8(1).text(message));
        flush();
      },
      onReport: (/** @type {Uint8Array} */ bytes) => event(EVENT.trainerSaid, (w) => w.text(bytes)),
    });
    return trainer;
  }

  // What is drawn over a node: drawn anew in a canvas that is high enough to show all of it, then copied.
  /** @param {string} name @param {string} path */
  function savePicture(name, path) {
    const nodes = semantics.nodes();
    const node = nodes.find((each) => each.path === path);
    const main = nodes.find((each) => each.path === 'main');
    if (!node || !main || !rendering) return;
    guarded(() => {
      const high = Math.ceil(main.rect[1] + main.number + 200);
      const wide = canvas.clientWidth;
      const before = [canvas.width, canvas.height];
      const density = Math.min(before[0] / wide, 8192 / high);
      canvas.width = Math.round(wide * density);
      canvas.height = Math.round(high * density);
      const scrolled = semantics.scrolled();
      engine._cw_scroll(program, main.id, 0, 0);
      writeView(wide, high, density);
      pass();
      engine._cw_present(program);
      const now = semantics.nodes().find((each) => each.path === path) ?? node;
      const [x, y, w, h] = now.rect;
      downloadPicture(name, canvas, density, { x: main.rect[0] + x - 16, y: main.rect[1] + y - 16, w: w + 32, h: h + 24 });
      [canvas.width, canvas.height] = before;
      engine._cw_scroll(program, main.id, 0, scrolled);
    });
    tellView();
    flush();
  }

  const host = {
    semantics: (/** @type {Uint8Array} */ bytes) => semantics.update(bytes),
    effect: (/** @type {Uint8Array} */ bytes) => {
      const r = new Reader(bytes.slice());
      const name = /** @type {keyof perform} */ (EFFECTS[r.u8()]);
      perform[name](r);
    },
    math: (/** @type {Uint8Array} */ tex, /** @type {number} */ px, /** @type {Float32Array} */ out) => {
      const size = math.measure(new TextDecoder().decode(tex), px);
      if (size) out.set(size);
      return size !== null;
    },
    showCanvas: (/** @type {boolean} */ shown) => {
      canvasShown = shown;
      app.className = shown ? 'canvas' : 'reading';
      queueMicrotask(tellView);
    },
    failed: fail,
    ...glyphs,
  };

  // --- start ---
  engine = await options.createEngine({
    host,
    instantiateWasm: (/** @type {any} */ imports, /** @type {(instance: WebAssembly.Instance) => void} */ receive) => {
      instantiate(options.wasmUrl, { ...imports, placeholder }).then((instance) => {
        exports = instance.exports;
        receive(instance);
      }).catch((error) => fail(String(error)));
      return {};
    },
    onAbort: (/** @type {unknown} */ what) => fail(String(what)),
  });
  program = /** @type {number} */ (withBytes((pointer, size) => engine._cw_create(pointer, size),
    new Writer().map(options.words).done()));

  function startRenderer() {
    rendering = engine._cw_start_renderer(program) !== 0;
    event(EVENT.renderer, (w) => w.u8(rendering ? RENDERER.drawing : RENDERER.unavailable));
  }
  canvas.addEventListener('webglcontextlost', (lost) => {
    lost.preventDefault(); // or it never comes back
    rendering = false;
    engine._cw_drop_renderer(program);
    event(EVENT.renderer, (w) => w.u8(RENDERER.lost));
  });
  canvas.addEventListener('webglcontextrestored', startRenderer);

  function listen() {
    const pointer = (/** @type {PointerEvent} */ e, /** @type {number} */ buttons) => {
      const control = /** @type {Element} */ (e.target).closest?.('button, input, textarea, a, label');
      guarded(() => engine._cw_pointer(program, e.clientX, e.clientY, control ? 0 : buttons));
      invalidate();
    };
    app.addEventListener('pointermove', (e) => pointer(e, e.buttons & 1), { passive: true });
    app.addEventListener('pointerdown', (e) => { tellActivity(); pointer(e, e.button === 0 ? 1 : 0); }, { passive: true });
    const up = (/** @type {PointerEvent} */ e) => {
      pointer(e, 0);
      if (e.pointerType !== 'touch') return;
      flush(); // let the release be seen where it happened, then take the hover away
      engine._cw_pointer(program, -1, -1, 0);
      invalidate();
    };
    app.addEventListener('pointerup', up, { passive: true });
    app.addEventListener('pointercancel', up, { passive: true });
    document.addEventListener('pointerleave', () => {
      engine._cw_pointer(program, -1, -1, 0);
      invalidate();
    });
    app.addEventListener('wheel', tellActivity, { passive: true });
    addEventListener('keydown', (e) => {
      tellActivity();
      const target = /** @type {Element} */ (e.target);
      if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
      if (target.closest?.('input, textarea, select, [contenteditable], [role=log]')) return;
      const path = e.key === 'ArrowRight' ? 'nav/next' : e.key === 'ArrowLeft' ? 'nav/previous' : '';
      if (path && semantics.id(path)) input(semantics.id(path), INPUT.activate);
    });
    const address = () => event(EVENT.goTo, (w) => w.text(slideOfAddress()));
    addEventListener('popstate', address);
    addEventListener('hashchange', address);
    document.addEventListener('visibilitychange', () => {
      event(EVENT.visibility, (w) => w.u8(document.hidden ? 0 : 1).f64(performance.now()));
      flush();
    });
    addEventListener('pagehide', () => {
      event(EVENT.visibility, (w) => w.u8(0).f64(performance.now()));
      flush();
    });
    addEventListener('pageshow', (e) => { if (e.persisted) tellView(); });
    for (const query of Object.values(media)) query.addEventListener('change', tellView);
    const observer = new ResizeObserver((sizes) => {
      const exact = sizes[0].devicePixelContentBoxSize?.[0];
      deviceSize = exact ? [exact.inlineSize, exact.blockSize] : null;
      tellView();
    });
    try {
      observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch { // Safari knows only the content box
      observer.observe(canvas);
      const watch = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        tellView();
        watch();
      }, { once: true });
      watch();
    }
    document.fonts?.addEventListener?.('loadingdone', invalidate);
  }

  math.onReady(() => {
    semantics.refreshMath();
    invalidate();
  });

  return {
    /** @param {{json: string, saved: string, seed: number}} lesson */
    play(lesson) {
      tellView();
      startRenderer();
      event(EVENT.lessonLoaded, (w) => w.text(lesson.json).text(lesson.saved).text(slideOfAddress())
        .u32(lesson.seed).f64(performance.now()));
      flush();
      listen();
    },
    /** @param {string} message */
    missing(message) {
      tellView();
      startRenderer();
      event(EVENT.lessonMissing, (w) => w.text(message));
      flush();
      listen();
    },
    status,
    log,
    semantics,
  };
}

/** The slide named by the address: `#/slide-id`. */
export function slideOfAddress() {
  const match = /^#\/([\w.-]+)$/.exec(location.hash);
  return match ? match[1] : '';
}
