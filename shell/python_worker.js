// Runs Python programs in a Web Worker: CPython 3.13, compiled to WebAssembly, with a fresh interpreter for every run,
// as a process has. The page talks to it through python.js only. It has no bridge to JavaScript, the page or the
// network. It does not do: an interactive prompt, reading keys while running, threads, sub-processes. A program that
// never ends must be ended from outside (python.js terminates the worker).
//
//   in   {type: 'warm', parts?}                          load, or take over what an earlier worker loaded
//   in   {type: 'run', run, arguments, files, environment, folder, input, limits}
//   out  {type: 'ready', parts} | {type: 'failed', message}
//   out  {type: 'started', run} | {type: 'output', run, stream, bytes} | {type: 'exit', run, status, cause, files}
import createInterpreter from 'cpython';

/** @typedef {import('./python.js').Limits} Limits */
/** @typedef {{engine: WebAssembly.Module, library: ArrayBuffer}} Parts */
/** @typedef {{run: number, arguments: string[], files: Record<string, Uint8Array>, environment: Record<string, string>,
 *             folder: string, input: Uint8Array, limits: Limits}} Request */

const libraryPath = '/lib/python313.zip';
const systemFolders = new Set(['/dev', '/proc', '/lib', '/usr']);
const deviceMajor = 100; // Emscripten numbers its own from 64
const columns = 80;
const rows = 24;
const noPrompt =
    'python3: the interactive prompt is not available here. Give it a file, -c "code" or -m module, or pipe a program in.\n';

// No program of a learner may open a connection: CPython's sockets would become WebSockets.
for (const name of ['WebSocket', 'WebTransport', 'EventSource', 'RTCPeerConnection']) Reflect.deleteProperty(self, name);

/** @param {object} message @param {Transferable[]} [moved] */
const post = (message, moved = []) => self.postMessage(message, { transfer: moved });

/** @param {string} name */
async function get(name) {
    const response = await fetch(new URL(name, self.location.href));
    if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
    return response;
}

// Streaming compilation needs the MIME type application/wasm, which not every host sends.
async function compile() {
    const response = await get('python.wasm');
    const type = response.headers.get('content-type') ?? '';
    if (WebAssembly.compileStreaming && /^application\/wasm\b/.test(type)) return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
}

/** @returns {Promise<Parts>} */
async function load() {
    const [engine, library] = await Promise.all([compile(), get('python313.zip').then((answer) => answer.arrayBuffer())]);
    return { engine, library };
}

/** @type {Promise<Parts> | undefined} */
let parts;

class OutputLimit extends Error {}

// stdout and stderr are terminals of 80 x 24, so that Python writes whole lines as they come and colours tracebacks if
// the environment names a capable TERM; stdin is a pipe that holds the whole input.
/** @param {any} FS @param {Request} request */
function openStreams(FS, request) {
    let written = 0;
    let read = 0;
    const terminal = { ops: { ioctl_tiocgwinsz: () => [rows, columns] } };
    const input = {
        read(/** @type {any} */ _stream, /** @type {Int8Array} */ buffer, /** @type {number} */ offset, /** @type {number} */ length) {
            const part = request.input.subarray(read, read + length);
            buffer.set(part, offset);
            read += part.length;
            return part.length;
        },
    };
    /** @param {'out' | 'error'} stream */
    const output = (stream) => ({
        open(/** @type {any} */ opened) { opened.tty = terminal; opened.seekable = false; },
        write(/** @type {any} */ _stream, /** @type {Int8Array} */ buffer, /** @type {number} */ offset, /** @type {number} */ length) {
            const room = Math.max(0, request.limits.outputBytes - written);
            const bytes = new Uint8Array(buffer.slice(offset, offset + Math.min(length, room)));
            written += length;
            if (bytes.length > 0) post({ type: 'output', run: request.run, stream, bytes }, [bytes.buffer]);
            if (length > room) throw new OutputLimit();
            return length;
        },
    });
    const devices = [['stdin', input, 0], ['stdout', output('out'), 1], ['stderr', output('error'), 1]];
    devices.forEach(([name, operations, flags], index) => {
        const device = FS.makedev(deviceMajor, index);
        FS.registerDevice(device, operations);
        FS.mkdev(`/dev/${name}`, device);
        FS.open(`/dev/${name}`, flags);
    });
}

// Everything the learner's program can see of the disk, outside the system's folders.
/** @param {any} FS @param {(path: string, bytes: Uint8Array) => void} visit */
function eachFile(FS, visit, folder = '') {
    for (const name of FS.readdir(folder || '/')) {
        const path = `${folder}/${name}`;
        if (name === '.' || name === '..' || systemFolders.has(path)) continue;
        const mode = FS.lstat(path).mode;
        if (FS.isDir(mode)) eachFile(FS, visit, path);
        else if (FS.isFile(mode)) visit(path, FS.readFile(path));
    }
}

