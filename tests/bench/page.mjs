// What the packed page costs, in one run: bytes, requests, start beside the same lesson as static HTML, idleness, the
// frame of every slide, saved state. Bytes, requests and idle frames have budgets, and breaking one ends with status 1;
// times are only printed, as they belong to the machine.
//
//   node tests/bench/page.mjs               everything, about a minute
//   node tests/bench/page.mjs --bytes-only  the budgets of bytes and requests, without timing
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchOptions, siteFolder, strictPolicy } from '../browser/harness.mjs';
import { startServer } from '../../shell/pack/server.mjs';

const { chromium } = createRequire(new URL('../browser/package.json', import.meta.url))('playwright-core');

const budget = { bytes: 200_000, requests: 6, idleFrames: 0, lab: 175_000, labCode: 150_000 };
const runs = 5;
const idleMs = 10_000;
const viewport = { width: 1280, height: 800 };
const bytesOnly = process.argv.includes('--bytes-only');

const broken = [];
const must = (holds, what) => { if (!holds) broken.push(what); };
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

// Before any script of the page: counts animation frames and times their callbacks, and notes when the page is usable.
function watch() {
    const seen = { usable: 0, asked: 0, callbacks: [] };
    window.seen = seen;
    const original = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => {
        seen.asked += 1;
        return original((time) => {
            const start = performance.now();
            callback(time);
            seen.callbacks.push(performance.now() - start);
        });
    };
    const isReady = () => window.counterweight?.ready || (document.readyState === 'complete' && !document.querySelector('script'));
    const timer = setInterval(() => {
        if (!isReady()) return;
        clearInterval(timer);
        setTimeout(() => { seen.usable = performance.now(); }, 0);
    }, 4);
}

const sent = [];
const page = readFileSync(path.join(siteFolder, 'index.html'), 'utf8');
const still = page.replace(/<script[^>]*><\/script>/g, '').replace(/<link rel="(modulepreload|preload)"[^>]*>/g, '');
const server = await startServer({
    root: siteFolder,
    headers: { 'content-security-policy': strictPolicy },
    extra: { '/static.html': { type: 'html', body: still } },
    log: (entry) => sent.push(entry),
});
const browser = await chromium.launch(launchOptions);

