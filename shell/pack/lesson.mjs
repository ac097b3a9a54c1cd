// Prepares one lesson for the site: its file minified, with the MathML of every formula added as "math": {tex: mathml},
// and the files beside it copied. The lesson's meaning is left to the native tool cwlesson, which knows the format.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Writes the lesson and what lies beside it to `out`. A file that cannot be read as JSON is copied as it is: the page
 * explains what is wrong with it.
 * @param {string} tool @param {string} folder @param {string} out */
export function packLesson(tool, folder, out) {
    mkdirSync(out, { recursive: true });
    cpSync(folder, out, { recursive: true });
    const source = path.join(folder, 'lesson.json');
    let lesson;
    try {
        lesson = JSON.parse(readFileSync(source, 'utf8'));
    } catch {
        return;
    }
    delete lesson.$schema;
    lesson.math = formulas(tool, source);
    writeFileSync(path.join(out, 'lesson.json'), JSON.stringify(lesson));
}
