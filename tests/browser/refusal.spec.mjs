// The refusal lab, by role and name: asking, training real weights in the page, defending, the frontier, and what the
// learner takes along. The worker is also spoken to without the page: the weights it trains are the golden ones.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, shot, test } from './harness.mjs';
import { button, open, title } from './lesson.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const golden = readFileSync(new URL('../golden/tiny/live_30_steps.txt', import.meta.url), 'utf8').trim();

/** Opens the lab at one of its parts. */
async function openLab(page, site, part = 'Ask') {
    await open(page, site, 'refusal-lab');
    await title(page, 'The refusal lab');
    await choosePart(page, part);
}

async function choosePart(page, part) {
    const tab = page.getByRole('group', { name: 'Parts of the refusal lab' }).getByRole('button', { name: part, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-current', /./);
}

const choose = async (page, group, name) => {
    const radio = page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name, exact: true });
    await radio.check();
    await expect(radio).toBeChecked();
};
const meter = async (page, name) => Number(await page.getByRole('meter', { name, exact: true }).first().getAttribute('aria-valuenow'));
const startTraining = (page) => page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).last();
const trained = (page, run) => expect(page.getByText(new RegExp(`^Weight hash of run ${run}:`))).toBeAttached({ timeout: 45_000 });

/** The rows of the table of one figure, as texts. */
const rowsOf = (page, figure) => page.getByRole('figure', { name: figure, exact: true }).getByRole('table')
    .getByRole('row').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('[role=cell], [role=columnheader], td, th')]
        .map((cell) => cell.textContent)));

/** RFC 4180, as far as these files go. */
function csvRows(text) {
    const rows = [];
    for (const line of text.replace(/^\ufeff/, '').trimEnd().split('\r\n')) {
        const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
        rows.push(cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
    }
    return rows;
}

async function saveCsv(page, figure) {
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, `Save CSV: ${figure}`).click()]);
    return csvRows(readFileSync(await download.path(), 'utf8'));
}

