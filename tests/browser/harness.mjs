// What browser tests share: a server for the packed site with a strict Content-Security-Policy, the system's Chromium
// with software WebGL, and a watch over every page: an uncaught error, an error in the console (a policy violation is
// one) or a request to another origin fails the test.
//
//   import { expect, shot, test } from './harness.mjs';
//   test('the first slide is shown', async ({ page, site }) => {
//       await page.goto(site.address);
//       await shot(page, 'first-slide');                       // build/screenshots/first-slide.png
//   });
//   test.use({ siteOptions: { base: '/a/b/' } });              // server options: shell/pack/server.mjs
//   test.use({ allowedErrors: [/favicon/] });                  // console errors that a test provokes on purpose
//   test.use({ launchOptions: withoutWebGL });                 // for a whole file
import { test as base } from '@playwright/test';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../shell/pack/server.mjs';

export { expect } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const siteFolder = process.env.SITE ?? path.join(root, 'build/site');
export const screenshotFolder = path.join(root, 'build/screenshots');

/** The policy that the site must work under. */
export const strictPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:";

function chromium() {
    const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
    const found = places.find((place) => place && existsSync(place));
    if (!found) throw new Error('no Chromium was found: set CHROMIUM to its path');
    return found;
}

const common = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'];
if (process.getuid?.() === 0) common.push('--no-sandbox');

export const launchOptions = {
    executablePath: chromium(),
    args: [...common, '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
};
export const withoutWebGL = { executablePath: launchOptions.executablePath, args: [...common, '--disable-3d-apis'] };

export const test = base.extend({
    siteOptions: [{}, { option: true }],
    allowedErrors: [[], { option: true }],

    // The running server, with `sent`: everything it answered so far.
    site: async ({ siteOptions }, use) => {
        const sent = [];
        const server = await startServer({
            root: siteFolder,
            headers: { 'content-security-policy': strictPolicy },
            log: (entry) => sent.push(entry),
            ...siteOptions,
        });
        await use({ ...server, sent });
        await server.close();
    },

    watched: [async ({ context, site, allowedErrors }, use) => {
        const problems = [];
        const note = (text) => { if (!allowedErrors.some((allowed) => allowed.test(text))) problems.push(text); };
        context.on('weberror', (event) => note(`uncaught: ${event.error().stack ?? event.error()}`));
        context.on('console', (message) => { if (message.type() === 'error') note(`console: ${message.text()}`); });
        context.on('request', (request) => {
            const url = new URL(request.url());
            if (/^https?:$/.test(url.protocol) && url.hostname !== 'localhost') note(`request to another host: ${url}`);
        });
        await use(problems);
        base.expect(problems, 'errors that no test expected').toEqual([]);
    }, { auto: true }],
});

/** Saves a screenshot for people to look at. @param {import('@playwright/test').Page} page @param {string} name */
export async function shot(page, name, options = {}) {
    mkdirSync(screenshotFolder, { recursive: true });
    await page.screenshot({ path: path.join(screenshotFolder, `${name}.png`), animations: 'disabled', ...options });
}
