// Runs the three builds of the tiny model (see ../tiny.cmake) and compares them.
//
//   node run.mjs --folder F --weights W --golden G           30 steps each: every weight hash equals the golden file's
//   node run.mjs --folder F --weights W --golden G --bench   100 steps each, interleaved: times and ratios
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { folder: { type: 'string' }, weights: { type: 'string' }, golden: { type: 'string' }, bench: { type: 'boolean' } },
});

const variants = [
  { name: 'native -O3 -march=native', file: 'native' },
  { name: 'WASM SIMD', file: 'simd.js' },
  { name: 'WASM scalar', file: 'scalar.js' },
];

function run(variant, steps) {
  const path = join(options.folder, variant.file);
  // Older glue would fetch() the .wasm file, which node's fetch refuses.
  const command = variant.file.endsWith('.js') ? [process.execPath, '--no-experimental-fetch', path] : [path];
  if (!existsSync(path)) throw new Error(`${path} is not built`);
  return JSON.parse(execFileSync(command[0], [...command.slice(1), options.weights, String(steps)], { encoding: 'utf8' }));
}

function check() {
  const golden = readFileSync(options.golden, 'utf8').trim();
  let isSame = true;
  for (const variant of variants) {
    const { hash } = run(variant, 30);
    console.log(`${hash === golden ? 'same' : 'DIFFERENT'}  ${hash}  ${variant.name}`);
    isSame &&= hash === golden;
  }
  if (!isSame) console.log(`golden is   ${golden}`);
  return isSame;
}

function bench() {
  const rounds = 5;
  const best = variants.map(() => ({ train_ms: Infinity, median_step_ms: Infinity, measure_ms: Infinity }));
  for (let round = 0; round < rounds; ++round)
    variants.forEach((variant, i) => {
      const result = run(variant, 100);
      for (const key of Object.keys(best[i])) best[i][key] = Math.min(best[i][key], result[key]);
    });
  console.log(`100 live steps of 16 pairs and 16 texts; the best of ${rounds} interleaved runs`);
  variants.forEach((variant, i) => {
    const ratio = best[i].train_ms / best[0].train_ms;
    const stepRatio = best[i].median_step_ms / best[0].median_step_ms;
    console.log(
      `${variant.name.padEnd(26)} train ${best[i].train_ms.toFixed(0).padStart(6)} ms (${ratio.toFixed(2)}x)` +
        `   median step ${best[i].median_step_ms.toFixed(2).padStart(6)} ms (${stepRatio.toFixed(2)}x)` +
        `   quick measurement ${best[i].measure_ms.toFixed(0).padStart(4)} ms`,
    );
  });
  return true;
}

process.exitCode = (options.bench ? bench() : check()) ? 0 : 1;
