// Bytes per second into the screen, against @xterm/headless (see run.mjs).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cpuSeconds, nativeSeconds, table, webProgram } from './measure.mjs';
import { workloads } from './screen_workloads.mjs';

const require = createRequire(import.meta.url);
const { Terminal } = require('@xterm/headless');
const times = 10; // of 2 MB
const rounds = 3;
const piece = 65_536;

async function xterm(bytes) {
    const terminal = new Terminal({ cols: 80, rows: 24, scrollback: 1000, allowProposedApi: true });
    for (let turn = 0; turn < times; ++turn)
        for (let at = 0; at < bytes.length; at += piece)
            await new Promise((done) => terminal.write(bytes.subarray(at, at + piece), done));
}

/** @param {{native: string, web: string}} programs folders */
export async function compare(programs) {
    const native = path.join(programs.native, 'screen_bench');
    const web = webProgram(programs.web, 'screen_bench');
    const folder = mkdtempSync(path.join(tmpdir(), 'screen-bench-'));
    const best = {};
    for (let round = 0; round < rounds; ++round) {
        for (const [name, text] of Object.entries(workloads)) {
            const bytes = new TextEncoder().encode(text);
            const file = path.join(folder, name);
            writeFileSync(file, bytes);
            const args = [String(times), file];
            const seconds = {
                peer: await cpuSeconds(() => xterm(bytes)),
                native: nativeSeconds(native, args),
                web: await cpuSeconds(() => web(args)),
            };
            best[name] ??= { peer: 0, native: 0, web: 0 };
            for (const [who, time] of Object.entries(seconds))
                best[name][who] = Math.max(best[name][who], times * bytes.length / 1e6 / time);
        }
    }
    rmSync(folder, { recursive: true });
    table('Megabytes per second of CPU time', '@xterm/headless', best, 1);
}
