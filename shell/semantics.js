// The DOM over the canvas: real elements made from the engine's semantic tree (src/ui/sem.hpp), always there. They own
// focus, text editing, selection and scrolling; what is done to them goes to the engine as inputs. In the reading view
// the same elements are the page. Nothing here knows a lesson.

import { editCode } from './code_keys.js';
import { Reader } from './wire.js';

// In the order of Role in src/ui/sem.hpp.
const ROLES = ['banner', 'navigation', 'main', 'contentinfo', 'group', 'figure', 'note', 'dialog', 'heading', 'paragraph',
  'list', 'ordered_list', 'list_item', 'button', 'link', 'radio_group', 'radio', 'checkbox', 'slider', 'text_area',
  'code_box', 'terminal_box', 'log', 'status', 'meter', 'progressbar', 'image', 'table', 'row', 'cell', 'column_header',
  'code_text'];
const REGIONS = { banner: 'header', navigation: 'nav', main: 'main', contentinfo: 'footer' };
const CONTAINERS = new Set(['group', 'figure', 'note', 'dialog', 'list', 'ordered_list', 'radio_group', 'table', 'row']);
const TAGS = { paragraph: 'p', status: 'p', list: 'ul', ordered_list: 'ol', list_item: 'li', button: 'button', link: 'a',
  image: 'img', code_text: 'pre' };
const ARIA_ROLES = { figure: 'figure', note: 'note', dialog: 'dialog', radio_group: 'radiogroup', log: 'log',
  status: 'status', meter: 'meter', progressbar: 'progressbar', table: 'table', row: 'row', cell: 'cell',
  column_header: 'columnheader' };
const FIELDS = { text_area: 'answer', code_box: 'code', terminal_box: 'terminal' };
const FLAG = { disabled: 1, checked: 2, expandable: 4, expanded: 8, current: 16, toggle: 32, pressed: 64, invalid: 128,
  focusable: 256, busy: 512, positive: 1024, keys: 2048, unseen: 4096, inert: 8192, keepsFocus: 16384 };
const ACTORS = ['', 'helpfulness', 'harmlessness', 'refusal', 'harmful'];
const STYLES = ['', 'strong', 'em', 'strong', 'code', 'math'];
const FACES = ['', 'bold', 'monospace'];

const flashEveryMs = 400; // fewer than three a second: WCAG 2.2, success criterion 2.3.1

/** @typedef {{text: string, style: string, actor: string, link: string}} Run */
/** @typedef {{id: number, parent: number, role: string, flags: number, rect: number[], path: string, name: string,
 *   value: string, description: string, source: string, number: number, least: number, most: number, step: number,
 *   level: number, caret: number, font: number, line: number, face: number, runs: Run[]}} Node */
/** @typedef {{node: Node, element: HTMLElement, field: any, holder: HTMLElement, followsEnd?: boolean}} Entry */

/** @param {number} id @param {number} parent @param {Uint8Array} bytes @returns {Node} */
function readNode(id, parent, bytes) {
  const r = new Reader(bytes);
  const node = {
    id, parent, role: ROLES[r.u8()], flags: r.u32(), rect: [r.f32(), r.f32(), r.f32(), r.f32()], path: r.text(),
    name: r.text(), value: r.text(), description: r.text(), source: r.text(), number: r.f32(), least: r.f32(),
    most: r.f32(), step: r.f32(), level: r.u8(), caret: r.i32(), font: r.f32(), line: r.f32(), face: r.u8(),
    runs: /** @type {Run[]} */ ([]),
  };
  for (let count = r.u32(); count > 0; --count) {
    node.runs.push({ text: r.text(), style: STYLES[r.u8()], actor: ACTORS[r.u8()], link: r.text() });
  }
  return node;
}

/**
 * @param {HTMLElement} root
 * @param {{activate: (id: number) => void, text: (id: number, text: string, caret: number) => void,
 *   number: (id: number, value: number) => void, key: (id: number, event: KeyboardEvent) => boolean,
 *   paste: (id: number, text: string) => void, typed: (id: number, text: string) => void,
 *   scroll: (id: number, x: number, y: number) => void, focus: (id: number) => void,
 *   mathml: (tex: string) => Element | null, asset: (source: string) => string}} to
 */
