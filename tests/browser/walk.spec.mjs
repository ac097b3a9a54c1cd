// The lesson from beginning to end: by role and name, by keyboard alone, through reloads and the address bar.
import { expect, test } from './harness.mjs';
import { answers, button, open, saved, slides, title } from './lesson.mjs';

test('the lesson is completed by role and name alone', async ({ page, site }) => {
    await open(page, site);
    await title(page, 'The Conflict of Alignment: Helpfulness vs. Harmlessness');
    await expect(page.getByText('Alignment is the process of ensuring')).toBeVisible();
    await button(page, 'Next').click();
    await title(page, 'Core Concepts');
    await button(page, 'Next').click();
    await title(page, 'The Refusal Mechanism');
    await expect(page.locator('math').first()).toBeVisible();
    await expect(page.getByRole('meter', { name: /^P\(refusal\)/ }).first()).toBeVisible();

    for (const [slide, answer] of Object.entries(answers)) {
        await page.evaluate((id) => { location.hash = `#/${id}`; }, slide);
        await button(page, 'Check answer').click();
        await expect(page.getByText('Choose an answer first.').first()).toBeAttached();
        const wrong = page.getByRole('radio').last();
        await wrong.check();
        await button(page, 'Check answer').click();
        await expect(page.getByRole('status')).toContainText('Not yet.');
        await button(page, 'Try again').click();
        await page.getByRole('radio', { name: answer, exact: true }).check();
        await button(page, 'Check answer').click();
        await expect(page.getByRole('status')).toContainText('Correct.');
    }

    await page.evaluate(() => { location.hash = '#/challenge'; });
    await expect(page.getByRole('img')).toBeVisible();
    for (const [index, text] of ['The role-play hides the intent.', 'Classify the intent before answering.'].entries()) {
        await page.getByRole('textbox', { name: `Your answer to Task ${index + 1}` }).fill(text);
        await button(page, 'Submit answer').first().click();
        await expect(page.getByRole('heading', { name: 'Solution' })).toHaveCount(index + 1);
        await page.getByRole('checkbox').first().check();
        await expect(page.getByRole('checkbox').first()).toBeChecked();
    }

    await page.evaluate(() => { location.hash = '#/summary'; });
    await title(page, 'Summary');
    await expect(page.getByRole('main')).toContainText('2 of 2');
});

test('the outline leads to every slide and says which one is open', async ({ page, site }) => {
    await open(page, site);
    const outline = page.getByRole('navigation', { name: 'Lesson outline' });
    await outline.getByRole('button', { name: 'Question 2' }).click();
    await title(page, 'Question 2');
    await expect(outline.getByRole('button', { name: 'Question 2' })).toHaveAttribute('aria-current', /./);
    await expect(outline.locator('[aria-current]')).toHaveCount(1);
    await expect(page.getByRole('progressbar', { name: 'Lesson progress' })).toBeVisible();
});

test('the keyboard alone goes through the lesson, and is nowhere trapped', async ({ page, site }) => {
    await open(page, site, 'question-1');
    const focused = () => page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.closest('[data-node]')?.dataset.node ?? activeElement?.tagName;
    });
    const seen = [];
    for (let i = 0; i < 40; ++i) {
        await page.keyboard.press('Tab');
        const node = await focused();
        if (node === 'BODY' && seen.length > 5) break;
        seen.push(node);
    }
    expect(seen).toContain('nav/next');
    expect(seen).toContain('quiz/q1/check');
    expect(seen.some((node) => node.startsWith('quiz/q1/'))).toBe(true);

    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
    await button(page, 'Check answer').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toContainText('Correct.');
    await button(page, 'Next').focus();
    await page.keyboard.press('Space');
    await title(page, 'Question 2');
    await page.keyboard.press('ArrowLeft'); // the slide's heading has the focus
    await title(page, 'Question 1');
    await page.keyboard.press('ArrowRight');
    await title(page, 'Question 2');
});

