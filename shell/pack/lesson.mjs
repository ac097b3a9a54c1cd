// Prepares one lesson for the site: everything in its folder is copied as it is, so that messages about its file name the
// author's own lines. Beside it are put pack.json, {"math": {TeX: MathML}}: the formulas ready to show; and labs.json,
// {name: text}: the text files that the lesson names, for when a lab is shown. What a lesson means is left to the native
// tool cwlesson, which knows the format.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import temml from 'temml';

/** @param {string} tool @param {string} command @param {string} file */
const cwlesson = (tool, command, file) => execFileSync(tool, [command, file], { encoding: 'utf8', maxBuffer: 1 << 26 });

// Style attributes would be refused by the page's Content-Security-Policy; what they set is cosmetic.
/** @param {string} tex */
function mathml(tex) {
    try {
        return temml.renderToString(tex, { throwOnError: true }).replace(/ style="[^"]*"/g, '');
    } catch (problem) {
        throw new Error(`formula ${tex}: ${/** @type {Error} */ (problem).message}`);
    }
}

/** The lesson's formulas and how to write them. @param {string} tool @param {string} file @returns {Record<string, string>} */
export function formulas(tool, file) {
    const list = cwlesson(tool, 'math', file).split('\n').filter(Boolean);
    return Object.fromEntries(list.map((tex) => [tex, mathml(tex)]));
}

/** The lesson's text as an HTML fragment, formulas set. @param {string} tool @param {string} file */
export function staticText(tool, file) {
    return cwlesson(tool, 'html', file).trim();
}

const textFile = /\.(py|json|txt|md|csv)$/;

/** Text files beside the lesson that it names with "source". @param {unknown} part @param {string} folder
 * @param {Record<string, string>} files */
function namedFiles(part, folder, files) {
    if (part === null || typeof part !== 'object') return;
    for (const [key, value] of Object.entries(part)) {
        if (key !== 'source' || typeof value !== 'string') namedFiles(value, folder, files);
        else if (textFile.test(value) && existsSync(path.join(folder, value))) files[value] = readFileSync(path.join(folder, value), 'utf8');
    }
}

/** Copies the lesson to `out` and adds pack.json and labs.json, unless the lesson cannot be read (the page says why, and plays what
 * is sound). Returns what is wrong, or ''.
 * @param {string} tool @param {string} folder @param {string} out */
export function packLesson(tool, folder, out) {
    mkdirSync(out, { recursive: true });
    cpSync(folder, out, { recursive: true });
    const source = path.join(folder, 'lesson.json');
    try {
        /** @type {Record<string, string>} */
        const files = {};
        namedFiles(JSON.parse(readFileSync(source, 'utf8')), folder, files);
        writeFileSync(path.join(out, 'pack.json'), JSON.stringify({ math: formulas(tool, source) }));
        writeFileSync(path.join(out, 'labs.json'), JSON.stringify(files));
    } catch (problem) {
        return String(/** @type {Error} */ (problem).message);
    }
    return '';
}
