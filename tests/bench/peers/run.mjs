// The shell against just-bash and the screen against @xterm/headless, side by side in one run:
//
//   shell/serve --build && node tests/bench/peers/run.mjs [shell | screen]
//
// Ours is measured twice, as optimised native code and as WebAssembly from the very libraries that the page's module is
// linked from (build/web). The peers come from npm at pinned versions. Times are CPU seconds; rounds alternate and the
// best of three counts, so that compare ratios, not times. Nothing here passes or fails.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../../..');
const web = path.join(root, 'build/web');
const tools = path.join(root, 'build/tools'); // not sanitized
const linked = path.join(root, 'build/bench');

/** @param {string} command @param {string[]} args @param {object} [options] */
const call = (command, args, options = {}) => execFileSync(command, args, { stdio: ['ignore', 2, 'inherit'], ...options });

function build() {
    if (!existsSync(path.join(web, 'src/terminal/libcw_terminal.a')))
        throw new Error('the page is not built yet: run shell/serve --build first');
    call('npm', ['ci', '--silent', '--ignore-scripts'], { cwd: here });
    call('cmake', ['--build', tools, '-j', '2', '--target', 'cwsh', 'screen_bench']);
    mkdirSync(linked, { recursive: true });
    const libraries = ['src/terminal/libcw_terminal.a', 'src/ground/libcw_ground.a'].map((file) => path.join(web, file));
    const environment = { ...process.env };
    if (existsSync('/usr/share/nodejs/acorn')) environment.NODE_PATH = '/usr/share/nodejs'; // Debian's em++ looks there
    for (const [name, sources] of Object.entries({
        'cwsh': ['tests/tools/cwsh.cpp', 'tests/tools/spec_commands.cpp'],
        'screen_bench': ['tests/bench/peers/screen_bench.cpp'],
    })) {
        call('em++', [...sources.map((file) => path.join(root, file)), ...libraries, '-std=c++20', '-Oz', '-flto',
            '-fno-exceptions', '-fno-rtti', '-I', path.join(root, 'src'), '-I', path.join(root, 'tests'), '-sNODERAWFS=1',
            '-sMODULARIZE=1', '-sALLOW_MEMORY_GROWTH=1', '-sSUPPORT_LONGJMP=0', '-o', path.join(linked, `${name}.cjs`)],
        { env: environment });
    }
}

build();
process.setMaxListeners(0); // each WebAssembly program adds one
const programs = { native: path.join(tools, 'bin'), web: linked };
const only = process.argv[2];
if (only !== 'screen') await (await import('./shell.mjs')).compare(programs);
if (only !== 'shell') await (await import('./screen.mjs')).compare(programs);
