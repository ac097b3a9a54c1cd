// Keys of the code editor, on top of the browser's own editing: Tab and Shift-Tab indent, Enter keeps the indentation
// (one step more after a colon), Ctrl-/ comments. Every change goes through the browser's editing command, so that its
// undo knows it.

const STEP = 4;

/** Replaces [from, to) as one undoable edit. @param {HTMLTextAreaElement} field */
function replace(field, /** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ text) {
  field.setSelectionRange(from, to);
  const done = text ? document.execCommand('insertText', false, text) : document.execCommand('delete');
  if (!done) { // an engine without the command: no undo, but the edit
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Changes each line that the selection touches. @param {HTMLTextAreaElement} field @param {(line: string) => string} change */
function changeLines(field, change) {
  const { value, selectionStart, selectionEnd } = field;
  const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === '\n' ? selectionEnd - 1 : selectionEnd;
  const end = value.indexOf('\n', last);
  const to = end < 0 ? value.length : end;
  const before = value.slice(from, to);
  const after = before.split('\n').map(change).join('\n');
  if (after === before) return;
  replace(field, from, to, after);
  if (selectionStart === selectionEnd) {
    const caret = Math.max(from, selectionStart + after.length - before.length);
    field.setSelectionRange(caret, caret);
  } else {
    field.setSelectionRange(from, from + after.length);
  }
}

/** @param {HTMLTextAreaElement} field @param {KeyboardEvent} event */
export function editCode(field, event) {
  if (event.isComposing || field.readOnly || event.altKey || event.metaKey) return;
  const { value, selectionStart, selectionEnd } = field;
  const lineStart = value.lastIndexOf('\n', selectionStart - 1) + 1;
  if (event.key === 'Tab' && !event.ctrlKey) {
    event.preventDefault();
    if (event.shiftKey) changeLines(field, (line) => line.replace(/^( {1,4}|\t)/, ''));
    else if (value.slice(selectionStart, selectionEnd).includes('\n')) {
      changeLines(field, (line) => (line ? ' '.repeat(STEP) + line : line));
    } else {
      replace(field, selectionStart, selectionEnd, ' '.repeat(STEP - ((selectionStart - lineStart) % STEP)));
    }
  } else if (event.key === 'Enter' && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    const line = value.slice(lineStart, selectionStart);
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    replace(field, selectionStart, selectionEnd, `\n${indent}${/:\s*(#.*)?$/.test(line) ? ' '.repeat(STEP) : ''}`);
  } else if (event.key === '/' && event.ctrlKey) {
    event.preventDefault();
    const selected = value.slice(lineStart, selectionEnd).split('\n');
    const all = selected.every((line) => !line.trim() || line.trimStart().startsWith('#'));
    changeLines(field, (line) => (!line.trim() ? line : all ? line.replace(/# ?/, '') : line.replace(/^(\s*)/, '$1# ')));
  }
}
