// Commands per second in the loops that scripts are made of, against just-bash under node (see run.mjs).
import path from 'node:path';
import { Bash } from 'just-bash';
import { cpuSeconds, nativeSeconds, table, webProgram } from './measure.mjs';

// How many turns just-bash is given (ours ten times as many: starting must not count), how many commands a turn runs,
// and the script; what it prints is thrown away inside the shell.
const oursToPeers = 10;
/** @type {Record<string, [number, number, (turns: number) => string]>} */
const workloads = {
    'while loop': [20_000, 2, (n) => `i=0; while [ $i -lt ${n} ]; do i=$((i + 1)); done`],
    'for loop': [50_000, 1, (n) => `for ((i = 0; i < ${n}; i++)); do name="item $i"; done`],
    'text': [20_000, 2, (n) => `s=src/main/app.cpp; for ((i = 0; i < ${n}; i++)); do a=\${s##*/}; b=\${a%.cpp}; done`],
    'functions': [15_000, 4, (n) => `f() { local a=$1; r=$((a * 2)); }; for ((i = 0; i < ${n}; i++)); do f $i; :; done`],
    'arrays': [10_000, 2, (n) => `for ((k = 0; k < ${n}; k += 1000)); do a=(); for ((i = 0; i < 1000; i++)); do a+=("$i"); last=\${a[i]}; done; done`],
    'output': [15_000, 1, (n) => `for ((i = 0; i < ${n}; i++)); do echo "line $i of output"; done > /dev/null`],
    'substitution': [5_000, 2, (n) => `for ((i = 0; i < ${n}; i++)); do x=$(echo $i); done`],
    'pipes': [4_000, 2, (n) => `for ((i = 0; i < ${n}; i++)); do echo "abc $i" | tr a-c x-z; done > /dev/null`],
    'text tools': [500, 4, (n) => `seq 200 > /tmp/n; for ((i = 0; i < ${n}; i++)); do sort -rn /tmp/n | grep 7 | sed s/7/x/ | wc -l; done > /dev/null`],
};
const begin = 'PATH=/usr/bin:/bin; set -e -o pipefail; '; // a script that fails would be fast
const rounds = 2;

async function justBash(script) {
    const most = 1e9;
    const limits = { maxLoopIterations: most, maxCommandCount: most, maxCallDepth: 1000, maxArrayElements: most,
        maxWorkUnits: most, maxGlobOperations: most, maxOutputSize: most };
    const { exitCode, stderr } = await new Bash({ executionLimits: limits }).exec(script);
    if (exitCode !== 0) throw new Error(`just-bash ended with ${exitCode}: ${stderr}`);
}

/** @param {{native: string, web: string}} programs folders */
export async function compare(programs) {
    const native = path.join(programs.native, 'cwsh');
    const web = webProgram(programs.web, 'cwsh');
    const best = Object.fromEntries(Object.keys(workloads).map((name) => [name, { peer: 0, native: 0, web: 0 }]));
    for (let round = 0; round < rounds; ++round) {
        for (const [name, [turns, commands, script]] of Object.entries(workloads)) {
            const ours = begin + script(turns * oursToPeers);
            const rates = {
                peer: turns * commands / await cpuSeconds(() => justBash(begin + script(turns))),
                native: turns * oursToPeers * commands / nativeSeconds(native, ['-c', ours]),
                web: turns * oursToPeers * commands / await cpuSeconds(() => web(['-c', ours])),
            };
            for (const [who, rate] of Object.entries(rates)) best[name][who] = Math.max(best[name][who], rate);
        }
    }
    table('Commands per second of CPU time', 'just-bash', best, 0);
}
