// How it looks: screenshots of every slide for people (build/screenshots), and what a program can check of them:
// axe, text over controls, canvas and DOM in the same place, nothing beyond the page's width.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, shot, test } from './harness.mjs';
import { button, open, settled, slides } from './lesson.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { phone: [360, 740], tablet: [800, 1000], desktop: [1280, 800], wide: [1920, 1080] };

for (const [name, [width, height]] of Object.entries(sizes)) {
    for (const scheme of ['light', 'dark']) {
        test(`every slide, ${name}, ${scheme}`, async ({ browser, site }) => {
            const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
            const page = await context.newPage();
            await open(page, site);
            for (const slide of slides) {
                await page.evaluate((id) => { location.hash = `#/${id}`; }, slide);
                await settled(page);
                await shot(page, `${name}-${scheme}-${slide}`);
                const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                expect(beyond, `${slide} is wider than the page`).toBeLessThanOrEqual(0);
            }
            await context.close();
        });
    }
}

test('200 % zoom and a dense screen', async ({ browser, site }) => {
    const context = await browser.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    const page = await context.newPage();
    for (const slide of ['conflict', 'question-1', 'lab']) {
        await open(page, site, slide);
        await settled(page);
        await shot(page, `zoomed-${slide}`);
        const canvas = await page.evaluate(() => {
            const { width, clientWidth } = document.querySelector('#screen');
            return width / clientWidth;
        });
        expect(canvas).toBeCloseTo(2, 1);
    }
    await context.close();
});

test('forced colours take the system palette', async ({ browser, site }) => {
    const context = await browser.newContext({ forcedColors: 'active', colorScheme: 'dark' });
    const page = await context.newPage();
    await open(page, site, 'vulnerability');
    await settled(page);
    await shot(page, 'forced-colours-vulnerability');
    await context.close();
});

test('axe finds nothing on any slide, drawn or read', async ({ page, site }) => {
    await open(page, site);
    await page.evaluate(axe);
    for (const reading of [false, true]) {
        if (reading) await button(page, 'Reading view').click();
        for (const slide of slides) {
            await page.evaluate((id) => { location.hash = `#/${id}`; }, slide);
            await settled(page);
            const found = await page.evaluate(async () => (await window.axe.run(document, {
                // The drawn text's contrast is the canvas's, which axe cannot see: src/ui/theme.cpp is tested for it.
                rules: { 'color-contrast': { enabled: document.querySelector('#app').className === 'reading' } },
            })).violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ').slice(0, 300)}`));
            expect(found, `${slide}${reading ? ' (reading view)' : ''}`).toEqual([]);
        }
    }
});

test('the DOM lies where the canvas draws: ink of a heading is inside its element', async ({ page, site }) => {
    await open(page, site, 'core-concepts');
    await settled(page);
    const box = await page.getByRole('heading', { level: 1 }).boundingBox();
    const inside = await page.screenshot({ clip: box });
    const beside = await page.screenshot({ clip: { ...box, y: box.y + box.height + 2, height: 8 } });
    expect(inside.length).toBeGreaterThan(beside.length * 2); // letters do not compress, blank ground does
});

test('the DOM and the engine agree on the palette', async ({ page, site }) => {
    await open(page, site, 'core-concepts');
    await settled(page);
    const png = await page.screenshot({ clip: { x: 700, y: 600, width: 1, height: 1 } });
    expect(png.length).toBeGreaterThan(0);
    const ground = await page.evaluate(async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
        const canvas = document.createElement('canvas');
        const context = canvas.getContext('2d');
        context.drawImage(bitmap, 0, 0);
        const drawn = [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        const page = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
        return { drawn, page };
    }, [...png]);
    expect(ground.drawn).toEqual(ground.page);
});
