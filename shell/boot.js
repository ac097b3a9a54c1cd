// The start: finds the lesson, loads the engine beside it and hands over. Until then, and wherever the engine cannot
// run, the page shows the lesson's text (index.html). A failure shows a plain card: what happened, that progress is
// kept, reload, copy a report.

import createEngine from 'engine';
import words from '../assets/i18n/en.json';
import { createBridge } from './bridge.js';
import { createMath } from './math.js';
import { keepOffline } from './offline.js';
import { createPython } from './python.js';
import { createTrainer } from './trainer.js';

const page = document.documentElement;
const app = /** @type {HTMLElement} */ (document.getElementById('app'));
const still = document.getElementById('static');
const stored = 'counterweight:';

/** @param {string} file */
const at = (file) => new URL(file, document.baseURI).href;

const lessonName = () => {
  const wanted = new URLSearchParams(location.search).get('lesson') ?? '';
  return /^[a-z0-9][a-z0-9-]*$/.test(wanted) ? wanted : page.dataset.lesson ?? '';
};

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? '';
  } catch { // storage is blocked: the lesson plays without a memory
    return '';
  }
}

const storage = {
  /** @param {string} lesson @param {string} state */
  save: (lesson, state) => localStorage.setItem(stored + lesson, state),
  /** @param {string} lesson @param {string} state */
  keep: (lesson, state) => localStorage.setItem(`${stored}${lesson}:unreadable`, state),
};

/** @param {string} message */
function showFailure(message) {
  app.hidden = true;
  document.querySelector('.failure')?.remove();
  const make = (/** @type {string} */ tag, /** @type {string} */ text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const card = document.createElement('section');
  card.className = 'failure';
  card.setAttribute('role', 'alert');
  const reload = make('button', words['failure.reload']);
  reload.addEventListener('click', () => location.reload());
  const report = `${message}\n${location.href}\n${navigator.userAgent}`;
  const details = make('pre', report);
  const copy = make('button', words['failure.copy']);
  copy.addEventListener('click', () => {
    navigator.clipboard?.writeText(report).then(() => { copy.textContent = words['failure.copied']; }, () => {
      getSelection()?.selectAllChildren(details); // no permission: select it, so that the learner can copy
    });
  });
  card.append(make('h1', words['failure.title']), make('p', words['failure.text']), reload, copy, details);
  document.body.prepend(card);
  if (still) document.body.append(still); // the text of the lesson stays readable
}

/** The id under which progress is kept; a broken file has none. @param {string} json @param {string} name */
function idOf(json, name) {
  try {
    return String(JSON.parse(json).id ?? name);
  } catch {
    return name;
  }
}

/** The texts of the labs' files: from one packed file, or one by one. @param {string} folder @param {string} json */
async function readLabFiles(folder, json) {
  const packed = await fetch(`${folder}labs.json`);
  if (packed.ok) return packed.json();
  /** @type {string[]} */
  let sources = [];
  try {
    sources = JSON.parse(json).slides.flatMap((/** @type {any} */ slide) => slide.blocks)
      .flatMap((/** @type {any} */ block) => (block.files ?? []).map((/** @type {any} */ file) => file.source));
  } catch { /* a broken lesson: the engine tells what is wrong */ }
  const entries = await Promise.all(sources.filter((source) => typeof source === 'string').map(async (source) => {
    const answer = await fetch(folder + source);
    return [source, answer.ok ? await answer.text() : ''];
  }));
  return Object.fromEntries(entries);
}

async function start() {
  const name = lessonName();
  const folder = `assets/lessons/${name}/`;
  const lesson = fetch(`${folder}lesson.json`).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))));
  // What packing added: the formulas as MathML. A lesson that was not packed plays without it.
  const pack = fetch(`${folder}pack.json`).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  lesson.catch(() => {});

  const math = createMath(document.body, () => import(new URL('temml.js', document.baseURI).href));
  const bridge = await createBridge({
    createEngine,
    wasmUrl: at('counterweight.wasm'),
    moduleUrls: [at('labs.wasm'), at('terminals.wasm'), at('commands.wasm')],
    labTexts: async () => Promise.all([fetch('labs.words.json').then((answer) => answer.json()), readLabFiles(folder, await lesson)]),
    words,
    app,
    storage,
    math,
    python: (/** @type {object} */ options) => createPython({ url: new URL('python/worker.js', document.baseURI), ...options }),
    trainer: (/** @type {any} */ options) => createTrainer({ worker: at('trainer/worker.js'), simd: at('trainer/simd.wasm'),
      scalar: at('trainer/scalar.wasm'), ...options }),
    asset: (source) => folder + source,
    onFailed: showFailure,
  });
  app.className = 'canvas';
  app.hidden = false;
  try {
    const json = await lesson;
    const { math: formulas = {} } = /** @type {any} */ (await pack);
    math.preload(formulas);
    bridge.play({ json, saved: read(stored + (idOf(json, name))), seed: crypto.getRandomValues(new Uint32Array(1))[0] });
  } catch (error) {
    bridge.missing(`${folder}lesson.json: ${/** @type {Error} */ (error).message}`);
  }
  still?.remove(); // its headings and links would be there twice
  Object.assign(window, { counterweight: { get ready() { return true; }, get frames() { return bridge.status.frames; },
    get log() { return bridge.log; }, nodes: () => bridge.semantics.nodes() } });
  page.dataset.ready = 'true';
  keepOffline();
}

start().catch((error) => showFailure(String(error?.stack ?? error)));
