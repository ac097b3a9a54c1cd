// Splits the engine in two, so that the lesson starts without its labs: a first module with everything that is needed
// at once, and a second one with the shell, its commands and the labs' drawing, which the page loads when a slide first
// shows a lab. The second uses the first's memory, functions and table (binaryen's wasm-split); until it is there,
// calling into it throws.
//
// The line runs along names: the functions named below, and whatever is reachable through them alone. Small functions
// are no border: the linker keeps one of several that are the same, under any of their names. The module must still have
// its function names (emcc --profiling-funcs).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const features = ['--mvp-features', '--enable-mutable-globals', '--enable-sign-ext', '--enable-bulk-memory',
    '--enable-nontrapping-float-to-int'];
const borders = ['cw::terminal::', 'cw::ui::draw_refusal_lab(', 'cw::ui::draw_lab('];
const smallLines = 60; // of text
const name = /\$("[^"]*"|[^\s()]+)/g;

/** As in the source: binaryen writes `\28` for `(`. @param {string} label */
const plain = (label) => label.replaceAll('"', '').replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/**
 * What cannot be reached without crossing a border.
 * @param {string[]} lines the module as text
 */
function secondFunctions(lines) {
    /** @type {Map<string, Set<string>>} */
    const calls = new Map();
    /** @type {Map<string, number>} */
    const sizes = new Map();
    /** @type {string[]} */
    const roots = []; // called from JavaScript, or through the table
    let current = new Set();
    let inside = '';
    for (const line of lines) {
        sizes.set(inside, (sizes.get(inside) ?? 0) + 1);
        const named = [...line.matchAll(name)].map((match) => match[1]);
        if (line.startsWith(' (func ')) {
            inside = named[0];
            current = new Set();
            calls.set(inside, current);
        } else if (/^ \((export|start) /.test(line)) {
            roots.push(...named);
        } else if (line.startsWith(' (elem ')) {
            roots.push(...named.filter((each) => !plain(each).includes(borders[0])));
        } else if (line.includes('(call $')) {
            current.add(named[0]);
        }
    }
    const isBorder = (/** @type {string} */ label) => Number(sizes.get(label)) > smallLines &&
        borders.some((border) => plain(label).startsWith(border));
    const first = new Set();
    while (roots.length) {
        const label = /** @type {string} */ (roots.pop());
        if (first.has(label) || isBorder(label)) continue;
        first.add(label);
        roots.push(...calls.get(label) ?? []);
    }
    return [...calls.keys()].filter((label) => !first.has(label));
}

/**
 * @param {string} from the whole module, with names
 * @param {string} first where the first module goes; it imports what it may call of the second from "placeholder"
 * @param {string} second where the second goes; it imports from "primary"
 * @returns the number of functions in the second
 */
export function splitModule(from, first, second) {
    const folder = mkdtempSync(path.join(tmpdir(), 'split-'));
    const at = (/** @type {string} */ file) => path.join(folder, file);
    try {
        execFileSync('wasm-dis', [...features, from, '-o', at('long.wat')]);
        const text = readFileSync(at('long.wat'), 'utf8');
        const moved = secondFunctions(text.split('\n'));
        // The first module exports what the second calls by its name: short ones, then.
        /** @type {Map<string, string>} */
        const short = new Map();
        for (const line of text.split('\n'))
            if (line.startsWith(' (func ')) short.set([...line.matchAll(name)][0][1], `f${short.size.toString(36)}`);
        const renamed = text.split('\n').map((line) => (/^ \((func|export|elem|start) |\(call \$/.test(line)
            ? line.replace(name, (whole, label) => (short.has(label) ? `$${short.get(label)}` : whole)) : line)).join('\n');
        writeFileSync(at('short.wat'), renamed);
        execFileSync('wasm-as', [...features, '-g', at('short.wat'), '-o', at('short.wasm')]);
        writeFileSync(at('moved.txt'), moved.map((label) => short.get(label)).join('\n'));
        execFileSync('wasm-split', [...features, at('short.wasm'), `--split-funcs=@${at('moved.txt')}`, '-g',
            '--import-namespace=primary', '--placeholder-namespace=placeholder', '-o1', first, '-o2', second],
        { stdio: ['ignore', 'ignore', 'inherit'] });
        return moved.length;
    } finally {
        rmSync(folder, { recursive: true });
    }
}
