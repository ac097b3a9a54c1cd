// Makes the lesson work offline after the first visit. pack.mjs puts SITE in: the content hash of every file. All files
// of one version are kept together and only ever served together; a file whose content does not have its hash (a host in
// the middle of an update, a login page) is not accepted, and the old version stays. Python and other lessons are not
// fetched ahead: they are kept once the page has asked for them. A new version takes over when the last page of the old
// one is closed, or when the page asks for it with the message 'update'.

/** @type {{version: string, core: Record<string, string>, later: Record<string, string>}} */
const site = SITE;
const worker = /** @type {any} */ (self);
const scope = new URL(worker.registration.scope);
const family = `counterweight ${scope.pathname} `; // several lessons may live on one origin
const current = family + site.version;
const hashHeader = 'x-content-hash';

/** @param {ArrayBuffer} bytes */
async function hashOf(bytes) {
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Keeps a response if its content is what SITE says. A copy with plain headers: what was compressed on the way is not now.
/** @param {Cache} cache @param {string} name @param {Response} response @param {string} wanted */
async function keep(cache, name, response, wanted) {
    const bytes = await response.arrayBuffer();
    if (!response.ok || (await hashOf(bytes)) !== wanted) throw new Error(`${name} is not the file of version ${site.version}`);
    const headers = { 'content-type': response.headers.get('content-type') ?? '', [hashHeader]: wanted };
    await cache.put(new URL(name, scope), new Response(bytes, { headers }));
}

/** The same content in an older version's cache. @param {Cache[]} older @param {string} name @param {string} wanted */
async function known(older, name, wanted) {
    for (const cache of older) {
        const response = await cache.match(new URL(name, scope));
        if (response?.headers.get(hashHeader) === wanted) return response;
    }
    return undefined;
}

async function install() {
    const names = (await caches.keys()).filter((name) => name.startsWith(family) && name !== current);
    const older = await Promise.all(names.map((name) => caches.open(name)));
    const cache = await caches.open(current);
    await Promise.all(Object.entries(site.core).map(async ([name, wanted]) => {
        const old = await known(older, name, wanted);
        await keep(cache, name, old ?? (await fetch(new URL(name, scope), { cache: 'no-cache' })), wanted);
    }));
    await Promise.all(Object.entries(site.later).map(async ([name, wanted]) => {
        const old = await known(older, name, wanted);
        if (old) await cache.put(new URL(name, scope), old);
    }));
}

async function removeOlder() {
    const names = (await caches.keys()).filter((name) => name.startsWith(family) && name !== current);
    await Promise.all(names.map((name) => caches.delete(name)));
}

/** @param {string} name @param {Request} request */
async function answer(name, request) {
    const cache = await caches.open(current);
    const kept = await cache.match(new URL(name, scope));
    if (kept) return kept;
    const response = await fetch(request);
    if (name in site.later && response.ok) {
        await keep(cache, name, response.clone(), site.later[name]).catch(() => undefined);
    }
    return response;
}

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(removeOlder()));
worker.addEventListener('message', (/** @type {any} */ event) => { if (event.data === 'update') worker.skipWaiting(); });
worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
    const name = url.pathname.slice(scope.pathname.length) || 'index.html';
    if (name in site.core || name in site.later) event.respondWith(answer(name, event.request));
});