// One visit in a fresh profile, ended by `then`. The service worker fetches for later, so it is left out of the start.
async function visit(name, then = async () => {}, serviceWorkers = 'block') {
    sent.length = 0;
    const context = await browser.newContext({ viewport, serviceWorkers });
    const tab = await context.newPage();
    await tab.addInitScript(watch);
    await tab.goto(server.address + name);
    await tab.waitForFunction(() => window.seen.usable > 0, undefined, { timeout: 60_000 });
    const untilReady = [...sent];
    await tab.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const times = await tab.evaluate(() => ({
        content: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        usable: Math.max(window.seen.usable, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    }));
    const more = await then(tab);
    await context.close();
    return { ...times, sent: untilReady, more };
}

function reportBytes(visited) {
    console.log('cold start (bytes as sent, brotli)');
    for (const entry of visited.sent) console.log(`  ${String(entry.bytes).padStart(8)}  ${entry.coding.padEnd(2)}  ${entry.path}`);
    const total = bytesOf(visited.sent);
    console.log(`  ${String(total).padStart(8)}  in ${visited.sent.length} requests (budgets: ${budget.bytes}, ${budget.requests})`);
    must(total <= budget.bytes, `cold start is ${total} bytes, more than ${budget.bytes}`);
    must(visited.sent.length <= budget.requests, `cold start takes ${visited.sent.length} requests, more than ${budget.requests}`);
    must(visited.sent.every((entry) => !entry.path.includes('/python/')), 'Python is fetched before it is needed');
    must(visited.sent.every((entry) => entry.status === 200), 'a request of the cold start fails');
}

// What follows in the background, so that the next visit needs no network.
async function reportOffline() {
    const { more } = await visit('', async (tab) => {
        await tab.evaluate(() => navigator.serviceWorker.ready);
        await tab.waitForTimeout(1000);
        return [...sent];
    }, 'allow');
    const bytes = bytesOf(more);
    console.log(`  ${String(bytes).padStart(8)}  in ${more.length} requests with the service worker's, which come after the start`);
    must(more.every((entry) => !entry.path.includes('/python/')), 'the service worker fetches Python before it is needed');
}

const bytesOf = (entries) => entries.reduce((sum, entry) => sum + entry.bytes, 0);

// What the refusal lab costs, once its slide is shown; the rest of that are words, prompts and metrics.
async function reportLab() {
    const ofModel = (/** @type {{path: string}} */ { path }) => /trainer\/|\.weights/.test(path);
    const { more } = await visit('#/refusal-lab', async (tab) => {
        for (let tries = 0; tries < 400 && sent.filter(ofModel).length < 3; tries++) await tab.waitForTimeout(50);
        return [...sent];
    });
    const lab = more.filter((entry) => ofModel(entry) || /\/labs\./.test(entry.path));
    console.log(`  ${String(bytesOf(lab)).padStart(8)}  in ${lab.length} requests for the refusal lab (budget: ${budget.lab})`);
    must(bytesOf(lab) <= budget.lab, `the refusal lab is ${bytesOf(lab)} bytes, more than ${budget.lab}`);
    must(more.every((entry) => !entry.path.includes('terminals')), 'the refusal lab fetches the terminals');
    const code = lab.filter((entry) => ofModel(entry) || entry.path.includes('labs.wasm'));
    console.log(`  ${String(bytesOf(code)).padStart(8)}  in ${code.length} of them for weights and code (budget: ${budget.labCode})`);
    must(code.length === 4, `weights and code take ${code.length} requests, not the lab's and the worker's modules, worker and weights`);
    must(bytesOf(code) <= budget.labCode, `weights and code are ${bytesOf(code)} bytes, more than ${budget.labCode}`);
}

async function reportTimes() {
    const visits = { lesson: [], static: [] };
    for (let run = 0; run < runs; run++) { // interleaved, so that the machine's noise falls on both alike
        visits.static.push(await visit('static.html'));
        visits.lesson.push(await visit(''));
    }
    console.log(`\nstart (medians of ${runs}, interleaved)   lesson   static HTML   ratio`);
    for (const [title, key] of [['first content', 'content'], ['usable', 'usable']]) {
        const [lesson, html] = [visits.lesson, visits.static].map((list) => median(list.map((one) => one[key])));
        console.log(`  ${title.padEnd(35)} ${ms(lesson).padStart(8)} ${ms(html).padStart(12)} ${(lesson / html).toFixed(2).padStart(8)}`);
    }
}

// Nothing may happen while nothing happens: no frame asked for or drawn, no request, no work.
async function watchIdle(tab) {
    await tab.waitForTimeout(3000); // the start's own work (service worker, caches) has ended
    const session = await tab.context().newCDPSession(tab);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const state = async () => ({
        ...await tab.evaluate(() => ({ drawn: window.counterweight.frames, asked: window.seen.asked })),
        busy: (await session.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value,
        requests: sent.length,
    });
    const before = await state();
    await tab.waitForTimeout(idleMs);
    const after = await state();
    return {
        drawn: after.drawn - before.drawn,
        asked: after.asked - before.asked,
        busy: (after.busy - before.busy) * 1000,
        requests: after.requests - before.requests,
    };
}

async function reportIdle(name, title) {
    const { more } = await visit(name, watchIdle, 'allow');
    console.log(`  ${title.padEnd(20)} ${more.drawn} frames drawn, ${more.asked} asked for, ${more.requests} requests, ` +
        `${ms(more.busy)} of the main thread`);
    must(more.drawn <= budget.idleFrames, `${title}: ${more.drawn} frames drawn in ${idleMs / 1000} s idle`);
    must(more.asked <= budget.idleFrames, `${title}: ${more.asked} frames asked for in ${idleMs / 1000} s idle`);
    must(more.requests === 0, `${title}: ${more.requests} requests while idle`);
}

// The animation frames that pointer movements lead to, one slide after the other.
async function measureFrames(tab, slides) {
    const costs = [];
    for (const slide of slides) {
        await tab.evaluate((id) => { location.hash = `#/${id}`; }, slide);
        await tab.waitForTimeout(300);
        await tab.evaluate(() => { window.seen.callbacks.length = 0; });
        for (let step = 0; step < 40; step++) await tab.mouse.move(200 + step * 15, 150 + step * 10);
        const callbacks = await tab.evaluate(() => window.seen.callbacks);
        if (callbacks.length > 0) costs.push({ slide, frames: callbacks.length, cost: median(callbacks) });
    }
    const stored = await tab.evaluate(() => Object.entries(localStorage).map(([key, value]) => [key, value.length]));
    return { costs, stored };
}

async function reportFrames(slides) {
    const { more } = await visit('', (tab) => measureFrames(tab, slides));
    console.log('\nframe, pointer moving (median; software GL)');
    for (const { slide, frames, cost } of more.costs) console.log(`  ${ms(cost).padStart(9)}  ${slide} (${frames} frames)`);
    const heaviest = more.costs.reduce((a, b) => (b.cost > a.cost ? b : a), { slide: 'none', cost: 0 });
    console.log(`  heaviest: ${heaviest.slide}, ${ms(heaviest.cost)}`);
    console.log('\nsaved state');
    for (const [key, size] of more.stored) console.log(`  ${String(size).padStart(6)} characters  ${key}`);
}

// Times the engine's frames, without what software GL makes of them: that is the machine's business.
function timeFrames() {
    window.frameTimes = [];
    let painting = 0;
    for (const name of ['drawElements', 'bufferData', 'bufferSubData', 'texSubImage2D', 'texImage2D', 'clear']) {
        const original = WebGL2RenderingContext.prototype[name];
        WebGL2RenderingContext.prototype[name] = function timed(...values) {
            const start = performance.now();
            original.apply(this, values);
            painting += performance.now() - start;
        };
    }
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => request((time) => {
        const start = performance.now();
        painting = 0;
        callback(time);
        window.frameTimes.push(performance.now() - start - painting);
    });
}

// The refusal lab's live training: 100 steps and their measuring, in a worker beside the page.
async function reportTraining() {
    const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
    const tab = await context.newPage();
    await tab.addInitScript(timeFrames);
    await tab.goto(`${server.address}#/refusal-lab`);
    await tab.getByRole('group', { name: 'Parts of the refusal lab' }).getByRole('button', { name: 'Train', exact: true }).click();
    const start = tab.getByRole('main').getByRole('button', { name: 'Train', exact: true }).last();
    await start.click({ trial: true });
    await tab.evaluate(() => { window.frameTimes.length = 0; });
    const begin = performance.now();
    await start.click();
    await tab.getByText(/^Weight hash of run 1:/).waitFor({ state: 'attached', timeout: 120_000 });
    const took = performance.now() - begin;
    const frames = await tab.evaluate(() => window.frameTimes);
    console.log(`\nlive training: ${ms(took)} for 100 steps and their measuring; ${frames.length} frames meanwhile, ` +
        `the slowest ${ms(Math.max(...frames))} without GL (aims: 5000 ms, 50 ms)`);
    await context.close();
}

try {
    reportBytes(await visit(''));
    await reportOffline();
    await reportLab();
    if (!bytesOnly) {
        const name = /<html[^>]* data-lesson="([^"]+)"/.exec(page)[1];
        const slides = JSON.parse(readFileSync(path.join(siteFolder, 'assets/lessons', name, 'lesson.json'), 'utf8')).slides.map((slide) => slide.id);
        await reportTimes();
        console.log(`\nidle for ${idleMs / 1000} s`);
        await reportIdle('', 'first slide');
        await reportIdle('#/lab', 'lab');
        await reportFrames(slides);
        await reportTraining();
    }
} finally {
    await browser.close();
    await server.close();
}
for (const what of broken) console.log(`BROKEN: ${what}`);
if (broken.length > 0) process.exitCode = 1;
else console.log('\nall budgets hold');
