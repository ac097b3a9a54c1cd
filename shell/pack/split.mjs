// Splits the engine, so that the lesson starts without its labs: a first module with everything that is needed at once,
// and later ones that the page loads when a slide first shows what they are for. A later module uses the memory, the
// table and the functions of those before it (binaryen's wasm-split); until it is there, calling into it throws.
//
// The line runs along names: the functions named below, and whatever is reachable through them alone. Small functions
// are no border: the linker keeps one of several that are the same, under any of their names. The module must still have
// its function names (emcc --profiling-funcs). Their data goes with them.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const features = ['--mvp-features', '--enable-mutable-globals', '--enable-sign-ext', '--enable-bulk-memory',
    '--enable-nontrapping-float-to-int'];

/**
 * The later modules, in the order in which they are loaded.
 * @type {{name: string, borders: RegExp, within: RegExp}[]} `within`: templates over what is beyond the borders
 */
export const laterModules = [
    { // app::Module::labs
        name: 'labs.wasm',
        borders: /^cw::(app::reduce_labs\(|ui::draw_(refusal_lab|bars_table)\(|ui::.*LabView const&)/,
        within: /cw::app::reduce_labs\(|cw::ui::LabView/,
    },
    { // app::Module::terminals
        name: 'terminals.wasm',
        borders: /^cw::(terminal::|app::reduce_terminals\(|ui::draw_(lab|code|terminal)\()/,
        within: /cw::terminal::|cw::app::reduce_terminals\(/,
    },
    { // app::Module::commands
        name: 'commands.wasm',
        borders: /^cw::terminal::commands::command_(named|table)\(/,
        within: /cw::terminal::commands::/,
    },
];
const smallLines = 60; // of text
const name = /\$("[^"]*"|[^\s()]+)/g;

/** As in the source: binaryen writes `\28` for `(`. @param {string} label */
const plain = (label) => label.replaceAll('"', '').replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/**
 * Who calls whom. @param {string[]} lines the module as text
 * @returns {{calls: Map<string, Set<string>>, sizes: Map<string, number>, roots: string[], table: string[]}} `roots` are
 * called from JavaScript, those in the table through pointers; sizes in lines
 */
function callGraph(lines) {
    const graph = { calls: new Map(), sizes: new Map(), roots: /** @type {string[]} */ ([]), table: /** @type {string[]} */ ([]) };
    let current = new Set();
    let inside = '';
    for (const line of lines) {
        graph.sizes.set(inside, (graph.sizes.get(inside) ?? 0) + 1);
        const named = [...line.matchAll(name)].map((match) => match[1]);
        if (line.startsWith(' (func ')) {
            inside = named[0];
            current = new Set();
            graph.calls.set(inside, current);
        } else if (/^ \((export|start) /.test(line)) {
            graph.roots.push(...named);
        } else if (line.startsWith(' (elem ')) {
            graph.table.push(...named);
        } else if (line.includes('(call $')) {
            current.add(named[0]);
        }
    }
    return graph;
}

/**
 * What cannot be reached without crossing a border of `modules`.
 * @param {ReturnType<typeof callGraph>} graph @param {typeof laterModules} modules
 */
function beyond(graph, modules) {
    const isBorder = (/** @type {string} */ label) => Number(graph.sizes.get(label)) > smallLines &&
        modules.some(({ borders }) => borders.test(plain(label)));
    const isWithin = (/** @type {string} */ label) => modules.some(({ within }) => within.test(plain(label)));
    const waiting = [...graph.roots, ...graph.table.filter((label) => !isWithin(label))];
    const reached = new Set();
    while (waiting.length) {
        const label = /** @type {string} */ (waiting.pop());
        if (reached.has(label) || isBorder(label)) continue;
        reached.add(label);
        waiting.push(...graph.calls.get(label) ?? []);
    }
    return new Set([...graph.calls.keys()].filter((label) => !reached.has(label)));
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

/** The aligned words of data, some of whose zeros at either end were left out. @param {{start: number, bytes: Buffer}} data */
function wordsOf({ start, bytes }) {
    const before = start % 4;
    const padded = Buffer.alloc(Math.ceil((before + bytes.length) / 4) * 4);
    bytes.copy(padded, before);
    return Array.from({ length: padded.length / 4 }, (_, i) => padded.readUInt32LE(i * 4));
}

/**
 * The data that some code cannot come to: what neither a number in it nor a word of the data that it does come to may be
 * the address of. An address in code may lie before what it is for, as in table[letter - 'a'] (but no page of text is
 * such a table, and those of the shell and its commands are theirs alone); one in data may not. Where an address meets
 * no data, zeros were left out: of what ends before it, or of what begins behind.
 * @param {{symbol: string, start: number, bytes: Buffer}[]} data by address @param {Set<number>} numbers in the code
 */
function unreachedData(data, numbers) {
    const isText = (/** @type {string} */ symbol) => symbol.includes('.L.str');
    // Long zeros inside of a symbol made pieces of it, one after the other, called SYMBOL, SYMBOL.1, SYMBOL.2.
    const whole = (/** @type {string} */ symbol) => (isText(symbol) ? symbol : symbol.replace(/(\.\d+)+"?$/, ''));
    /** @type {(typeof data)[]} */
    const pieces = []; // by index
    data.forEach((one, i) => {
        const isNext = i > 0 && whole(data[i - 1].symbol) === whole(one.symbol);
        pieces.push(isNext ? pieces[i - 1] : []);
        pieces[i].push(one);
    });
    const end = (/** @type {number} */ index) => data[index].start + data[index].bytes.length;
    /** The first that ends behind an address. @param {number} address */
    const firstEndingAfter = (address) => {
        let low = 0;
        for (let high = data.length; low < high;) {
            const middle = (low + high) >> 1;
            if (end(middle) <= address) low = middle + 1;
            else high = middle;
        }
        return low;
    };
    const reached = new Set();
    /** @type {number[]} */
    const waiting = []; // words of the data that is reached
    const reach = (/** @type {number} */ index) => {
        for (const one of pieces[index]) {
            if (reached.has(one)) continue;
            reached.add(one);
            if (!isText(one.symbol)) waiting.push(...wordsOf(one));
        }
    };
    const isNoTable = (/** @type {typeof data[0]} */ { symbol, bytes }) =>
        (isText(symbol) ? bytes.length > 128 : symbol.includes('_ZN2cw8terminal'));
    for (const number of numbers)
        for (let i = firstEndingAfter(number - 8); i < data.length && data[i].start <= number + (isText(data[i].symbol) ? 64 : 1024); ++i)
            if (data[i].start <= number || !isNoTable(data[i])) reach(i);
    while (waiting.length) {
        const word = /** @type {number} */ (waiting.pop());
        const at = firstEndingAfter(word);
        if (at === data.length || (at === 0 && word < data[0].start)) continue; // no address
        reach(at);
        if (data[at].start > word) reach(at - 1);
    }
    return data.filter((one) => !reached.has(one));
}

/**
 * As lines of text. Small gaps are filled, but never where another module has data: a later module's come when the first
 * one has long been running.
 * @param {{start: number, bytes: Buffer}[]} data @param {{start: number, bytes: Buffer}[]} others of the other modules
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

/** The numbers that the functions not in `moved` name. @param {string[]} lines @param {Set<string>} moved */
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

/** @param {string[]} lines of a module @param {string[]} more put before the first line that starts with `where` @param {string} where */
function inserted(lines, more, where) {
    const at = lines.findIndex((line) => line.startsWith(where));
    return [...lines.slice(0, at), ...more, ...lines.slice(at)];
}

/** The table may have grown by the time it is lent: cutting off another module adds to it. @param {string} line */
const withoutTableLimit = (line) => line.replace(/^( \(import .* \(table .*?\d+) \d+ funcref/, '$1 funcref');

/** Functions that a module gets from the ones before it. @param {string[]} lines */
const importsOf = (lines) => new Set(lines.flatMap((line) => /^ \(import "primary" "([^"]+)" \(func /.exec(line)?.[1] ?? []));

/**
 * @param {string} from the whole module, with names, and with its data by symbol (wasm-ld --no-merge-data-segments)
 * @param {string} folder where the modules go: the first one under the name of `from`; it imports from "placeholder" what
 * it may call of the later ones, which import from "primary" what those before them export
 * @returns {{later: {file: string, functions: number, bytes: number}[], names: (text: string) => boolean}} what went to
 * each later module: functions, bytes of data; whether the first one's code names a text
 */
export function splitModule(from, folder) {
    const scratch = mkdtempSync(path.join(tmpdir(), 'split-'));
    const at = (/** @type {string} */ file) => path.join(scratch, file);
    const run = (/** @type {string} */ tool, /** @type {string[]} */ ...args) =>
        execFileSync(tool, [...features, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    const linesOf = (/** @type {string} */ file) => {
        run('wasm-dis', file, '-o', at('text.wat'));
        return readFileSync(at('text.wat'), 'utf8').split('\n');
    };
    const assemble = (/** @type {string[]} */ lines, /** @type {string} */ file) => {
        writeFileSync(at('text.wat'), lines.join('\n'));
        run('wasm-as', '-g', at('text.wat'), '-o', file);
    };
    try {
        const whole = linesOf(from);
        const graph = callGraph(whole);
        const data = dataOf(whole);
        // By module, the first one first: what is not in it or before it.
        const after = laterModules.map((_, k) => beyond(graph, laterModules.slice(k)));
        const numbers = after.map((moved) => numbersOf(whole, moved));
        const dataAfter = numbers.map((named) => new Set(unreachedData(data, named)));
        const dataIn = [new Set(data), ...dataAfter].map((here, k) => [...here].filter((one) => !dataAfter[k]?.has(one)));
        const linesIn = dataIn.map((here) => dataLines(here, data.filter((one) => !here.includes(one))));

        // A module exports what a later one calls by its name: short ones, then.
        /** @type {Map<string, string>} */
        const short = new Map();
        for (const line of whole)
            if (line.startsWith(' (func ')) short.set([...line.matchAll(name)][0][1], `f${short.size.toString(36)}`);
        const renamed = whole.map((line) => (/^ \((func|export|elem|start) |\(call \$/.test(line)
            ? line.replace(name, (each, label) => (short.has(label) ? `$${short.get(label)}` : each)) : line));
        assemble(inserted(renamed.filter((line) => !line.startsWith(' (data ')), linesIn[0], ' (func '), at('first.wasm'));

        // The last one is cut off first. What it needs of the one before, that one exports: the first one's own exports
        // of that would be a call through the table.
        const needed = new Set();
        const ownLater = new Set();
        for (let k = laterModules.length; k-- > 0;) {
            const moved = [...after[k]].filter((label) => !after[k + 1]?.has(label));
            writeFileSync(at('moved.txt'), moved.map((label) => short.get(label)).join('\n'));
            run('wasm-split', at('first.wasm'), `--split-funcs=@${at('moved.txt')}`, '-g', '--import-namespace=primary',
                '--placeholder-namespace=placeholder', '-o1', at('rest.wasm'), '-o2', at('later.wasm'));
            copyFileSync(at('rest.wasm'), at('first.wasm'));
            const lines = linesOf(at('later.wasm')).map(withoutTableLimit);
            const own = new Set(lines.flatMap((line) => /^ \(func \$(f[0-9a-z]+)/.exec(line)?.[1] ?? []));
            const exported = [...needed].filter((label) => own.has(label)).map((label) => ` (export "${label}" (func $${label}))`);
            for (const label of importsOf(lines)) needed.add(label);
            assemble(inserted(lines, [...linesIn[k + 1], ...exported], ' (func '), path.join(folder, laterModules[k].name));
            for (const label of own) ownLater.add(label);
        }
        const first = linesOf(at('first.wasm'));
        const isLent = (/** @type {string} */ line) => ownLater.has(/^ \(export "(f[0-9a-z]+)" /.exec(line)?.[1] ?? '');
        assemble(first.filter((line) => !isLent(line)), path.join(folder, path.basename(from)));
        const later = laterModules.map(({ name: file }, k) => ({ file,
            functions: after[k].size - (after[k + 1]?.size ?? 0),
            bytes: dataIn[k + 1].reduce((sum, one) => sum + one.bytes.length, 0) }));
        const names = (/** @type {string} */ text) => data.some(({ start, bytes }) => {
            const found = bytes.indexOf(`${text}\0`);
            return found >= 0 && numbers[0].has(start + found);
        });
        return { later, names };
    } finally {
        rmSync(scratch, { recursive: true });
    }
}
