// What both comparisons share: CPU time and the table of ratios.

/** CPU seconds of this process for `work`, starting and compiling included: all sides start cold in each round.
 * @param {() => unknown} work */
export async function cpuSeconds(work) {
    const begin = process.cpuUsage();
    await work();
    const used = process.cpuUsage(begin);
    return (used.user + used.system) / 1e6;
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
