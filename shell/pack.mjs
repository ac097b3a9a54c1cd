// Puts the static site together: engine, shell, lessons, Python, notices and the service worker's list of files, then
// compresses everything beforehand. What comes out works from any folder of any static host.
//
//   node shell/pack.mjs [--web build/web] [--out build/site] [--cwlesson build/tools/bin/cwlesson]
//
// index.html of the shell needs: <html data-lesson="NAME"> (the default lesson), <title>, </head>, and
// <main id="static"></main>, which receives the lesson's text for browsers without scripts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { compressSite, filesBelow } from './pack/compress.mjs';
import { formulas, packLesson, staticText } from './pack/lesson.mjs';
import { notices } from './pack/notices.mjs';
import { packPython } from './pack/python.mjs';
import { laterModules, splitModule } from './pack/split.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const shell = path.join(root, 'shell');
const { values } = parseArgs({
    options: {
        web: { type: 'string', default: path.join(root, 'build/web') },
        out: { type: 'string', default: path.join(root, 'build/site') },
        cwlesson: { type: 'string', default: path.join(root, 'build/tools/bin/cwlesson') },
    },
});
const out = path.resolve(/** @type {string} */ (values.out));
const web = path.resolve(/** @type {string} */ (values.web));
const tool = path.resolve(/** @type {string} */ (values.cwlesson));
const cpython = path.join(root, 'build/downloads/cpython');
const cache = path.join(root, 'build/downloads/packed');
const lessons = path.join(root, 'assets/lessons');

const hashOf = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');
const say = (/** @type {string} */ line) => console.log(`pack: ${line}`);

// A current wasm-opt makes the module of an older emcc about 2 % smaller.
/** @param {string} from @param {string} to @param {string[]} [how] */
function optimise(from, to, how = ['-Oz']) {
    mkdirSync(cache, { recursive: true });
    const kept = path.join(cache, `${hashOf(Buffer.concat([readFileSync(from), Buffer.from(how.join())]))}.wasm`);
    if (!existsSync(kept)) {
        say('wasm-opt');
        const features = ['--mvp-features', '--enable-mutable-globals', '--enable-sign-ext', '--enable-bulk-memory',
            '--enable-nontrapping-float-to-int'];
        const passes = [...how, '--low-memory-unused', '--strip-debug', '--strip-producers', '--strip-target-features'];
        const run = spawnSync(process.execPath, [path.join(shell, 'node_modules/binaryen/bin/wasm-opt'), from, '-o', `${kept}.part`,
            ...features, ...passes], { encoding: 'utf8' });
        if (run.status !== 0) throw new Error(`wasm-opt failed: ${run.stderr}`);
        renameSync(`${kept}.part`, kept);
    }
    copyFileSync(kept, to);
}

/** Bundles one entry of the shell. @param {string} entry @param {string} to @param {Partial<import('esbuild').BuildOptions>} more */
const bundle = (entry, to, more) => build({
    entryPoints: [path.join(shell, entry)],
    outfile: path.join(out, to),
    bundle: true,
    minify: true,
    target: 'es2021',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: root,
    ...more,
});

// The words of the labs come with their code: the first module may need none of them.
/** @param {(key: string) => boolean} isEarly */
function packWords(isEarly) {
    const file = path.join(root, 'assets/i18n/en.labs.json');
    const early = Object.keys(JSON.parse(readFileSync(file, 'utf8'))).filter(isEarly);
    if (early.length) throw new Error(`words of en.labs.json that the start needs, for en.json: ${early.join(', ')}`);
    copyFileSync(file, path.join(out, 'labs.words.json'));
}

async function packShell() {
    const split = path.join(web, 'split');
    mkdirSync(split, { recursive: true });
    const { later, names } = splitModule(path.join(web, 'counterweight.wasm'), split);
    for (const { file, functions, bytes } of later)
        say(`${file}: ${functions} functions and ${bytes} bytes of data`);
    for (const file of ['counterweight.wasm', ...laterModules.map(({ name }) => name)])
        optimise(path.join(split, file), path.join(out, file));
    packWords(names);
    await bundle('boot.js', 'app.js', { format: 'esm', alias: { engine: path.join(web, 'counterweight.js') } });
    await bundle('style.css', 'style.css', {});
    await bundle('node_modules/temml/dist/temml.mjs', 'temml.js', { format: 'esm' }); // for lessons that were not packed
    // The refusal lab's model: loaded when the lab is first shown.
    mkdirSync(path.join(out, 'trainer'));
    optimise(path.join(web, 'trainer/simd.wasm'), path.join(out, 'trainer/simd.wasm'), ['-O2', '--enable-simd']);
    optimise(path.join(web, 'trainer/scalar.wasm'), path.join(out, 'trainer/scalar.wasm'), ['-O2']);
    await bundle('train_worker.js', 'trainer/worker.js', { format: 'iife' });
    await bundle('python_worker.js', 'python/worker.js', {
        format: 'iife',
        alias: { cpython: path.join(cpython, 'python.cjs') },
        external: ['node:*', 'ws'], // only used outside browsers
        logOverride: { 'commonjs-variable-in-esm': 'silent' },
    });
}

