// A static web server for the packed site: right MIME types, ETag, precompressed files where they exist and the browser
// takes them. For development and tests; it binds to this machine only.
//
//   const server = await startServer({ root: 'build/site', port: 8080 });
//   server.address                       // 'http://localhost:8080/'
//   await server.close();
//
// Options for tests: `base` serves the site below a sub-path ('/a/b/'); `headers` are added to every answer (a
// Content-Security-Policy, say); `coding: 'none'` never sends compressed files; `mime` overrides types by extension;
// `offline` may be switched on to drop every connection; `log` receives what was sent.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** @typedef {{path: string, status: number, bytes: number, coding: string}} Sent */
/** @typedef {{root: string, port?: number, base?: string, headers?: Record<string, string>, coding?: 'any' | 'none',
 *             mime?: Record<string, string>, extra?: Record<string, {type: string, body: string}>, log?: (sent: Sent) => void}} Options
 * `extra` maps further absolute paths to files that are not part of the site (pages around it, for tests). */

/** @type {Record<string, string>} */
const types = {
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
    json: 'application/json; charset=utf-8',
    wasm: 'application/wasm',
    svg: 'image/svg+xml',
    png: 'image/png',
    ico: 'image/x-icon',
    txt: 'text/plain; charset=utf-8',
    py: 'text/plain; charset=utf-8',
    md: 'text/markdown; charset=utf-8',
    zip: 'application/zip',
    bin: 'application/octet-stream',
    webmanifest: 'application/manifest+json',
};

/** The file to send for a URL path, or undefined. @param {string} root @param {string} base @param {string} name */
function fileFor(root, base, name) {
    if (!name.startsWith(base)) return undefined;
    let file = path.join(root, path.normalize(name.slice(base.length)));
    if (file !== root && !file.startsWith(root + path.sep)) return undefined;
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, 'index.html');
    return existsSync(file) ? file : undefined;
}

/** @param {string} file @param {string} accepted the Accept-Encoding header */
function encoded(file, accepted) {
    for (const [coding, ending] of [['br', '.br'], ['gzip', '.gz']]) {
        if (new RegExp(`\\b${coding}\\b`).test(accepted) && existsSync(file + ending)) return { file: file + ending, coding };
    }
    return { file, coding: '' };
}

/** @param {Options} options */
export async function startServer({ root, port = 0, base = '/', headers = {}, coding = 'any', mime = {}, extra = {}, log = () => {} }) {
    const folder = path.resolve(root);
    const tags = new Map();
    const state = { offline: false };
    const tagOf = (/** @type {string} */ file) => {
        const key = `${file} ${statSync(file).mtimeMs}`;
        if (!tags.has(key)) tags.set(key, `"${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)}"`);
        return tags.get(key);
    };

    const server = createServer((request, response) => {
        if (state.offline) { request.socket.destroy(); return; }
        const name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
        /** @param {number} status @param {Record<string, string>} fields @param {number} bytes @param {string} coding */
        const begin = (status, fields, bytes, coding) => {
            response.writeHead(status, { ...fields, ...headers });
            log({ path: name, status, bytes, coding });
        };
        if (name in extra) {
            begin(200, { 'content-type': types[extra[name].type] }, extra[name].body.length, '');
            response.end(extra[name].body);
            return;
        }
        const file = fileFor(folder, base, name);
        if (file === undefined || !['GET', 'HEAD'].includes(request.method ?? '')) {
            begin(404, { 'content-type': types.txt }, 0, '');
            response.end('not found\n');
            return;
        }
        const extension = path.extname(file).slice(1);
        const sent = coding === 'none' ? { file, coding: '' } : encoded(file, String(request.headers['accept-encoding'] ?? ''));
        /** @type {Record<string, string>} */
        const fields = {
            'content-type': mime[extension] ?? types[extension] ?? 'application/octet-stream',
            'cache-control': 'no-cache',
            vary: 'accept-encoding',
            etag: tagOf(sent.file),
        };
        if (request.headers['if-none-match'] === fields.etag) {
            begin(304, fields, 0, '');
            response.end();
            return;
        }
        if (sent.coding) fields['content-encoding'] = sent.coding;
        const bytes = statSync(sent.file).size;
        begin(200, { ...fields, 'content-length': String(bytes) }, bytes, sent.coding);
        if (request.method === 'HEAD') response.end();
        else createReadStream(sent.file).pipe(response);
    });
    await new Promise((listening, failed) => server.once('error', failed).listen(port, 'localhost', () => listening(undefined)));
    const taken = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    return {
        address: `http://localhost:${taken}${base}`,
        origin: `http://localhost:${taken}`,
        state,
        close: () => new Promise((closed) => { server.close(closed); server.closeAllConnections?.(); }),
    };
}