/** @param {Uint8Array} left @param {Uint8Array | undefined} right */
const same = (left, right) => right !== undefined && left.length === right.length && left.every((byte, at) => byte === right[at]);

// Files that are new or differ from what was handed in; null for one that is gone. Beyond the limit the rest is left
// out and named in `dropped`.
/** @param {any} FS @param {Request} request */
function changedFiles(FS, request) {
    /** @type {Record<string, Uint8Array | null>} */
    const files = {};
    /** @type {string[]} */
    const dropped = [];
    const gone = new Set(Object.keys(request.files));
    let room = request.limits.changedFileBytes;
    eachFile(FS, (path, bytes) => {
        gone.delete(path);
        if (same(bytes, request.files[path])) return;
        if (bytes.length > room) { dropped.push(path); return; }
        room -= bytes.length;
        files[path] = bytes;
    });
    for (const path of gone) files[path] = null;
    return { files, dropped };
}

/** @param {any} FS @param {Request} request @param {ArrayBuffer} library */
function layOutDisk(FS, request, library) {
    FS.mkdirTree('/lib/python3.13');
    FS.writeFile(libraryPath, new Uint8Array(library), { canOwn: true });
    for (const [path, bytes] of Object.entries(request.files)) {
        FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
        FS.writeFile(path, bytes);
    }
    FS.mkdirTree(request.folder);
    FS.chdir(request.folder);
}

// A new interpreter that is ready to start. Its memory cannot grow beyond the limit: Python then raises MemoryError.
/** @param {Request} request @param {Parts} loaded */
function interpreter(request, { engine, library }) {
    return createInterpreter({
        noInitialRun: true,
        noFSInit: true,
        thisProgram: '/usr/bin/python3',
        instantiateWasm(/** @type {any} */ imports, /** @type {(i: WebAssembly.Instance, m: WebAssembly.Module) => void} */ done) {
            const grow = imports.env.emscripten_resize_heap;
            imports.env.emscripten_resize_heap = (/** @type {number} */ bytes) =>
                (bytes >>> 0) <= request.limits.memoryBytes ? grow(bytes) : 0;
            WebAssembly.instantiate(engine, imports).then((instance) => done(instance, engine));
            return {};
        },
        preRun: [(/** @type {any} */ module) => {
            Object.assign(module.ENV, { HOME: request.folder, PYTHONDONTWRITEBYTECODE: '1' }, request.environment, { PYTHONHOME: '/' });
            openStreams(module.FS, request);
            layOutDisk(module.FS, request, library);
        }],
    });
}

/** @param {Request} request @param {Parts} loaded */
async function execute(request, loaded) {
    const module = await interpreter(request, loaded);
    let status = 1;
    let cause = 'ended';
    let message = '';
    try {
        status = module.callMain(request.arguments.slice(1));
    } catch (problem) {
        if (problem instanceof OutputLimit) {
            cause = 'output_limit';
            status = 137;
        } else {
            cause = 'crashed';
            status = 139;
            message = String(problem);
        }
    }
    return { status, cause, message, ...changedFiles(module.FS, request) };
}

/** @param {Request} request */
async function run(request) {
    const loaded = await /** @type {Promise<Parts>} */ (parts);
    post({ type: 'started', run: request.run });
    if (request.arguments.length < 2 && request.input.length === 0) {
        post({ type: 'output', run: request.run, stream: 'error', bytes: new TextEncoder().encode(noPrompt) });
        post({ type: 'exit', run: request.run, status: 2, cause: 'ended', message: '', files: {}, dropped: [] });
        return;
    }
    post({ type: 'exit', run: request.run, ...(await execute(request, loaded)) });
}

// The first start of an interpreter is slow, because the browser compiles on first use. Doing it once for nothing while
// the learner reads makes the first real run as quick as the later ones.
/** @param {Parts} loaded */
async function rehearse(loaded) {
    const limits = { outputBytes: 0, memoryBytes: 1 << 28, changedFileBytes: 0, timeMs: 0 };
    await execute({ run: 0, arguments: ['python3', '-c', 'import json, re'], files: {}, environment: {}, folder: '/tmp',
        input: new Uint8Array(), limits }, loaded);
}

/** @param {Parts | undefined} given */
async function warm(given) {
    parts ??= given ? Promise.resolve(given) : load();
    const loaded = await parts;
    await rehearse(loaded);
    post({ type: 'ready', parts: loaded });
}

// One message after the other: a run that arrives while the interpreter is loading waits for it.
let last = Promise.resolve();
self.onmessage = ({ data }) => {
    last = last.then(() => (data.type === 'warm' ? warm(data.parts) : run(data))).catch((problem) => {
        parts = undefined;
        post({ type: 'failed', message: String(problem?.message ?? problem) });
    });
};
