// The service worker: offline after the first visit, Python only once it was used, safe updates, quiet in frames.
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from '../../shell/pack/server.mjs';
import { expect, siteFolder, strictPolicy, test as base } from './harness.mjs';

const test = base.extend({
    // The site is served from a copy, which a test may change as an update would.
    site: async ({ siteOptions }, use) => {
        const root = mkdtempSync(path.join(tmpdir(), 'site-'));
        cpSync(siteFolder, root, { recursive: true, filter: (name) => !/\.(br|gz)$/.test(name) });
        const server = await startServer({ root, headers: { 'content-security-policy': strictPolicy }, ...siteOptions });
        await use({ ...server, root });
        await server.close();
        rmSync(root, { recursive: true });
    },
});

const ready = (page) => page.waitForFunction(() => window.counterweight?.ready);

async function visit(page, site) {
    await page.goto(site.address);
    await ready(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload(); // from here on the service worker answers the page's requests
    await ready(page);
}

const kept = (page) => page.evaluate(async () => {
    const caching = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(caching.map((cache) => cache.keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
});

// Changes a file of the served site and the service worker's list, which then names the new content or a content that
// the host does not have (yet).
function change(site, name, text, { listed }) {
    const file = path.join(site.root, name);
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
    const old = hash();
    writeFileSync(file, text);
    const list = path.join(site.root, 'sw.js');
    const worker = readFileSync(list, 'utf8').replace(/version:"[0-9a-f]+"/, `version:"${hash().slice(0, 16)}"`);
    expect(worker).toContain(old);
    writeFileSync(list, worker.replace(old, listed ? hash() : '0'.repeat(64)));
}

const renamed = (site) => readFileSync(path.join(site.root, 'index.html'), 'utf8').replace(/<title>[^<]*/, '<title>The next version');
const lookForUpdate = (page) => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = await registration.update().then(() => registration.installing ?? registration.waiting);
    if (!found) return 'none';
    while (!['installed', 'redundant'].includes(found.state)) {
        await new Promise((changed) => found.addEventListener('statechange', changed, { once: true }));
    }
    return found.state;
});

test('after one visit the lesson starts without a network', async ({ page, site }) => {
    await visit(page, site);
    site.state.offline = true;
    await page.goto('about:blank');
    await page.goto(site.address);
    await ready(page);
});

test('Python is not kept before it was used, and is there offline afterwards', async ({ page, site }) => {
    await visit(page, site);
    expect((await kept(page)).filter((name) => name.includes('python'))).toEqual([]);
    await page.evaluate(() => Promise.all(['worker.js', 'python.wasm', 'python313.zip'].map((name) => fetch(`python/${name}`))));
    await expect.poll(async () => (await kept(page)).filter((name) => name.includes('python')).length).toBe(3);
    site.state.offline = true;
    const size = await page.evaluate(async () => (await (await fetch('python/python.wasm')).arrayBuffer()).byteLength);
    expect(size).toBeGreaterThan(5_000_000);
});

test('a new version waits until the old page is closed, then serves', async ({ page, context, site }) => {
    await visit(page, site);
    const old = await page.title();
    change(site, 'index.html', renamed(site), { listed: true });
    expect(await lookForUpdate(page)).toBe('installed');
    await page.reload();
    await ready(page);
    expect(await page.title()).toBe(old);
    await page.close();
    await expect.poll(async () => {
        const next = await context.newPage();
        await next.goto(site.address);
        const found = await next.title();
        await next.close();
        return found;
    }).toBe('The next version');
});

test('a version whose files do not fit together is refused, and the old one goes on', async ({ page, site }) => {
    await visit(page, site);
    const old = await page.title();
    change(site, 'index.html', renamed(site), { listed: false });
    expect(await lookForUpdate(page)).toBe('redundant');
    site.state.offline = true;
    await page.reload();
    await ready(page);
    expect(await page.title()).toBe(old);
});

test.describe('below a folder', () => {
    test.use({ siteOptions: { base: '/courses/ai012/6/' } });
    test('the lesson starts, and starts again offline', async ({ page, site }) => {
        await visit(page, site);
        site.state.offline = true;
        await page.reload();
        await ready(page);
    });
});

test.describe('in a frame', () => {
    const around = (attributes) => ({ type: 'html', body: `<!doctype html><link rel="icon" href="data:,"><iframe ${attributes} src="index.html" width="700" height="500" title="lesson"></iframe>` });
    test.use({ siteOptions: {
        headers: { 'content-security-policy': `${strictPolicy}; frame-src 'self'`, 'access-control-allow-origin': '*' },
        extra: { '/frame.html': around('') },
    } });
    test('no service worker is registered', async ({ page, site }) => {
        await page.goto(`${site.origin}/frame.html`);
        const frame = page.frames()[1];
        await frame.waitForFunction(() => window.counterweight?.ready);
        await frame.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
        expect(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    });
});
