// The page around the lesson: policies, sub-paths, frames, missing WebGL, WebAssembly or JavaScript, damaged storage,
// other lessons, broken lessons.
import { crc32 } from 'node:zlib';
import { expect, strictPolicy, test } from './harness.mjs';
import { button, open, saved, storageKey, title } from './lesson.mjs';

test('nothing moves while nothing happens', async ({ page, site }) => {
    await open(page, site, 'summary');
    const frames = () => page.evaluate(() => window.counterweight.frames);
    await page.waitForFunction(() => {
        const now = window.counterweight.frames;
        const still = window.lastFrames === now;
        window.lastFrames = now;
        return still;
    }, null, { polling: 1500, timeout: 90_000 });
    const before = await frames();
    await page.waitForTimeout(3000); // the measured span itself
    expect(await frames()).toBe(before);
});

for (const base of ['/', '/courses/7/unit-2/']) {
    test(`plays at ${base} under the strict policy, from its own files only`, async ({ browser }) => {
        const { startServer } = await import('../../shell/pack/server.mjs');
        const { siteFolder } = await import('./harness.mjs');
        const server = await startServer({ root: siteFolder, base, headers: { 'content-security-policy': strictPolicy } });
        const page = await browser.newPage();
        const violations = [];
        page.on('console', (message) => { if (message.type() === 'error') violations.push(message.text()); });
        await page.goto(server.address);
        await page.waitForFunction(() => window.counterweight?.ready);
        await title(page, 'The Conflict of Alignment: Helpfulness vs. Harmlessness');
        expect(await page.evaluate(() => document.cookie)).toBe('');
        expect(violations).toEqual([]);
        await page.close();
        await server.close();
    });
}

test('plays in a frame, small or large', async ({ page, site }) => {
    await page.route('**/course.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Course</title>' }));
    await page.goto(`${site.address}course.html`); // a course page, whose policy is not ours
    for (const [width, height] of [[300, 420], [640, 360], [1000, 700]]) {
        await page.evaluate(([address, w, h]) => {
            document.body.innerHTML = '';
            const frame = document.createElement('iframe');
            frame.width = w;
            frame.height = h;
            frame.title = 'Lesson';
            frame.src = `${address}#/core-concepts`;
            document.body.append(frame);
        }, [site.address, width, height]);
        const frame = page.frameLocator('iframe');
        await expect(frame.getByRole('heading', { level: 1, name: 'Core Concepts' })).toBeVisible();
        await frame.getByRole('button', { name: 'Next', exact: true }).click();
        await expect(frame.getByRole('heading', { level: 1, name: 'The Refusal Mechanism' })).toBeVisible();
    }
});

test('the reading view is the same lesson as plain HTML, and keeps what was done', async ({ page, site }) => {
    await open(page, site, 'question-1');
    await page.getByRole('radio').nth(1).check();
    await button(page, 'Reading view').click();
    await expect(page.locator('#screen')).toBeHidden();
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
    await button(page, 'Check answer').click();
    await expect(page.getByRole('status')).toContainText('Correct.');
    const colour = await page.getByRole('heading', { level: 1 }).evaluate((element) => getComputedStyle(element).color);
    expect(colour).not.toMatch(/, 0\)$/); // not transparent
    await page.reload();
    await page.waitForFunction(() => window.counterweight?.ready);
    await expect(page.locator('#screen')).toBeHidden();
    await button(page, 'Reading view').click();
    await expect(page.locator('#screen')).toBeVisible();
});

test('a lost WebGL context falls back to the reading view and comes back', async ({ page, site }) => {
    await open(page, site, 'core-concepts');
    await page.evaluate(() => {
        window.lose = document.querySelector('#screen').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.lose.loseContext();
    });
    await expect(page.locator('#screen')).toBeHidden();
    await title(page, 'Core Concepts');
    await page.evaluate(() => window.lose.restoreContext());
    await expect(page.locator('#screen')).toBeVisible();
});