/** @param {string} page */
function defaultLesson(page) {
    const name = /<html[^>]* data-lesson="([^"]+)"/.exec(page)?.[1];
    if (!name) throw new Error('shell/index.html names no default lesson');
    return name;
}

const escaped = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const unescaped = (/** @type {string} */ html) =>
    html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Replaces `find`, which must be there. @param {string} page @param {string | RegExp} find @param {string} by */
function put(page, find, by) {
    const result = page.replace(find, () => by);
    if (result === page) throw new Error(`shell/index.html has no ${find}`);
    return result;
}

function packPage() {
    const page = readFileSync(path.join(shell, 'index.html'), 'utf8');
    const name = defaultLesson(page);
    const file = path.join(lessons, name, 'lesson.json');
    const lesson = JSON.parse(readFileSync(file, 'utf8'));
    const preload = [
        '<link rel="modulepreload" href="app.js">',
        '<link rel="preload" href="counterweight.wasm" as="fetch" type="application/wasm" crossorigin>',
        ...['lesson.json', 'pack.json'].map((file) =>
            `<link rel="preload" href="assets/lessons/${name}/${file}" as="fetch" type="application/json" crossorigin>`),
    ].join('');
    const math = formulas(tool, file);
    const text = staticText(tool, file).replace(/<span class="math">(.*?)<\/span>/gs, (_, tex) => {
        const mathml = math[unescaped(tex)];
        if (!mathml) throw new Error(`cwlesson html has a formula that cwlesson math has not: ${tex}`);
        return mathml;
    }).replaceAll('<img ', '<img loading="lazy" '); // no request for a picture that the started lesson shows itself
    let packed = put(page, '</head>', `${preload}</head>`);
    packed = put(packed, /<title>[^<]*<\/title>/, `<title>${escaped(lesson.title)}</title>`);
    packed = put(packed, /<main id="static"([^>]*)><\/main>/, `<main id="static">${text}</main>`);
    writeFileSync(path.join(out, 'index.html'), packed.replace(/<!--[\s\S]*?-->/g, '').replace(/\n\s*/g, '\n'));
}

function packLessons() {
    for (const entry of readdirSync(lessons, { withFileTypes: true })) {
        if (!entry.isDirectory() || !existsSync(path.join(lessons, entry.name, 'lesson.json'))) continue;
        const problem = packLesson(tool, path.join(lessons, entry.name), path.join(out, 'assets/lessons', entry.name));
        if (problem) say(`lesson ${entry.name} is packed as it is: ${problem}`);
    }
}

// The service worker keeps the whole site, except what a learner may never need: Python, the lab's model and the other
// lessons are kept once they have been fetched.
async function packServiceWorker() {
    const page = readFileSync(path.join(out, 'index.html'), 'utf8');
    const lesson = `assets/lessons/${defaultLesson(page)}/`;
    const packed = Object.keys(JSON.parse(readFileSync(path.join(out, lesson, 'labs.json'), 'utf8')));
    /** @type {Record<string, string>} */
    const core = {};
    /** @type {Record<string, string>} */
    const later = {};
    for (const name of filesBelow(out)) {
        const mayWait = name.startsWith('python/') || name.startsWith('trainer/') || name.endsWith('.weights') ||
            (name.startsWith('assets/') && !name.startsWith(lesson)) ||
            ['LICENSES.txt', 'temml.js', ...packed.map((file) => lesson + file)].includes(name);
        (mayWait ? later : core)[name] = hashOf(readFileSync(path.join(out, name)));
    }
    const version = hashOf(Buffer.from(JSON.stringify([core, later]))).slice(0, 16);
    await bundle('sw.js', 'sw.js', { format: 'iife', define: { SITE: JSON.stringify({ version, core, later }) } });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await packShell();
packPage();
packLessons();
const python = await packPython({ from: cpython, out: path.join(out, 'python') });
say(`Python library: ${python.kept} of ${python.of} modules`);
writeFileSync(path.join(out, 'LICENSES.txt'), notices());
await packServiceWorker();
say('compressing');
await compressSite(out, cache);
say(`done: ${path.relative(process.cwd(), out) || out}`);