test('letters typed on the page change nothing', async ({ page, site }) => {
    await open(page, site, 'core-concepts');
    const before = await page.evaluate(() => JSON.stringify(window.counterweight.nodes()
        .filter((node) => node.path !== 'header/time').map((node) => [node.path, node.flags, node.value])));
    for (const key of 'abcdefghijklmnopqrstuvwxyz123') await page.keyboard.press(key);
    const after = await page.evaluate(() => JSON.stringify(window.counterweight.nodes()
        .filter((node) => node.path !== 'header/time').map((node) => [node.path, node.flags, node.value])));
    expect(after).toBe(before);
});

test('deep links, back and forward', async ({ page, site }) => {
    await open(page, site, 'vulnerability');
    await title(page, 'The Vulnerability');
    await button(page, 'Previous').click();
    await title(page, 'The Refusal Mechanism');
    await expect(page).toHaveURL(/#\/refusal-mechanism$/);
    await page.goBack();
    await title(page, 'The Vulnerability');
    await page.goForward();
    await title(page, 'The Refusal Mechanism');
    await page.evaluate(() => { location.hash = '#/no-such-slide'; });
    await title(page, 'The Refusal Mechanism');
});

test('a reload comes back to the same place with everything done', async ({ page, site }) => {
    await open(page, site, 'question-2');
    await page.getByRole('radio', { name: answers['question-2'], exact: true }).check();
    await button(page, 'Check answer').click();
    await page.evaluate(() => { location.hash = '#/challenge'; });
    const answer = page.getByRole('textbox', { name: 'Your answer to Task 1' });
    await answer.fill('An unfinished thought, 漢字 and emoji 🙂');
    await page.reload();
    await page.waitForFunction(() => window.counterweight?.ready);
    await title(page, 'Challenge: The Grandmother Loophole');
    await expect(answer).toHaveValue('An unfinished thought, 漢字 and emoji 🙂');
    expect((await saved(page)).length).toBeLessThanOrEqual(4096);
    await page.evaluate(() => { location.hash = '#/question-2'; });
    await expect(page.getByRole('status')).toContainText('Correct.');
});

test('start over asks, clears, and can be undone', async ({ page, site }) => {
    await open(page, site, 'question-1');
    await page.getByRole('radio', { name: answers['question-1'], exact: true }).check();
    await button(page, 'Check answer').click();
    await page.evaluate(() => { location.hash = '#/summary'; });
    await expect(page.getByRole('main')).toContainText('1 of 2');
    await button(page, 'Start over').click();
    await button(page, 'Keep everything').click();
    await expect(page.getByRole('main')).toContainText('1 of 2');
    await button(page, 'Start over').click();
    await button(page, 'Yes, start over').click();
    await title(page, 'The Conflict of Alignment: Helpfulness vs. Harmlessness');
    await button(page, 'Undo').click();
    await page.evaluate(() => { location.hash = '#/summary'; });
    await expect(page.getByRole('main')).toContainText('1 of 2');
});

test('announcements: one for each slide, verdict and submission, and the focus goes to the heading', async ({ page, site }) => {
    await open(page, site);
    await button(page, 'Next').click();
    await expect(page.locator('h1')).toBeFocused();
    await expect.poll(() => page.evaluate(() => window.counterweight.log.length)).toBe(1);
    await page.evaluate(() => { location.hash = '#/question-1'; });
    await page.getByRole('radio').first().check();
    const before = await page.evaluate(() => window.counterweight.log.length);
    await button(page, 'Check answer').click();
    await expect.poll(() => page.evaluate(() => window.counterweight.log.length)).toBe(before + 1);
    await expect(page.locator('#polite, #assertive').filter({ hasText: 'Not yet.' })).toHaveCount(1);
});

test('every slide of the list is in the lesson', async ({ page, site }) => {
    await open(page, site);
    const outline = page.getByRole('navigation', { name: 'Lesson outline' }).getByRole('button');
    expect(await outline.count()).toBeGreaterThanOrEqual(slides.length);
});
