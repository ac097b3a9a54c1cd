// Python for the page: starts the worker when it is first needed, hands it programs, and ends those that do not end.
// Nothing is fetched before the first warm() or run(). One program runs at a time. It does not know the lesson, the
// terminal or the engine.
//
//   const python = createPython({ url: 'python/worker.js', onState, onChunk, onExit });
//   python.warm();                                                  // loads in the background
//   python.run({ run: 1, arguments: ['python3', 'a.py'], files: { '/home/a.py': 'print(1)' }, folder: '/home' });
//   python.stop();                                                  // at once; onExit says 'stopped'

/** How much one run may use.
 * @typedef {{timeMs: number, outputBytes: number, memoryBytes: number, changedFileBytes: number}} Limits */
/** @typedef {'absent' | 'loading' | 'ready' | 'failed'} State */
/** ended: by itself; stopped: by stop(); time_limit, output_limit: by a limit; crashed: the interpreter itself failed.
 * @typedef {'ended' | 'stopped' | 'time_limit' | 'output_limit' | 'crashed'} Cause */
/** `files` are the changed ones by absolute path, null for a deleted one; empty when the program had to be killed.
 * `dropped` names changed files that were beyond the limit. `status` is what a shell would report.
 * @typedef {{run: number, status: number, cause: Cause, message: string, files: Record<string, Uint8Array | null>,
 *            dropped: string[]}} Exit */
/** `arguments[0]` is the program's own name; `files` are placed by absolute path before the run; `input` is all of
 * standard input.
 * @typedef {{run: number, arguments: string[], files?: Record<string, string | Uint8Array>, folder?: string,
 *            environment?: Record<string, string>, input?: string | Uint8Array, limits?: Partial<Limits>}} Request */
/** @typedef {{url: string | URL, limits?: Partial<Limits>, onState?: (state: State, message: string) => void,
 *             onChunk?: (run: number, stream: 'out' | 'error', bytes: Uint8Array) => void,
 *             onExit?: (exit: Exit) => void}} Options */

/** @type {Limits} */
export const pythonLimits = {
    timeMs: 10_000,
    outputBytes: 1 << 20,
    memoryBytes: 256 << 20,
    changedFileBytes: 4 << 20,
};

// A program may print 100,000 times a second; the page hears of it about as often as it can show it.
const tellEveryMs = 16;

const statusOf = { stopped: 130, time_limit: 124, crashed: 139 };

/** @param {string | Uint8Array} content */
const bytesOf = (content) => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

/** @param {Options} options */
export function createPython({ url, limits = {}, onState = () => {}, onChunk = () => {}, onExit = () => {} }) {
    /** @type {Worker | undefined} */
    let worker;
    /** @type {unknown} what the first worker loaded; handed to the next, which then needs no network */
    let parts;
    /** @type {{run: number, timeMs: number, timer?: ReturnType<typeof setTimeout>} | undefined} */
    let current;

    /** @param {State} state */
    const tell = (state, message = '') => onState(state, message);

    /** @type {{stream: 'out' | 'error', parts: Uint8Array[]}[]} what was printed and not told yet, in order */
    let printed = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let telling;
    function tellPrinted() {
        clearTimeout(telling);
        telling = undefined;
        const chunks = printed;
        printed = [];
        for (const { stream, parts: pieces } of chunks) {
            const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
            let at = 0;
            for (const piece of pieces) {
                bytes.set(piece, at);
                at += piece.length;
            }
            if (current) onChunk(current.run, stream, bytes);
        }
    }
    /** @param {'out' | 'error'} stream @param {Uint8Array} bytes */
    function print(stream, bytes) {
        const last = printed[printed.length - 1];
        if (last?.stream === stream) last.parts.push(bytes);
        else printed.push({ stream, parts: [bytes] });
        telling ??= setTimeout(tellPrinted, tellEveryMs);
    }

    /** @param {Partial<Exit> & {cause: Cause}} exit */
    function finish(exit) {
        tellPrinted(); // whoever hears it may stop the program, which ends here too
        if (!current) return;
        clearTimeout(current.timer);
        const { run } = current;
        current = undefined;
        onExit({ run, status: 1, message: '', files: {}, dropped: [], ...exit });
    }

    function discard() {
        worker?.terminate();
        worker = undefined;
    }

    // A killed program leaves no files behind: its disk was in the worker's memory.
    /** @param {'stopped' | 'time_limit' | 'crashed'} cause */
    function kill(cause, message = '') {
        discard();
        finish({ cause, message, status: statusOf[cause] });
    }

    /** @param {string} message */
    function fail(message) {
        kill('crashed', message);
        tell('failed', message);
    }

    /** @param {any} data */
    function receive(data) {
        if (data.type === 'ready') {
            parts = data.parts;
            tell('ready');
        } else if (data.type === 'failed') {
            fail(data.message);
        } else if (current && data.run === current.run) {
            if (data.type === 'started') current.timer = setTimeout(() => restart('time_limit'), current.timeMs);
            if (data.type === 'output') print(data.stream, data.bytes);
            if (data.type === 'exit') finish(data);
        }
    }

    function start() {
        tell('loading');
        try {
            worker = new Worker(url);
        } catch (problem) {
            fail(String(problem));
            return;
        }
        const started = worker;
        worker.onmessage = ({ data }) => { if (worker === started) receive(data); };
        worker.onerror = (event) => { if (worker === started) fail(event.message || 'the Python worker could not be started'); };
        worker.postMessage({ type: 'warm', parts });
    }

    // After a kill the next interpreter is made ready at once, from memory.
    /** @param {'stopped' | 'time_limit'} cause */
    function restart(cause) {
        kill(cause);
        start();
    }

    return {
        /** Loads Python in the background, once. */
        warm() {
            if (!worker) start();
        },
        /** @param {Request} request */
        run(request) {
            if (current) throw new Error('a Python program is running already');
            const allowed = { ...pythonLimits, ...limits, ...request.limits };
            current = { run: request.run, timeMs: allowed.timeMs };
            if (!worker) start();
            const files = Object.fromEntries(Object.entries(request.files ?? {}).map(([path, content]) => [path, bytesOf(content)]));
            worker?.postMessage({
                type: 'run',
                run: request.run,
                arguments: request.arguments,
                files,
                environment: request.environment ?? {},
                folder: request.folder ?? '/home/learner',
                input: bytesOf(request.input ?? ''),
                limits: allowed,
            });
        },
        /** Ends the running program at once; does nothing when none runs. */
        stop() {
            if (current) restart('stopped');
        },
        get running() {
            return current !== undefined;
        },
    };
}
