// What both comparisons share: running a WebAssembly program, CPU time and the table of ratios.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** A program that em++ made, as a function of its arguments; each call is a new instance.
 * @param {string} folder @param {string} name */
export function webProgram(folder, name) {
    const create = require(path.join(folder, `${name}.cjs`));
    const wasmBinary = readFileSync(path.join(folder, `${name}.wasm`)); // older glue would fetch(), which node refuses
    const quit = (/** @type {number} */ status, /** @type {unknown} */ thrown) => {
        throw status ? new Error(`${name} ended with ${status}`) : thrown;
    };
    return (/** @type {string[]} */ args) => create({ arguments: args, wasmBinary, print: () => {}, quit });
}

/** CPU seconds of this process for `work`, starting and compiling included: all sides start cold in each round.
 * @param {() => unknown} work */
export async function cpuSeconds(work) {
    const begin = process.cpuUsage();
    await work();
    const used = process.cpuUsage(begin);
    return (used.user + used.system) / 1e6;
}

/** The same of a native program; one that fails throws. @param {string} program @param {string[]} args */
export function nativeSeconds(program, args) {
    const time = 'TIMEFORMAT="%U %S"; { time "$0" "$@" 2>&3; } 3>&2 2>&1';
    const shown = execFileSync('bash', ['-c', time, program, ...args], { encoding: 'utf8' });
    return shown.trim().split(' ').reduce((sum, part) => sum + Number(part), 0);
}

/** @param {string} title @param {string} peerName @param {Record<string, {peer: number, native: number, web: number}>} rates
 * @param {number} digits after the point */
export function table(title, peerName, rates, digits) {
    const rate = (/** @type {number} */ value) =>
        value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).padStart(16);
    const ratio = (/** @type {number} */ value) => `(${value.toFixed(1)}x)`.padStart(9);
    console.log(`\n${title}\n${''.padEnd(16)}${peerName.padStart(16)}${'native'.padStart(16)}${''.padEnd(9)}${'wasm'.padStart(16)}`);
    let product = 1;
    for (const [name, { peer, native, web }] of Object.entries(rates)) {
        product *= web / peer;
        console.log(`${name.padEnd(16)}${rate(peer)}${rate(native)}${ratio(native / peer)}${rate(web)}${ratio(web / peer)}`);
    }
    console.log(`wasm, geometric mean: ${(product ** (1 / Object.keys(rates).length)).toFixed(1)} times ${peerName}`);
}
