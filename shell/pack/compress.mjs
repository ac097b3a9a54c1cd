// Precompressed twins of a site's files (NAME.br, NAME.gz) for servers that can send them. Brotli at its best level is
// slow, so what was compressed once is kept in a cache folder under the hash of its content.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const worthIt = /\.(html|js|css|json|svg|txt|wasm|zip|py|bin|md|webmanifest|weights)$/;

const encoders = {
    br: promisify(zlib.brotliCompress),
    gz: promisify(zlib.gzip),
};
const options = (/** @type {number} */ size) => ({
    br: {
        params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
            [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: size,
        },
    },
    gz: { level: 9 },
});

/** Every file below a folder, as relative paths with forward slashes, sorted. @param {string} folder @returns {string[]} */
export function filesBelow(folder) {
    const found = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) {
            found.push(...filesBelow(path.join(folder, entry.name)).map((below) => `${entry.name}/${below}`));
        } else {
            found.push(entry.name);
        }
    }
    return found.sort();
}

/** @param {string} site @param {string} cache */
export async function compressSite(site, cache) {
    mkdirSync(cache, { recursive: true });
    const jobs = [];
    for (const name of filesBelow(site)) {
        if (!worthIt.test(name)) continue;
        const content = readFileSync(path.join(site, name));
        const hash = createHash('sha256').update(content).digest('hex');
        for (const coding of /** @type {const} */ (['br', 'gz'])) {
            const kept = path.join(cache, `${hash}.${coding}`);
            jobs.push(async () => {
                if (!existsSync(kept)) {
                    const packed = await encoders[coding](content, options(content.length)[coding]);
                    writeFileSync(`${kept}.part`, packed);
                    renameSync(`${kept}.part`, kept);
                }
                copyFileSync(kept, path.join(site, `${name}.${coding}`));
            });
        }
    }
    await Promise.all(jobs.map((job) => job()));
}