test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test('the text of the lesson is there', async ({ page, site }) => {
        await page.goto(site.address);
        await expect(page.getByRole('heading', { name: 'Core Concepts' })).toBeVisible();
        await expect(page.getByText('The core conflict arises when a user request')).toBeVisible();
    });
});

test.describe('without WebAssembly', () => {
    test.use({
        siteOptions: { headers: { 'content-security-policy': strictPolicy.replace(" 'wasm-unsafe-eval'", '') } },
        allowedErrors: [/WebAssembly/, /wasm/i, /Aborted/, /Content Security Policy/],
    });
    test('the text of the lesson stays, and the page says what happened', async ({ page, site }) => {
        await page.goto(site.address);
        await expect(page.getByRole('alert')).toBeVisible();
        await expect(page.getByText('The core conflict arises when a user request')).toBeVisible();
    });
});

for (const [name, state] of Object.entries({
    'noise': 'not a state at all', 'empty base64': '====', 'foreign': JSON.stringify({ some: 'other program' }),
})) {
    test(`a damaged saved state (${name}) starts clean, keeps the old one and says so`, async ({ page, site }) => {
        await page.addInitScript(([key, value]) => { localStorage.setItem(key, value); }, [storageKey, state]);
        await open(page, site);
        await title(page, 'The Conflict of Alignment: Helpfulness vs. Harmlessness');
        await expect(page.getByText(/The old record is kept/).first()).toBeVisible();
        expect(await page.evaluate((key) => localStorage.getItem(`${key}:unreadable`), storageKey)).toBe(state);
    });
}

test('a real saved state with one character changed is recognised as damaged', async ({ page, site }) => {
    await open(page, site, 'question-1');
    await page.getByRole('radio').nth(1).check();
    const state = await saved(page);
    const middle = Math.floor(state.length / 2);
    const broken = state.slice(0, middle) + (state[middle] === 'A' ? 'B' : 'A') + state.slice(middle + 1);
    await page.addInitScript(([key, value]) => { localStorage.setItem(key, value); }, [storageKey, broken]);
    await page.reload();
    await page.waitForFunction(() => window.counterweight?.ready);
    await expect(page.getByText(/The old record is kept/).first()).toBeVisible();
});

test('a saved state of a newer version is kept, and the lesson says why it starts clean', async ({ page, site }) => {
    await open(page, site, 'question-1');
    await page.getByRole('radio').nth(1).check();
    const bytes = Buffer.from(await saved(page), 'base64url');
    bytes[2] = 200; // "Cw", then the version
    bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    const future = bytes.toString('base64url');
    await page.addInitScript(([key, value]) => { localStorage.setItem(key, value); }, [storageKey, future]);
    await page.reload();
    await page.waitForFunction(() => window.counterweight?.ready);
    await expect(page.getByText(/written by a newer version.*The old record is kept/).first()).toBeVisible();
    expect(await page.evaluate((key) => localStorage.getItem(`${key}:unreadable`), storageKey)).toBe(future);
});

test('another lesson plays in the same engine', async ({ page, site }) => {
    await open(page, site, '', '?lesson=sample');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('AI012 Lesson 6')).toHaveCount(0);
});

test('a broken lesson shows its findings with line, column and pointer', async ({ page, site }) => {
    await open(page, site, '', '?lesson=broken-example');
    await expect(page.getByText(/^\d+:\d+\s+\/slides/).first()).toBeVisible();
});

test.describe('a lesson that is not there', () => {
    test.use({ allowedErrors: [/404|Failed to load resource/] });
    test('says so', async ({ page, site }) => {
        await page.goto(`${site.address}?lesson=no-such-lesson`);
        await expect(page.getByRole('heading', { level: 1, name: 'This lesson cannot be shown' })).toBeVisible();
    });
});

test('text can be selected and copied, formulas and all', async ({ page, site }) => {
    await open(page, site, 'refusal-mechanism');
    const text = await page.evaluate(() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('main ol'));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return String(getSelection());
    });
    expect(text).toContain('Instruction Processing: The model evaluates the user\'s prompt');
});
