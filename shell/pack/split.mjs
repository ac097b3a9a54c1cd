// Splits the engine in two, so that the lesson starts without its labs: a first module with everything that is needed
// at once, and a second one with the shell, its commands and the labs' drawing, which the page loads when a slide first
// shows a lab. The second uses the first's memory, functions and table (binaryen's wasm-split); until it is there,
// calling into it throws.
//
// The line runs along names: the functions named below, and whatever is reachable through them alone. Small functions
// are no border: the linker keeps one of several that are the same, under any of their names. The module must still have
// its function names (emcc --profiling-funcs). Their data goes with them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const features = ['--mvp-features', '--enable-mutable-globals', '--enable-sign-ext', '--enable-bulk-memory',
    '--enable-nontrapping-float-to-int'];
const borders = /^cw::(terminal::|app::reduce_labs\(|ui::draw_(lab|code|terminal|refusal_lab)\(|ui::.*LabView const&)/;
const borderWithin = /cw::terminal::|cw::app::reduce_labs\(|cw::ui::LabView/; // templates over what is beyond
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
            roots.push(...named.filter((each) => !borderWithin.test(plain(each))));
        } else if (line.includes('(call $')) {
            current.add(named[0]);
        }
    }
    const isBorder = (/** @type {string} */ label) => Number(sizes.get(label)) > smallLines && borders.test(plain(label));
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
 * The module's data by symbol, in order of address. @param {string[]} lines
 * @returns {{symbol: string, start: number, bytes: Buffer}[]}
 */
function dataOf(lines) {
    const found = [];
    for (const line of lines) {
        const data = /^ \(data \$("[^"]*"|\S+) \(i32\.const (\d+)\) "(.*)"\)$/.exec(line);
        if (!data) continue;
        const bytes = [];
        for (const [, hex, escape, letter] of data[3].matchAll(/\\([0-9a-f]{2})|\\(.)|([^\\])/g)) {
            if (hex) bytes.push(parseInt(hex, 16));
            else bytes.push(...Buffer.from(escape ? { t: '\t', n: '\n', r: '\r' }[escape] ?? escape : letter));
        }
        found.push({ symbol: data[1], start: Number(data[2]), bytes: Buffer.from(bytes) });
    }
    return found;
}

/**
 * The data that only the second module can come to: what neither a number in the first one's code nor a word of its data
 * may be the address of. An address may lie before what it is for, as in table[letter - 'a'].
 * @param {{symbol: string, start: number, bytes: Buffer}[]} data @param {Set<number>} numbers in the first module's code
 */
function secondData(data, numbers) {
    const isText = (/** @type {string} */ symbol) => symbol.includes('.L.str');
    // Long zeros inside of a symbol made pieces of it, called SYMBOL, SYMBOL.1, SYMBOL.2.
    const whole = (/** @type {string} */ symbol) => (isText(symbol) ? symbol : symbol.replace(/(\.\d+)+"?$/, ''));
    /** @type {Map<string, typeof data>} */
    const pieces = new Map();
    for (const one of data) pieces.set(whole(one.symbol), [...pieces.get(whole(one.symbol)) ?? [], one]);
    const first = new Set();
    const words = [...numbers];
    const starts = data.map((one) => one.start);
    while (words.length) {
        const word = /** @type {number} */ (words.pop());
        let low = 0;
        for (let high = starts.length; low < high;) {
            const middle = (low + high) >> 1;
            if (starts[middle] + data[middle].bytes.length + 8 < word) low = middle + 1;
            else high = middle;
        }
        for (; low < data.length && starts[low] <= word + (isText(data[low].symbol) ? 64 : 1024); ++low) {
            for (const one of pieces.get(whole(data[low].symbol)) ?? []) {
                if (first.has(one)) continue;
                first.add(one);
                for (let at = (4 - one.start % 4) % 4; at + 4 <= one.bytes.length; at += 4) words.push(one.bytes.readUInt32LE(at));
            }
        }
    }
    return data.filter((one) => !first.has(one));
}

/**
 * As lines of text. Small gaps are filled, but never where the other module has data: the second module's come when the
 * first one has long been running.
 * @param {{start: number, bytes: Buffer}[]} data @param {{start: number, bytes: Buffer}[]} others of the other module
 */
function dataLines(data, others) {
    /** @type {{start: number, parts: Buffer[], end: number}[]} */
    const joined = [];
    for (const { start, bytes } of data) {
        const last = joined[joined.length - 1];
        const isFree = last && !others.some((other) => other.start < start && other.start + other.bytes.length > last.end);
        if (last && isFree && start - last.end <= 16) {
            last.parts.push(Buffer.alloc(start - last.end), bytes);
            last.end = start + bytes.length;
        } else {
            joined.push({ start, parts: [bytes], end: start + bytes.length });
        }
    }
    return joined.map(({ start, parts }) =>
        ` (data (i32.const ${start}) "${Buffer.concat(parts).toString('hex').replace(/../g, '\\$&')}")`);
}

/** The numbers that the kept functions name. @param {string[]} lines @param {Set<string>} moved */
function numbersOf(lines, moved) {
    const numbers = new Set();
    let isKept = false;
    for (const line of lines) {
        if (line.startsWith(' (')) isKept = line.startsWith(' (func ') && !moved.has([...line.matchAll(name)][0][1]);
        if (!isKept) continue;
        for (const [, number] of line.matchAll(/(?:i32\.const |offset=)(\d+)/g)) numbers.add(Number(number));
    }
    return numbers;
}

/**
 * @param {string} from the whole module, with names, and with its data by symbol (wasm-ld --no-merge-data-segments)
 * @param {string} first where the first module goes; it imports what it may call of the second from "placeholder"
 * @param {string} second where the second goes; it imports from "primary"
 * @returns {{functions: number, bytes: number}} what went to the second
 */
export function splitModule(from, first, second) {
    const folder = mkdtempSync(path.join(tmpdir(), 'split-'));
    const at = (/** @type {string} */ file) => path.join(folder, file);
    const run = (/** @type {string} */ tool, /** @type {string[]} */ ...args) =>
        execFileSync(tool, [...features, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    const linesOf = (/** @type {string} */ file) => {
        run('wasm-dis', file, '-o', at('text.wat'));
        return readFileSync(at('text.wat'), 'utf8').split('\n');
    };
    try {
        const lines = linesOf(from);
        const moved = new Set(secondFunctions(lines));
        const data = dataOf(lines);
        const later = new Set(secondData(data, numbersOf(lines, moved)));

        // The first module exports what the second calls by its name: short ones, then.
        /** @type {Map<string, string>} */
        const short = new Map();
        for (const line of lines)
            if (line.startsWith(' (func ')) short.set([...line.matchAll(name)][0][1], `f${short.size.toString(36)}`);
        const renamed = lines.map((line) => (/^ \((func|export|elem|start) |\(call \$/.test(line)
            ? line.replace(name, (whole, label) => (short.has(label) ? `$${short.get(label)}` : whole)) : line));
        const isData = (/** @type {string} */ line) => line.startsWith(' (data ');
        const now = data.filter((one) => !later.has(one));
        const kept = dataLines(now, [...later]);
        const where = renamed.findIndex(isData);
        writeFileSync(at('short.wat'), [...renamed.slice(0, where), ...kept, ...renamed.slice(where).filter((line) => !isData(line))].join('\n'));
        run('wasm-as', '-g', at('short.wat'), '-o', at('short.wasm'));
        writeFileSync(at('moved.txt'), [...moved].map((label) => short.get(label)).join('\n'));
        run('wasm-split', at('short.wasm'), `--split-funcs=@${at('moved.txt')}`, '-g', '--import-namespace=primary',
            '--placeholder-namespace=placeholder', '-o1', first, '-o2', at('second.wasm'));

        const text = linesOf(at('second.wasm'));
        const start = text.findIndex((line) => line.startsWith(' (func '));
        writeFileSync(at('second.wat'), [...text.slice(0, start), ...dataLines([...later], now), ...text.slice(start)].join('\n'));
        run('wasm-as', '-g', at('second.wat'), '-o', second);
        return { functions: moved.size, bytes: [...later].reduce((sum, one) => sum + one.bytes.length, 0) };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
