// Bytes per second into the screen, side by side with @xterm/headless in one run:
//
//   npm install --prefix FOLDER @xterm/headless
//   node --no-experimental-fetch tests/bench/screen/run.mjs FOLDER NATIVE_BENCH WASM_BENCH.js
//
// NATIVE_BENCH is the CMake target screen_bench of a build with CW_SANITIZE=OFF; WASM_BENCH.js the same sources through
// em++ -Oz -sNODERAWFS=1 -sMODULARIZE=1. Either may be "-". Rounds alternate, the best of three counts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { workloads } from './workloads.mjs';

const [packages, native, wasm] = process.argv.slice(2);
if (!packages) {
  console.error('usage: node run.mjs FOLDER_WITH_XTERM_HEADLESS NATIVE_BENCH|- WASM_BENCH.js|-');
  process.exit(2);
}
const require = createRequire(join(resolve(packages), 'package.json'));
const { Terminal } = require('@xterm/headless');

const times = 10; // of 2 MB

// CPU seconds of this process, compiling included: both sides start cold in each round.
async function cpuSeconds(work) {
  const begin = process.cpuUsage();
  await work();
  const used = process.cpuUsage(begin);
  return (used.user + used.system) / 1e6;
}

async function xterm(bytes) {
  const terminal = new Terminal({ cols: 80, rows: 24, scrollback: 1000, allowProposedApi: true });
  for (let turn = 0; turn < times; ++turn)
    for (let at = 0; at < bytes.length; at += 65536)
      await new Promise((done) => terminal.write(bytes.subarray(at, at + 65536), done));
}

const folder = mkdtempSync(join(tmpdir(), 'screen-bench-'));
const names = Object.keys(workloads);
const files = names.map((name) => join(folder, name));
names.forEach((name, i) => writeFileSync(files[i], workloads[name]));

const best = { xterm: {}, native: {}, wasm: {} };
const keep = (who, name, seconds) => {
  best[who][name] = Math.max(best[who][name] ?? 0, (times * bytesOf[name].length) / seconds);
};
const bytesOf = Object.fromEntries(names.map((name) => [name, new TextEncoder().encode(workloads[name])]));
const wasmFactory = wasm && wasm !== '-' ? require(resolve(wasm)) : undefined;
process.setMaxListeners(0); // each WebAssembly program adds one
for (let round = 0; round < 3; ++round) {
  for (const [i, name] of names.entries()) {
    keep('xterm', name, await cpuSeconds(() => xterm(bytesOf[name])));
    if (native && native !== '-')
      keep('native', name, Number(execFileSync(resolve(native), [String(times), files[i]], { encoding: 'utf8' })));
    if (wasmFactory)
      keep('wasm', name, await cpuSeconds(() => wasmFactory({ arguments: [String(times), files[i]], print: () => {} })));
  }
}
rmSync(folder, { recursive: true });

const megabytes = (rate) => (rate ? (rate / 1e6).toFixed(1) : '-').padStart(9);
const ratio = (rate, peer) => (rate ? `${(rate / peer).toFixed(1)}x` : '-').padStart(8);
console.log('MB/s       @xterm   native  (ratio)     wasm  (ratio)');
let product = 1;
for (const name of names) {
  const [peer, own, web] = [best.xterm[name], best.native[name], best.wasm[name]];
  if (web) product *= web / peer;
  console.log(`${name.padEnd(8)}${megabytes(peer)}${megabytes(own)}${ratio(own, peer)}${megabytes(web)}${ratio(web, peer)}`);
}
if (best.wasm[names[0]]) console.log(`wasm, geometric mean: ${(product ** (1 / names.length)).toFixed(2)}x`);