export function createSemantics(root, to) {
  /** @type {Map<number, Entry>} */
  const entries = new Map();
  /** @type {Map<string, number>} */
  const ids = new Map();
  let flashed = -Infinity; // when the last flash began

  /** @param {string} name @param {string} [className] @returns {HTMLElement} */
  const make = (name, className = '') => {
    const element = document.createElement(name);
    if (className) element.className = className;
    return element;
  };
  /** @param {Element} element @param {string} name @param {string | number | null} value */
  const attribute = (element, name, value) => {
    if (value === null || value === '') element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  };

  /** @param {Node} node @returns {Entry} */
  function create(node) {
    const { id, role } = node;
    if (role in REGIONS) {
      const element = make(REGIONS[/** @type {keyof REGIONS} */ (role)], 'region');
      const scrolls = role === 'main' || role === 'navigation';
      const holder = scrolls ? make('div', 'content') : element;
      if (scrolls) {
        element.classList.add('scrolls');
        element.append(holder);
        element.addEventListener('scroll', () => to.scroll(id, element.scrollLeft, element.scrollTop), { passive: true });
      }
      return { node, element, field: null, holder };
    }
    if (role === 'radio' || role === 'checkbox' || role === 'slider') return createControl(node);
    if (role in FIELDS) return createField(node);
    const tag = role === 'heading' ? `h${node.level || 2}` : TAGS[/** @type {keyof TAGS} */ (role)] ?? 'div';
    const element = make(tag, CONTAINERS.has(role) ? 'group' : `node ${role}`);
    if (role in ARIA_ROLES) element.setAttribute('role', ARIA_ROLES[/** @type {keyof ARIA_ROLES} */ (role)]);
    if (role === 'button') {
      /** @type {HTMLButtonElement} */ (element).type = 'button';
      element.addEventListener('click', () => to.activate(id));
      if (node.flags & FLAG.keepsFocus) element.addEventListener('mousedown', (event) => event.preventDefault());
    }
    const entry = { node, element, field: null, holder: element };
    if (role === 'log') listenToLog(entry);
    return entry;
  }

  /** A log scrolls natively, stays at its end until the learner scrolls up, and a tap on it means its text box.
   * @param {Entry} entry */
  function listenToLog(entry) {
    const { element, node: { id } } = entry;
    entry.followsEnd = true;
    element.setAttribute('aria-live', 'off'); // finished lines are announced instead
    element.addEventListener('click', () => { // where a finger points at a terminal, the keyboard opens
      const box = entries.get(ids.get(entry.node.source) ?? 0);
      if (box && String(getSelection()) === '') box.field.focus({ preventScroll: true });
    });
    element.addEventListener('copy', (event) => { // lines as they were printed, not as they were wrapped
      event.clipboardData?.setData('text/plain', String(getSelection()).replaceAll('\u200b\n', ''));
      event.preventDefault();
    });
    element.addEventListener('scroll', () => {
      entry.followsEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
      to.scroll(id, element.scrollLeft, element.scrollTop);
    }, { passive: true });
  }

  /** Typing shows the row that is typed in: the end of its log, and that on screen. @param {Entry} box */
  function showTyping(box) {
    for (const entry of entries.values()) {
      if (entry.node.role !== 'log' || entry.node.source !== box.node.path) continue;
      entry.followsEnd = true;
      entry.element.scrollTop = entry.element.scrollHeight;
    }
    box.field.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** @param {Node} node @returns {Entry} */
  function createControl(node) {
    const { id, role, parent } = node;
    const element = make('label', `node ${role}`);
    const field = /** @type {HTMLInputElement} */ (make('input'));
    field.type = role === 'slider' ? 'range' : role;
    if (role === 'radio') field.name = `group-${parent}`;
    const caption = make('span');
    if (role === 'slider') element.append(caption, field);
    else element.append(field, caption);
    if (role === 'slider') field.addEventListener('input', () => to.number(id, field.valueAsNumber));
    else {
      field.addEventListener('change', () => {
        const entry = entries.get(id);
        to.activate(id);
        // The engine decides what is chosen: show its word, not the browser's.
        if (entry) field.checked = (entry.node.flags & FLAG.checked) !== 0;
      });
    }
    return { node, element, field, holder: element };
  }

  /** @param {Node} node @returns {Entry} */
  function createField(node) {
    const { id, role } = node;
    const element = make('div', 'node field');
    const field = /** @type {HTMLTextAreaElement} */ (make('textarea', FIELDS[/** @type {keyof FIELDS} */ (role)]));
    element.append(field);
    const current = () => /** @type {Entry} */ (entries.get(id)).node;
    if (role !== 'text_area') {
      for (const [name, value] of Object.entries({ spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off',
        autocorrect: 'off', translate: 'no' })) field.setAttribute(name, value);
    }
    field.addEventListener('input', (event) => {
      if (role === 'terminal_box' && (current().flags & FLAG.keys)) {
        if (!(/** @type {InputEvent} */ (event)).isComposing) {
          const typed = field.value;
          field.value = ''; // before: the program may put a line there
          to.typed(id, typed);
        }
        return;
      }
      to.text(id, field.value, field.selectionStart ?? field.value.length);
      const entry = entries.get(id);
      if (role !== 'terminal_box' || !entry) return;
      writeField(entry, entry.node); // the shell may have made a key of it
      showTyping(entry);
    });
    if (role !== 'text_area') {
      // Tab works inside; Escape, then Tab leaves: nobody is trapped.
      let leaving = false;
      field.addEventListener('keydown', (event) => {
        const leaves = leaving && event.key === 'Tab';
        if (event.key !== 'Shift') leaving = event.key === 'Escape';
        if (leaves) return;
        if (role === 'code_box') editCode(field, event);
        else if (to.key(id, event)) showTyping(/** @type {Entry} */ (entries.get(id)));
      });
      field.addEventListener('scroll', () => to.scroll(id, field.scrollLeft, field.scrollTop), { passive: true });
    }
    if (role === 'terminal_box') {
      field.rows = 1;
      field.addEventListener('paste', (event) => {
        event.preventDefault();
        to.paste(id, event.clipboardData?.getData('text/plain') ?? '');
      });
    }
    return { node, element, field, holder: element };
  }

  /** @param {HTMLElement} element @param {Node} node */
  function writeRuns(element, node) {
    element.replaceChildren(...node.runs.map((run) => {
      /** @type {any} */
      let part = document.createTextNode(run.text);
      const wrap = (/** @type {HTMLElement} */ outer) => {
        outer.append(part);
        part = outer;
        return outer;
      };
      if (run.style === 'math') return to.mathml(run.text) ?? document.createTextNode(run.text);
      if (run.style) wrap(make(run.style));
      if (run.style === 'code') part.setAttribute('translate', 'no');
      if (run.actor) wrap(make('span', `actor ${run.actor}`));
      if (run.link) {
        const anchor = /** @type {HTMLAnchorElement} */ (wrap(make('a')));
        anchor.href = run.link;
        anchor.target = '_blank';
        anchor.rel = 'noopener noreferrer';
      }
      return part;
    }));
  }

  /** @param {Entry} entry @param {Node} before */
  function place(entry, before) {
    const { node, element } = entry;
    const style = element.style;
    if (node.role in REGIONS || !CONTAINERS.has(node.role)) {
      const [x, y, w, h] = node.rect;
      style.left = `${x}px`;
      style.top = `${y}px`;
      style.width = `${w}px`;
      style.height = `${h}px`;
    }
    if (node.role in REGIONS) element.inert = (node.flags & FLAG.inert) !== 0;
    if (node.role in REGIONS && entry.holder !== element) entry.holder.style.height = `${node.number}px`;
    if (node.font && (node.font !== before.font || node.line !== before.line || entry.field || !style.fontSize)) {
      style.fontSize = `${node.font}px`;
      style.lineHeight = `${node.line}px`;
    }
    for (const face of FACES) if (face) element.classList.toggle(face, FACES[node.face] === face);
    element.classList.toggle('unseen', (node.flags & FLAG.unseen) !== 0);
  }

  /** @param {Entry} entry @param {Node} before */
  function writeField(entry, before) {
    const { node, field } = entry;
    attribute(field, 'aria-label', node.name);
    attribute(field, 'aria-description', node.description);
    field.readOnly = (node.flags & FLAG.disabled) !== 0;
    // Only what the engine changed is written: what it heard from here is already here, caret and all.
    if (node.flags & FLAG.keys) { // what is typed goes to the program letter by letter, and nothing stays
      if (!(before.flags & FLAG.keys)) field.value = '';
    } else if (field.value !== node.value) {
      field.value = node.value;
      if (node.caret >= 0 && document.activeElement === field) field.setSelectionRange(node.caret, node.caret);
    } else if (node.caret >= 0 && field.selectionStart !== node.caret && document.activeElement === field) {
      field.setSelectionRange(node.caret, node.caret);
    }
  }

  /** @param {Entry} entry */
  function writeControl(entry) {
    const { node, element, field } = entry;
    const caption = /** @type {HTMLElement} */ (element.querySelector('span'));
    if (node.runs.length) writeRuns(caption, node);
    else if (caption.textContent !== node.name) caption.textContent = node.name;
    if (node.role === 'slider') {
      field.min = node.least;
      field.max = node.most;
      field.step = node.step;
      field.valueAsNumber = node.number;
      attribute(field, 'aria-valuetext', node.value);
    } else {
      field.checked = (node.flags & FLAG.checked) !== 0;
    }
    attribute(field, 'aria-description', node.description);
    field.disabled = (node.flags & FLAG.disabled) !== 0;
  }

  /** @param {Entry} entry @param {Node} before */
  function write(entry, before) {
    const { node, element } = entry;
    place(entry, before);
    element.dataset.node = node.path;
    if (node.role in FIELDS) return writeField(entry, before);
    if (entry.field) return writeControl(entry);
    const flag = (/** @type {number} */ bit) => (node.flags & bit) !== 0;
    const asText = node.role === 'button' || node.role === 'link';
    if (node.runs.length) writeRuns(element, node);
    else if (asText) {
      if (element.textContent !== node.name) element.textContent = node.name;
    } else if (node.role === 'log' || node.role === 'code_text') {
      if (element.textContent !== node.value) element.textContent = node.value;
      if (entry.followsEnd) element.scrollTop = element.scrollHeight;
    } else if (node.role === 'meter' || node.role === 'progressbar') {
      element.textContent = `${node.name}: ${node.value}`;
    } else if (node.role === 'status' || node.role === 'paragraph') {
      element.textContent = '';
    } else if (!CONTAINERS.has(node.role) && !(node.role in REGIONS) && node.role !== 'image') {
      element.textContent = node.name;
    }
    if (node.role === 'image') {
      attribute(element, 'alt', node.name);
      attribute(element, 'src', to.asset(node.source));
      return;
    }
    const named = node.role in REGIONS || ['figure', 'note', 'dialog', 'radio_group', 'log', 'meter', 'progressbar',
      'table'].includes(node.role);
    if (named) attribute(element, 'aria-label', node.name);
    if (node.role === 'group' && node.name) { // a group without a name is none for those who cannot see it
      attribute(element, 'role', 'group');
      attribute(element, 'aria-label', node.name);
    }
    if (node.role === 'meter' || node.role === 'progressbar') {
      attribute(element, 'aria-valuemin', node.least);
      attribute(element, 'aria-valuemax', node.most);
      attribute(element, 'aria-valuenow', node.number);
      attribute(element, 'aria-valuetext', node.value);
    }
    if (node.role === 'log') element.tabIndex = 0;
    attribute(element, 'aria-description', node.description);
    attribute(element, 'aria-expanded', flag(FLAG.expandable) ? String(flag(FLAG.expanded)) : null);
    attribute(element, 'aria-pressed', flag(FLAG.toggle) ? String(flag(FLAG.pressed)) : null);
    attribute(element, 'aria-current', flag(FLAG.current) ? 'step' : null);
    attribute(element, 'aria-busy', flag(FLAG.busy) ? 'true' : null);
    if (node.role === 'button') /** @type {HTMLButtonElement} */ (element).disabled = flag(FLAG.disabled);
    if (flag(FLAG.focusable)) element.tabIndex = -1;
  }

  /** Puts children in order, moving only those out of place, and never the one that has the focus.
   * @param {HTMLElement} holder @param {HTMLElement[]} children */
  function order(holder, children) {
    const focused = document.activeElement;
    const pivot = children.findIndex((child) => child.contains(focused));
    const before = pivot < 0 ? children : children.slice(0, pivot);
    let next = pivot < 0 ? null : /** @type {ChildNode} */ (children[pivot]);
    for (let i = before.length - 1; i >= 0; --i) {
      if (before[i].nextSibling !== next || before[i].parentNode !== holder) holder.insertBefore(before[i], next);
      next = before[i];
    }
    if (pivot < 0) return;
    let last = children[pivot];
    for (const child of children.slice(pivot + 1)) {
      if (last.nextSibling !== child) holder.insertBefore(child, last.nextSibling);
      last = child;
    }
  }

  root.addEventListener('focusin', (event) => {
    const holder = /** @type {HTMLElement} */ (event.target).closest('[data-node]');
    to.focus(holder ? ids.get(/** @type {HTMLElement} */ (holder).dataset.node ?? '') ?? 0 : 0);
  });
  root.addEventListener('focusout', () => to.focus(0));

  return {
    /** @param {Uint8Array} bytes */
    update(bytes) {
      const r = new Reader(bytes);
      while (r.more()) {
        const operation = r.u8();
        if (operation === 1) {
          const id = r.u32();
          const entry = entries.get(id);
          if (!entry) continue;
          entry.element.remove();
          entries.delete(id);
          if (ids.get(entry.node.path) === id) ids.delete(entry.node.path);
        } else if (operation === 2) {
          const id = r.u32();
          const node = readNode(id, r.u32(), r.raw());
          let entry = entries.get(id);
          if (entry && (entry.node.role !== node.role || entry.node.level !== node.level)) {
            entry.element.remove();
            entry = undefined;
          }
          const before = entry?.node ?? node;
          if (!entry) {
            entry = create(node);
            entries.set(id, entry);
            ids.set(node.path, id);
          }
          entry.node = node;
          write(entry, before);
        } else {
          const parent = entries.get(r.u32());
          const children = [];
          for (let count = r.u32(); count > 0; --count) {
            const entry = entries.get(r.u32());
            if (entry) children.push(entry.element);
          }
          order(parent ? parent.holder : root, children);
        }
      }
    },

    /** @param {string} path */
    id: (path) => ids.get(path) ?? 0,

    /** @param {string} path */
    focus(path) {
      const entry = entries.get(ids.get(path) ?? 0);
      (entry?.field ?? entry?.element)?.focus({ preventScroll: true });
    },

    /** Lights a node up for a moment, over whatever the canvas shows there. @param {string} path */
    flash(path) {
      const now = performance.now();
      if (now - flashed < flashEveryMs) return;
      flashed = now;
      const lit = 'color-mix(in srgb, var(--ink) 30%, transparent)'; // seen on a light ground and on a dark one
      entries.get(ids.get(path) ?? 0)?.element.animate(
        { backgroundColor: [lit, lit, 'transparent'] }, { duration: 160 });
    },

    /** How far the main region is scrolled. */
    scrolled: () => entries.get(ids.get('main') ?? 0)?.element.scrollTop ?? 0,

    scrollToTop() {
      const entry = entries.get(ids.get('main') ?? 0);
      if (entry) entry.element.scrollTop = 0;
    },

    /** Writes formulas again, when their MathML has come. */
    refreshMath() {
      for (const entry of entries.values()) {
        if (entry.node.runs.some((run) => run.style === 'math')) write(entry, entry.node);
      }
    },

    nodes: () => [...entries.values()].map((entry) => entry.node),
  };
}
