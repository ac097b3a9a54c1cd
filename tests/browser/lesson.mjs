// Steps that tests of the lesson share. Everything is found by role and name, as a screen reader finds it.
import { expect } from './harness.mjs';

export const slides = ['conflict', 'core-concepts', 'refusal-mechanism', 'vulnerability', 'refusal-lab', 'lab', 'question-1', 'question-2',
    'challenge', 'summary'];
export const answers = {
    'question-1': 'To prevent the model from generating dangerous or unethical content.',
    'question-2': 'RLHF (Reinforcement Learning from Human Feedback)',
};
export const storageKey = 'counterweight:ai012-06';

export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const title = (page, name) => expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();

/** Opens the lesson and waits until it plays. @param {string} [slide] @param {string} [query] */
export async function open(page, site, slide = '', query = '') {
    await page.goto(`${site.address}${query}${slide ? `#/${slide}` : ''}`);
    await page.waitForFunction(() => window.counterweight?.ready === true);
}

/** The saved state, once it is there. */
export async function saved(page) {
    await page.waitForFunction((key) => localStorage.getItem(key), storageKey);
    return page.evaluate((key) => localStorage.getItem(key), storageKey);
}

/** Resolves when nothing has been drawn for a while: the screen is still. */
export const settled = (page) => page.evaluate(() => new Promise((done) => {
    let last = -1;
    const look = () => {
        const { frames } = window.counterweight;
        if (frames === last) return done();
        last = frames;
        setTimeout(look, 150);
    };
    look();
}));
