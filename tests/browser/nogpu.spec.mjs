// A browser without WebGL: the whole lesson as plain HTML.
import { expect, test, withoutWebGL } from './harness.mjs';
import { answers, button, open, title } from './lesson.mjs';

test.use({ launchOptions: withoutWebGL });

test('without WebGL the lesson is the reading view, and everything in it works', async ({ page, site }) => {
    await open(page, site);
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
    await expect(page.locator('#screen')).toBeHidden();
    await title(page, 'The Conflict of Alignment: Helpfulness vs. Harmlessness');
    await button(page, 'Next').click();
    await title(page, 'Core Concepts');
    await page.evaluate(() => { location.hash = '#/question-1'; });
    await page.getByRole('radio', { name: answers['question-1'], exact: true }).check();
    await button(page, 'Check answer').click();
    await expect(page.getByRole('status')).toContainText('Correct.');
    await page.evaluate(() => { location.hash = '#/lab'; });
    await page.getByRole('textbox', { name: 'Terminal input' }).focus();
    await page.keyboard.insertText('echo $((6 * 7))');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log', { name: 'Terminal output' })).toContainText(/^42$/m);
    await page.reload();
    await title(page, 'safety_filter.py');
});
