// LICENSES.txt of the site: who wrote what is in it, and under which terms.
import { readFileSync } from 'node:fs';

const text = (/** @type {string} */ name) => readFileSync(new URL(`../notices/${name}`, import.meta.url), 'utf8').trim();
const mit = (/** @type {string} */ copyright) => `${copyright}\n\n${text('mit.txt')}`;

const llvmException = `As an exception to this, if, as a result of your compiling your source code, portions of this Software are
embedded into an Object form of such source code, you may redistribute such embedded portions in such Object form without
complying with the conditions of Sections 4(a), 4(b) and 4(d) of the License.`;

/** @returns {[string, string][]} */
const parts = () => [
    ['Counterweight', mit('Copyright (c) 2026 Counterweight contributors')],
    ['Dear ImGui (counterweight.wasm)', mit('Copyright (c) 2014-2025 Omar Cornut')],
    ['JSON for Modern C++ (counterweight.wasm)', mit('Copyright (c) 2013-2022 Niels Lohmann')],
    ['Emscripten (counterweight.wasm, app.js, python/worker.js, python/python.wasm)', mit('Copyright (c) 2010-2014 Emscripten authors')],
    ['musl (counterweight.wasm, python/python.wasm)', text('musl.txt')],
    ['LLVM libc++ and compiler-rt (counterweight.wasm, python/python.wasm)',
        `Copyright (c) 2009-2024 LLVM contributors\n\nApache License 2.0 (printed below) with LLVM Exceptions:\n\n${llvmException}`],
    ['Temml (made the formulas in lesson.json)', mit('Copyright (c) 2020 Ron Kok')],
    ['CPython 3.13.2 (python/)', `Copyright (c) 2001-2024 Python Software Foundation; All Rights Reserved

Changes: the interpreter is unmodified and compiled to WebAssembly; its standard library is reduced to the modules that
lessons use and packed without compression.

${text('cpython.txt')}`],
    ['just-bash (its build of CPython for WebAssembly, python/)', text('apache-2.0.txt')],
];

export function notices() {
    const rule = '='.repeat(80);
    const body = parts().map(([title, terms]) => `${rule}\n${title}\n${rule}\n\n${terms}\n`);
    return `This site contains the following software.\n\n${body.join('\n')}`;
}
