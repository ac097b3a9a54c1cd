// Files that the learner keeps: made in memory, handed to the browser as a download. Nothing leaves the machine.

/** @param {string} name @param {Blob} blob */
function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string} name @param {string} type @param {string} text */
export function downloadText(name, type, text) {
  const mark = type === 'text/csv' ? '\ufeff' : ''; // spreadsheets take UTF-8 for something else without it
  download(name, new Blob([mark, text], { type: `${type};charset=utf-8` }));
}

/** A part of a canvas that was drawn in this very task, as PNG. `rect` is in CSS pixels, `density` device pixels in one.
 * @param {string} name @param {HTMLCanvasElement} canvas @param {number} density
 * @param {{x: number, y: number, w: number, h: number}} rect */
export function downloadPicture(name, canvas, density, rect) {
  const copy = document.createElement('canvas');
  copy.width = Math.max(1, Math.round(rect.w * density));
  copy.height = Math.max(1, Math.round(rect.h * density));
  copy.getContext('2d')?.drawImage(canvas, -Math.round(rect.x * density), -Math.round(rect.y * density));
  copy.toBlob((blob) => { if (blob) download(name, blob); }, 'image/png');
}
