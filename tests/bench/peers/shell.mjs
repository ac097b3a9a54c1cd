// Commands per second in the loops that scripts are made of, against just-bash under node (see run.mjs).
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Bash } from 'just-bash';
import { cpuSeconds, table } from './measure.mjs';

const require = createRequire(import.meta.url);

// How many commands each runs, and the script; what it prints is thrown away inside the shell.
const workloads = {
    'while loop': [300_000, 'i=0; while [ $i -lt 150000 ]; do i=$((i + 1)); done'],
    'for loop': [200_000, 'for ((i = 0; i < 200000; i++)); do name="item $i"; done'],
    'text': [200_000, 's=src/main/app.cpp; for ((i = 0; i < 100000; i++)); do a=${s##*/}; b=${a%.cpp}; done'],
    'functions': [200_000, 'f() { local a=$1; r=$((a * 2)); }; for ((i = 0; i < 50000; i++)); do f $i; :; done'],
    'arrays': [100_000, 'a=(); for ((i = 0; i < 50000; i++)); do a+=("$i"); last=${a[i]}; done'],
    'output': [100_000, 'for ((i = 0; i < 100000; i++)); do echo "line $i of output"; done > /dev/null'],
    'substitution': [20_000, 'for ((i = 0; i < 10000; i++)); do x=$(echo $i); done'],
    'pipes': [8_000, 'for ((i = 0; i < 4000; i++)); do echo "abc $i" | tr a-c x-z; done > /dev/null'],
    'text tools': [4_000, 'seq 200 > /tmp/n; for ((i = 0; i < 1000; i++)); do sort -rn /tmp/n | grep 7 | sed s/7/x/ | wc -l; done > /dev/null'],
};
const rounds = 3;

function nativeSeconds(program, script) {
    const shown = execFileSync('bash', ['-c', 'TIMEFORMAT="%U %S"; { time "$0" -c "$1" 2>&3; } 3>&2 2>&1', program, script], { encoding: 'utf8' });
    return shown.trim().split(' ').reduce((sum, part) => sum + Number(part), 0);
}

async function justBash(script) {
    const most = 1e9;
    const limits = { maxLoopIterations: most, maxCommandCount: most, maxCallDepth: 1000, maxArrayElements: most };
    const { exitCode, stderr } = await new Bash({ executionLimits: limits }).exec(script);
    if (exitCode !== 0) throw new Error(`just-bash ended with ${exitCode}: ${stderr}`);
}

/** @param {{native: string, web: string}} programs folders */
export async function compare(programs) {
    const native = path.join(programs.native, 'cwsh');
    const factory = require(path.join(programs.web, 'cwsh.cjs'));
    const best = Object.fromEntries(Object.keys(workloads).map((name) => [name, { peer: 0, native: 0, web: 0 }]));
    for (let round = 0; round < rounds; ++round) {
        for (const [name, [commands, script]] of Object.entries(workloads)) {
            const seconds = {
                peer: await cpuSeconds(() => justBash(script)),
                native: nativeSeconds(native, script),
                web: await cpuSeconds(() => factory({ arguments: ['-c', script] })),
            };
            for (const [who, time] of Object.entries(seconds)) best[name][who] = Math.max(best[name][who], commands / time);
        }
    }
    table('Commands per second of CPU time', 'just-bash', best, 0);
}