test('nothing of the real model is fetched before the lab is shown', async ({ page, site }) => {
    const ofModel = () => site.sent.filter(({ path }) => /trainer\/|\.weights/.test(path)).length;
    await open(page, site);
    for (const slide of ['core-concepts', 'refusal-mechanism', 'vulnerability']) {
        await page.evaluate((id) => { location.hash = `#/${id}`; }, slide);
        await expect(page).toHaveURL(new RegExp(`#/${slide}$`));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    expect(ofModel()).toBe(0);
    await page.evaluate(() => { location.hash = '#/refusal-lab'; });
    await title(page, 'The refusal lab');
    await expect.poll(ofModel).toBeGreaterThan(0);
});

test('ask: a wrapping and a defence move the answer', async ({ page, site }) => {
    await openLab(page, site);
    await expect.poll(() => meter(page, 'P(refusal)')).toBeGreaterThan(60);
    expect(await meter(page, 'P(harmful_content)')).toBeLessThan(5);
    await choose(page, 'How it is wrapped', 'Role-play');
    await expect.poll(() => meter(page, 'P(harmful_content)')).toBeGreaterThan(50);
    await page.getByRole('checkbox', { name: /^Intent filter/ }).check();
    await expect.poll(() => meter(page, 'P(harmful_content)')).toBeLessThan(10);
    await expect(page.getByText(/^Blocked before the model answers: 9\d\.\d %$/)).toBeVisible();
    expect(await rowsOf(page, 'What moved the answer: log P(F)/P(R)')).toContainEqual(['Prior shift', expect.any(String)]);
    await choose(page, 'What is asked for', 'Everyday');
    await expect.poll(() => meter(page, 'P(refusal)')).toBeLessThan(5);
});

test('ask: real weights answer in every frame that their world has', async ({ page, site }) => {
    await openLab(page, site);
    await choose(page, 'Who answers?', 'Real weights');
    await expect(page.getByText('These weights are helpful-only: they have never been taught to refuse.')).toBeVisible();
    const frames = page.getByRole('radiogroup', { name: 'How it is wrapped' }).getByRole('radio');
    await expect(frames).toHaveCount(11);
    for (let i = 0; i < 11; ++i) {
        await frames.nth(i).check();
        await expect(frames.nth(i)).toBeChecked();
        const name = await frames.nth(i).evaluate((radio) => radio.getAttribute('aria-label') ?? radio.closest('label')?.textContent ?? '');
        if (name.includes('Multi-turn')) await expect(page.getByText(/has no multi-turn frame/)).toBeVisible();
        else await expect.poll(() => meter(page, 'P(harmful_content)')).toBeGreaterThan(90);
    }
});

test.describe('with no service worker that fetches ahead', () => {
    test.use({ serviceWorkers: 'block' });
    test('the bars of a slide give their numbers as table, CSV and PNG, and the code for it comes when they are asked for', async ({ page, site }) => {
        const fetched = (name) => site.sent.some(({ path }) => path.endsWith(name));
        await open(page, site, 'vulnerability');
        const figure = "The same harmful request twice, from the lesson's refusal simulator.";
        await expect.poll(() => meter(page, 'P(refusal), Without role-play')).toBeCloseTo(70, 0);
        expect(fetched('labs.wasm')).toBe(false);
        await button(page, `Table, CSV, PNG: ${figure}`).click();
        await expect(button(page, `Hide table: ${figure}`)).toBeFocused();
        const [head, ...rows] = await rowsOf(page, figure);
        expect(head).toEqual(['Scenario', 'P(refusal)', 'P(partial answer)', 'P(harmful_content)']);
        const thousandths = rows.map(([scenario, ...shares]) => [scenario, ...shares.map((share) => Number(share).toFixed(3))]);
        expect(thousandths).toEqual([['Without role-play', '0.700', '0.275', '0.025'], ['With role-play', '0.221', '0.099', '0.680']]);
        expect(await saveCsv(page, figure)).toEqual(await rowsOf(page, figure));
        const [download] = await Promise.all([page.waitForEvent('download'), button(page, `Save PNG: ${figure}`).click()]);
        expect(download.suggestedFilename()).toBe('bars-vulnerability-bars.png');
        await shot(page, 'bars-table');
        await page.evaluate(() => { location.hash = '#/refusal-lab'; });
        await title(page, 'The refusal lab');
        await expect(button(page, 'Show table: What you would get')).toBeVisible();
        expect(fetched('terminals.wasm')).toBe(false);
    });
});

test('training runs in the page to its end, and shows before and after', async ({ page, site }) => {
    await openLab(page, site, 'Train');
    await expect(startTraining(page)).toBeEnabled();
    await startTraining(page).click();
    await expect(page.getByText(/^Step \d+ of 100$/)).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Progress of the training' })).toHaveAttribute('aria-valuemax', '100');
    await trained(page, 1);
    const rows = await rowsOf(page, 'Before and after');
    expect(rows[0]).toEqual(['Measure', 'Before', 'After, run 1', '95 % interval']);
    const percent = (text) => Number(text.replace(' %', ''));
    const direct = rows.find(([name]) => name === 'Direct harmful request refused');
    expect(percent(direct[1])).toBeLessThan(10);
    expect(percent(direct[2])).toBeGreaterThan(90);
    const rolePlay = rows.find(([name]) => name === 'Jailbreak, role-play: answered');
    expect(percent(rolePlay[2])).toBeGreaterThan(90);
    expect((await rowsOf(page, 'Loss while training')).length).toBe(12);
    await expect(page.locator('#polite, #assertive').filter({ hasText: /done and measured.*refused in 100 % of cases, before in 0 %/ })).toHaveCount(1);
    await shot(page, 'refusal-trained');

    await choosePart(page, 'Ask');
    await choose(page, 'Who answers?', 'Real weights');
    await expect(page.getByRole('heading', { name: 'After training' })).toBeVisible();
    await choosePart(page, 'Frontier');
    await expect(page.getByText(/^Computing/)).toHaveCount(0);
    const points = await rowsOf(page, 'Helpfulness against harmlessness');
    expect(points).toContainEqual(['Your run of the real model', '1', ...Array(4).fill(expect.any(String))]);
});

test('training pauses, goes on, and is cancelled', async ({ page, site }) => {
    await openLab(page, site, 'Train');
    await button(page, 'All settings').click();
    await page.getByRole('slider', { name: 'Steps', exact: true }).press('End');
    await startTraining(page).click();
    await expect(page.getByText(/^Step \d+ of 400$/)).toBeVisible();
    await button(page, 'Pause').click();
    await expect(button(page, 'Go on')).toBeVisible();
    const step = page.getByText(/^Step \d+ of 400$/);
    await expect.poll(async () => { // what was on its way has come
        const before = await step.textContent();
        await page.evaluate(() => new Promise((done) => { setTimeout(done, 200); }));
        return before === await step.textContent();
    }).toBe(true);
    const paused = await step.textContent();
    await button(page, 'Go on').click();
    await expect(step).not.toHaveText(paused);
    await button(page, 'Cancel').click();
    await expect(startTraining(page)).toBeVisible();
    await expect(step).toHaveCount(0);
    await expect(page.getByRole('figure', { name: 'Before and after' })).toHaveCount(0);
    await choose(page, 'Experiments', 'Teach it to refuse'); // back to 100 steps
    await startTraining(page).click();
    await trained(page, 2);
});

test('the goal of the defence is kept across a reload', async ({ page, site }) => {
    await openLab(page, site, 'Defend');
    await expect(page.getByText('Not yet: change your layers.')).toBeVisible();
    await page.getByRole('checkbox', { name: /^Intent filter/ }).check();
    await expect(page.getByText(/Both goals are met/).first()).toBeVisible();
    await page.reload();
    await page.waitForFunction(() => window.counterweight?.ready === true);
    await expect(page.getByText(/Both goals are met/).first()).toBeVisible();
    await page.getByRole('checkbox', { name: /^Intent filter/ }).uncheck();
    await expect(page.getByText(/You have reached this goal before\./)).toBeVisible();
    await page.evaluate(() => { location.hash = '#/challenge'; });
    await expect(page.getByText(/met both goals in the refusal lab\. Intent filter: 1\.4 % of the attacks succeed/)).toBeVisible();
    await button(page, 'Open the scoreboard').click();
    await title(page, 'The refusal lab');
    await expect(page.getByText('Not yet: change your layers.')).toBeVisible();
});

test('tables and exports say what the chart says', async ({ page, site }) => {
    await openLab(page, site);
    for (const figure of ['What you would get', 'The Refusal Mechanism, step by step', 'What moved the answer: log P(F)/P(R)']) {
        await button(page, `Show table: ${figure}`).click();
        await expect(button(page, `Hide table: ${figure}`)).toBeVisible();
        expect(await saveCsv(page, figure)).toEqual(await rowsOf(page, figure));
    }
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save PNG: What you would get').click()]);
    expect(download.suggestedFilename()).toBe('refusal-result.png');
    const png = readFileSync(await download.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(200); // width
    await choosePart(page, 'Frontier');
    await expect(page.getByText(/^Computing/)).toHaveCount(0);
    const figure = 'Helpfulness against harmlessness';
    expect(await saveCsv(page, figure)).toEqual(await rowsOf(page, figure));
});

test('axe finds nothing in any part, before and after a training, with tables shown', async ({ page, site }) => {
    await openLab(page, site);
    await page.evaluate(axe);
    const check = async (what) => {
        const found = await page.evaluate(async () => (await window.axe.run(document, {
            rules: { 'color-contrast': { enabled: false } }, // the canvas's, tested in src/ui/theme.cpp's test
        })).violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ').slice(0, 300)}`));
        expect(found, what).toEqual([]);
    };
    await button(page, 'Show table: The Refusal Mechanism, step by step').click();
    await check('Ask');
    await choose(page, 'Who answers?', 'Real weights');
    await expect(page.getByRole('button', { name: 'Train it now' })).toBeVisible();
    await check('Ask, real weights');
    await choosePart(page, 'Train');
    await startTraining(page).click();
    await check('Train, while it trains');
    await trained(page, 1);
    await button(page, 'Show table: Before and after').click();
    for (const part of ['Train', 'Defend', 'Frontier', 'What this is']) {
        await choosePart(page, part);
        await check(part);
    }
});

test('the frontier computes to its end whenever it is opened', async ({ page, site }) => {
    await openLab(page, site, 'Defend');
    // Through a few ticks of the lesson's clock: one that came too early once stopped every later one.
    await expect.poll(() => page.evaluate(() => window.counterweight.nodes().find(({ path }) => path === 'header/time')?.name ??
        document.querySelector('[data-node="header/time"]')?.textContent)).toMatch(/00:0[3-9]/);
    await choosePart(page, 'Frontier');
    await expect(page.getByText(/^Computing/)).toHaveCount(0);
    await button(page, 'Keep this setting as a point').click();
    expect(await rowsOf(page, 'Helpfulness against harmlessness'))
        .toContainEqual(['Your kept setting', 'w_harm 8.5, β 1', ...Array(4).fill(expect.any(String))]);
});

for (const module of ['simd', 'scalar']) {
    test(`30 live steps in the worker give the golden weights, ${module}`, async ({ page, site }) => {
        await page.goto(site.address);
        const hash = await page.evaluate(async (code) => {
            const at = (path) => new URL(path, document.baseURI).href;
            const worker = new Worker(at('trainer/worker.js'));
            // Train of messages.hpp with the default settings: kind, run, steps, then LiveSettings field by field.
            const bytes = new DataView(new ArrayBuffer(128));
            let end = 0;
            const u32 = (value) => { bytes.setUint32(end, value, true); end += 4; };
            const f32 = (value) => { bytes.setFloat32(end, value, true); end += 4; };
            const f64 = (value) => { bytes.setFloat64(end, value, true); end += 8; };
            [1, 1, 30].forEach(u32);
            [1, 0].forEach(u32); // seed
            u32(16); // pairs a step
            [1e-4, 0.3, 0.1, 0.5].forEach(f64); // learning rate, beta, anchor, share of harm pairs
            [1, 1].forEach(f32); // weights of harmlessness and helpfulness
            [0, 0].forEach(f64); // caution, coverage
            [0x3e, 0x3f].forEach(u32); // frames covered, frames of help
            bytes.setUint8(end++, 1); // borderline pairs
            [0, 0.5].forEach(f64); // depth, text mixed in
            u32(16); // texts a step
            return new Promise((done, failed) => {
                worker.onerror = (event) => failed(new Error(event.message));
                worker.onmessage = ({ data }) => {
                    if (data.type === 'failed') failed(new Error(data.message));
                    if (data.type === 'ready') worker.postMessage({ type: 'tell', bytes: new Uint8Array(bytes.buffer, 0, end) });
                    if (data.type !== 'report') return;
                    const report = new DataView(data.bytes.buffer, data.bytes.byteOffset, data.bytes.byteLength);
                    if (report.getUint32(0, true) !== 3) return; // Trained
                    worker.terminate();
                    done(report.getBigUint64(report.byteLength - 8, true).toString(16).padStart(16, '0'));
                };
                worker.postMessage({ type: 'open', simd: at(`trainer/${code}.wasm`), scalar: at(`trainer/${code}.wasm`),
                    weights: at('assets/lessons/ai012-06/tiny.weights') });
            });
        }, module);
        expect(hash).toBe(golden);
    });
}
