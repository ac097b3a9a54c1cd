// The worker that runs the real model: loads the small trainer module (with SIMD where the browser has it) and the
// weights, passes commands in and reports out, and works in slices in between, so that a pause or a cancel is heard.
// What the messages mean is known to the engine and to the module alone.

const worker = /** @type {any} */ (self);

// A function that uses a v128 value: validates exactly where SIMD is understood.
const simdProbe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0,
    253, 15, 253, 98, 11]);

/** @type {any} */ let model = null;
let trainer = 0;
let working = false;

/** @param {Uint8Array} bytes @param {(pointer: number, size: number) => number} call */
function withBytes(bytes, call) {
    const pointer = model.malloc(bytes.length || 1);
    new Uint8Array(model.memory.buffer).set(bytes, pointer);
    try {
        return call(pointer, bytes.length);
    } finally {
        model.free(pointer);
    }
}

function postReports() {
    for (let size = model.cw_trainer_report(trainer); size > 0; size = model.cw_trainer_report(trainer)) {
        const at = model.cw_trainer_bytes(trainer);
        const bytes = new Uint8Array(model.memory.buffer).slice(at, at + size);
        worker.postMessage({ type: 'report', bytes }, [bytes.buffer]);
    }
}

const channel = new MessageChannel(); // a turn of the event loop without the delay of a timer
channel.port1.onmessage = work;
function work() {
    working = model.cw_trainer_work(trainer) !== 0;
    postReports();
    if (working) channel.port2.postMessage(0);
}

/** @param {{simd: string, scalar: string, weights: string}} urls */
async function open({ simd, scalar, weights }) {
    const code = fetch(WebAssembly.validate(simdProbe) ? simd : scalar);
    const [compiled, data] = await Promise.all([
        code.then(async (answer) => {
            if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
            return WebAssembly.compile(await answer.arrayBuffer());
        }),
        fetch(weights).then((answer) => {
            if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
            return answer.arrayBuffer();
        }),
    ]);
    // The module is alone: whatever it may import (a grown memory, an exit) has nothing to do here.
    /** @type {Record<string, Record<string, () => number>>} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(compiled)) (imports[from] ??= {})[name] = () => 0;
    const instance = await WebAssembly.instantiate(compiled, imports);
    model = instance.exports;
    model._initialize?.();
    trainer = withBytes(new Uint8Array(data), (pointer, size) => model.cw_trainer_create(pointer, size));
    if (!trainer) throw new Error('the weights are damaged');
    worker.postMessage({ type: 'ready' });
}

worker.onmessage = (/** @type {MessageEvent} */ { data }) => {
    if (data.type === 'open') {
        open(data).catch((problem) => worker.postMessage({ type: 'failed', message: String(problem?.message ?? problem) }));
        return;
    }
    withBytes(data.bytes, (pointer, size) => model.cw_trainer_receive(trainer, pointer, size));
    postReports();
    if (!working) {
        working = true;
        channel.port2.postMessage(0);
    }
};
