// The Python engine for the site: takes CPython as the npm package just-bash ships it, checks it, and leaves out the
// part of the standard library that lessons do not need (python_modules.txt). The library is stored, not deflated, in
// its zip, so that the host's compression works on it as a whole: 1 MB on the wire instead of 4.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readZip, writeZip } from './zip.mjs';

export const engineVersion = 'CPython 3.13.2 for WebAssembly, from npm just-bash 3.4.2';

const pinned = {
    'python.cjs': 'b45f414d674fafeeefbd72b544bf7e5079f230f424371e462bd748eb5f82ec42',
    'python.wasm': 'b2b1a3f18a6fe035d609e3aa47e9508b55729e5f3ebbd2a40d467c0cd3200eee',
    'python313.zip': '00b6fb26ce2157860ce0eaae6849ea2b673f32ca06456503176e8d1fe8be4915',
};

/** @param {string} folder */
function checkedFiles(folder) {
    /** @type {Record<string, Buffer>} */
    const files = {};
    for (const [name, wanted] of Object.entries(pinned)) {
        files[name] = readFileSync(path.join(folder, name));
        const found = createHash('sha256').update(files[name]).digest('hex');
        if (found !== wanted) throw new Error(`${name} has the hash ${found}, not ${wanted}`);
    }
    return files;
}

/** Runs the interpreter here, with `library` as its standard library, and returns what it printed.
 * @param {string} folder @param {Record<string, Buffer>} files @param {Uint8Array} library @param {string} code */
async function python(folder, files, library, code) {
    const create = createRequire(import.meta.url)(path.join(folder, 'python.cjs'));
    /** @type {number[]} */
    const printed = [];
    const module = await create({
        noInitialRun: true,
        wasmBinary: files['python.wasm'],
        stdin: () => null,
        stdout: (/** @type {number} */ byte) => printed.push(byte),
        stderr: (/** @type {number} */ byte) => printed.push(byte),
        preRun: (/** @type {any} */ started) => {
            started.ENV.PYTHONHOME = '/';
            started.FS.mkdirTree('/lib/python3.13');
            started.FS.writeFile('/lib/python313.zip', library);
        },
    });
    const status = module.callMain(['-B', '-c', code]);
    const text = Buffer.from(printed).toString('utf8');
    if (status !== 0) throw new Error(`Python ended with ${status}:\n${text}`);
    return text;
}

// A __main__ runs when it is imported; it is kept without that.
const runs = (/** @type {string} */ name) => name.endsWith('.__main__');
const importAll = (/** @type {string[]} */ names) => names.filter((name) => !runs(name)).map((name) => `import ${name}\n`).join('');

// Frozen into the interpreter; their copies in the library are never read.
const frozen = new Set(['importlib._bootstrap', 'importlib._bootstrap_external', 'zipimport']);

/** The files of the library that the named modules and everything they import need.
 * @param {string} folder @param {Record<string, Buffer>} files @param {string[]} names */
async function trim(folder, files, names) {
    const all = readZip(files['python313.zip']);
    const whole = writeZip(all, { deflate: false });
    const imported = await python(folder, files, whole, `${importAll(names)}import sys\nprint('\\n'.join(sys.modules))`);
    const kept = new Map();
    for (const name of [...imported.trim().split('\n'), ...names.filter(runs)]) {
        if (frozen.has(name)) continue;
        const base = name.replaceAll('.', '/');
        for (const file of [`${base}.pyc`, `${base}/__init__.pyc`]) {
            const content = all.get(file);
            if (content) kept.set(file, content);
        }
    }
    const library = writeZip(kept, { deflate: false });
    await python(folder, files, library, importAll(names)); // each of them must work without the rest
    return { library, kept: kept.size, of: all.size };
}

/** Writes python.wasm and python313.zip to `out`.
 * @param {{from: string, out: string}} options `from` holds the package's three files */
export async function packPython({ from, out }) {
    const files = checkedFiles(from);
    const list = readFileSync(new URL('python_modules.txt', import.meta.url), 'utf8');
    const names = list.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean);
    const { library, kept, of } = await trim(from, files, names);
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'python.wasm'), files['python.wasm']);
    writeFileSync(path.join(out, 'python313.zip'), library);
    return { kept, of, bytes: library.length };
}
