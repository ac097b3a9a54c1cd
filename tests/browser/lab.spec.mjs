// The code panel and its terminal, with the real Python: run, stop, mend, restore, type, reload.
import { expect, shot, test } from './harness.mjs';
import { button, open, storageKey } from './lesson.mjs';

const log = (page) => page.getByRole('log', { name: 'Terminal output' });
const input = (page) => page.getByRole('textbox', { name: 'Terminal input' });
const editor = (page) => page.getByRole('textbox', { name: 'safety_filter.py' });

/** Types a command in the terminal, as a keyboard does. */
async function enter(page, command) {
    await input(page).focus();
    await page.keyboard.insertText(command);
    await page.keyboard.press('Enter');
}

test('the terminal begins with the lesson\'s lines, and Run shows what the filter prints and decides', async ({ page, site }) => {
    await open(page, site, 'lab');
    await expect(log(page)).toContainText('> Ready. Click "Run" to execute.');
    expect(site.sent.filter((entry) => entry.path.includes('/python/'))).toEqual([]);
    await button(page, 'Run').click();
    await expect(log(page)).toContainText('python3 safety_filter.py');
    await expect(log(page)).toContainText(/All harmful\s+110\s+34\s+76/, { timeout: 30_000 });
    const main = page.getByRole('main');
    await expect(main).toContainText('76 of 110 harmful requests got through');
    await expect(main).toContainText('21 of 100 harmless requests were blocked');
});

test('a filter that the learner wrote is counted, and Reset code can be undone', async ({ page, site }) => {
    await open(page, site, 'lab');
    await expect(editor(page)).toHaveValue(/def is_harmful/);
    const original = await editor(page).inputValue();
    const mine = original.replace(/return .*/, 'return True');
    expect(mine).not.toBe(original);
    await editor(page).fill(mine);
    await button(page, 'Run').click();
    await expect(page.getByRole('main')).toContainText('100 of 100 harmless requests were blocked', { timeout: 30_000 });
    await button(page, 'Reset code').click();
    await expect(editor(page)).toHaveValue(original);
    await page.getByRole('button', { name: /undo/i }).first().click();
    await expect(editor(page)).toHaveValue(mine);
});

test('an endless loop is ended by Stop at once, and the page lives on meanwhile', async ({ page, site }) => {
    await open(page, site, 'lab');
    await editor(page).fill('print("begun", flush=True)\nwhile True:\n    pass\n');
    await button(page, 'Run').click();
    await expect(log(page)).toContainText('begun', { timeout: 30_000 });
    await button(page, 'Reading view').click(); // the page answers
    await button(page, 'Reading view').click();
    await button(page, 'Stop').click();
    await expect(button(page, 'Run')).toBeVisible();
    await enter(page, 'echo status $?');
    await expect(log(page)).toContainText('status 130');
});

test('an endless loop ends by itself at the limit, in words', async ({ page, site }) => {
    await open(page, site, 'lab');
    await editor(page).fill('while True:\n    pass\n');
    await button(page, 'Run').click();
    await expect(log(page)).toContainText(/10 s/, { timeout: 40_000 });
    await expect(button(page, 'Run')).toBeVisible();
});

test('a program that prints a line at a time without end is stopped at the limit, and the page lives on', async ({ page, site }) => {
    await open(page, site, 'lab');
    await editor(page).fill('while True:\n    print(1)\n');
    await button(page, 'Run').click();
    await expect(button(page, 'Stop')).toBeVisible({ timeout: 30_000 });
    await button(page, 'Reading view').click(); // the page answers
    await button(page, 'Reading view').click();
    await expect(log(page)).toContainText('printed more than can be shown', { timeout: 40_000 });
    await expect(button(page, 'Run')).toBeVisible();
});

test('a traceback shows in the terminal and marks its line in the editor', async ({ page, site }) => {
    await open(page, site, 'lab');
    await editor(page).fill('print("one")\nprint(missing)\n');
    await button(page, 'Run').click();
    await expect(log(page)).toContainText("NameError: name 'missing' is not defined", { timeout: 30_000 });
    await expect(page.getByRole('main')).toContainText(/Line 2/i);
    await editor(page).fill('print("one")\n');
    await expect(page.getByRole('main')).not.toContainText(/Line 2: NameError/i);
});

test('commands typed in the terminal run, remember, and are recalled', async ({ page, site }) => {
    await open(page, site, 'lab');
    await enter(page, 'greeting=hello; mkdir -p notes && cd notes');
    await enter(page, 'echo "$greeting from $PWD" | tr a-z A-Z');
    await expect(log(page)).toContainText('HELLO FROM /HOME/LEARNER/NOTES');
    await enter(page, 'for i in 1 2 3; do');
    await enter(page, 'echo "round $i"');
    await enter(page, 'done');
    await expect(log(page)).toContainText('round 3');
    await enter(page, 'sleep 100000 | cat; yes > /dev/null');
    await page.keyboard.press('Control+c');
    await enter(page, 'echo ended with $?');
    await expect(log(page)).toContainText('ended with 130');
    await page.keyboard.press('ArrowUp');
    await expect(input(page)).toHaveValue('echo ended with $?');
    await page.keyboard.press('Control+u');
    await page.keyboard.insertText('ls /home/lea');
    await page.keyboard.press('Tab');
    await expect(input(page)).toHaveValue('ls /home/learner/');
});

test('Ctrl-R looks for what is typed, Ctrl-G gives the line back, and Escape makes a letter a command', async ({ page, site }) => {
    await open(page, site, 'lab');
    await expect(log(page)).toContainText('Ready.');
    await enter(page, 'echo twenty-two');
    await enter(page, 'echo one');
    await expect(log(page)).toContainText(/^one$/m);
    await page.keyboard.type('draft');
    await page.keyboard.press('Control+r');
    await page.keyboard.type('tw');
    await expect(log(page)).toContainText("(reverse-i-search)`tw': echo twenty-two");
    await page.keyboard.press('Control+g');
    await expect(input(page)).toHaveValue('draft');
    await page.keyboard.press('Control+r');
    await page.keyboard.type('twx');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('ArrowRight');
    await expect(input(page)).toHaveValue('echo twenty-two');
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await page.keyboard.type('b');
    await page.keyboard.type('X');
    await expect(input(page)).toHaveValue('echo twenty-Xtwo');
});

test('the terminal stays at its end, scrolls back, and returns when something is typed', async ({ page, site }) => {
    await open(page, site, 'lab');
    const place = () => log(page).evaluate((element) => ({
        top: element.scrollTop, end: element.scrollHeight - element.clientHeight,
    }));
    await enter(page, 'seq 200');
    await expect(log(page)).toContainText(/^200$/m);
    await expect.poll(async () => { const { top, end } = await place(); return end > 1000 && end - top; }).toBeLessThan(2);
    await shot(page, 'lab-terminal-end');
    await log(page).evaluate((element) => { element.scrollTop = 0; });
    await page.waitForFunction(() => window.counterweight.ready);
    expect((await place()).top).toBe(0);
    await page.keyboard.insertText('echo typed');
    await expect.poll(async () => { const { top, end } = await place(); return end - top; }).toBeLessThan(2);
    await expect(input(page)).toBeInViewport();
});

test('what a program links to is a link of the page, unless it would run something', async ({ page, site }) => {
    await open(page, site, 'lab');
    await expect(log(page)).toContainText('Ready.');
    const linked = (address, text) => `\\e]8;;${address}\\e\\\\${text}\\e]8;;\\e\\\\`;
    await enter(page, `printf '${linked('https://example.org/page', 'follow me')} ${linked('javascript:alert(1)', 'not me')}\\n'`);
    const link = page.getByRole('link', { name: 'follow me' });
    await expect(link).toHaveAttribute('href', 'https://example.org/page');
    await expect(link).toHaveAttribute('rel', /noopener/);
    await expect(page.getByRole('link', { name: 'not me' })).toHaveCount(0);
});

test('what is copied from the terminal is joined where it was only wrapped', async ({ page, site }) => {
    await open(page, site, 'lab');
    await enter(page, 'seq -s, 60');
    await expect(log(page)).toContainText('58,59,60');
    const copied = await log(page).evaluate((element) => {
        getSelection().selectAllChildren(element);
        const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
        element.dispatchEvent(event);
        return event.clipboardData.getData('text/plain');
    });
    expect(copied).toContain(`\n${Array.from({ length: 60 }, (_, i) => i + 1).join(',')}\n`);
});

test('nano edits the file that the code panel shows', async ({ page, site }) => {
    await open(page, site, 'lab');
    await enter(page, 'nano safety_filter.py');
    await expect(log(page)).toContainText('Read safety_filter.py');
    await page.keyboard.insertText('# mine');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');
    await expect(log(page)).toContainText(/Wrote \d+ lines/);
    await expect(editor(page)).toHaveValue(/^# mine\n"""/);
    await shot(page, 'lab-nano');
    await page.keyboard.press('Control+x');
    await enter(page, 'head -1 safety_filter.py');
    await expect(log(page)).toContainText(/^# mine$/m);
});

test('python3 takes what a pipe brings, and its file is the editor\'s', async ({ page, site }) => {
    await open(page, site, 'lab');
    await enter(page, 'printf "3\\n4\\n" | python3 -c "import sys; print(sum(int(line) for line in sys.stdin))"');
    await expect(log(page)).toContainText(/^7$/m, { timeout: 30_000 });
    await enter(page, 'echo "print(6 * 7)" > safety_filter.py');
    await expect(editor(page)).toHaveValue('print(6 * 7)\n');
    await enter(page, 'python3 safety_filter.py');
    await expect(log(page)).toContainText(/^42$/m);
});

test('files and history survive a reload', async ({ page, site }) => {
    await open(page, site, 'lab');
    const before = await page.evaluate((key) => localStorage.getItem(key), storageKey);
    await enter(page, 'echo kept > diary.txt');
    await expect.poll(() => page.evaluate((key) => localStorage.getItem(key), storageKey)).not.toBe(before);
    await page.reload();
    await expect(log(page)).toContainText('Ready.');
    await enter(page, 'cat diary.txt; history | head -1');
    await expect(log(page)).toContainText(/^kept$/m);
    await expect(log(page)).toContainText('echo kept > diary.txt');
});

test('a screen reader hears finished lines and recalled commands, never single keys', async ({ page, site }) => {
    await open(page, site, 'lab');
    await expect(log(page)).toContainText('Ready.');
    const heard = () => page.evaluate(() => window.counterweight.log.slice());
    const before = (await heard()).length;
    await input(page).focus();
    await page.keyboard.type('echo heard');
    expect((await heard()).slice(before)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await heard()).slice(before).join('|')).toContain('heard');
    await page.keyboard.press('ArrowUp');
    await expect.poll(async () => (await heard()).at(-1)).toContain('echo heard');
});

test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    test('a tap on the terminal opens the keyboard, and the keys that it lacks stand below', async ({ page, site }) => {
        await open(page, site, 'lab');
        const keys = page.getByRole('group', { name: 'Terminal keys' });
        await log(page).tap();
        await expect(input(page)).toBeFocused();
        await page.keyboard.insertText('echo tapped');
        await page.keyboard.press('Enter');
        await expect(log(page)).toContainText(/^tapped$/m);
        await keys.getByRole('button', { name: 'Arrow up' }).tap();
        await expect(input(page)).toHaveValue('echo tapped');
        await expect(input(page)).toBeFocused();
        const control = keys.getByRole('button', { name: 'Ctrl' });
        await control.tap();
        await expect(control).toHaveAttribute('aria-pressed', 'true');
        await page.keyboard.insertText('u'); // as a phone types: no key, only text
        await expect(input(page)).toHaveValue('');
        await expect(control).toHaveAttribute('aria-pressed', 'false');
        await page.keyboard.insertText('cat safe');
        await keys.getByRole('button', { name: 'Tab' }).tap();
        await expect(input(page)).toHaveValue('cat safety_filter.py ');
        await control.tap();
        await page.keyboard.insertText('c');
        await expect(log(page)).toContainText('^C');
        await shot(page, 'lab-phone-keys');
    });
});

test.describe('without the network', () => {
    test.use({ allowedErrors: [/Failed to load resource/] });
    test('code that cannot be loaded is told, and the lesson goes on', async ({ page, site }) => {
        await page.route('**/terminals.wasm', (route) => route.abort());
        await open(page, site, 'lab');
        await expect(page.getByText(/^The lab could not be loaded\. Reload the page/)).toBeVisible();
        await expect(page.getByText(/^The lab could not be loaded: .* your work is saved\.$/).first()).toBeVisible();
        await button(page, 'Next').click();
        await expect(page.getByRole('heading', { level: 1, name: 'Question 1' })).toBeVisible();
    });
    test('commands that cannot be loaded are told in the terminal, and come when they are needed again', async ({ page, site }) => {
        await page.route('**/commands.wasm', (route) => route.abort());
        await open(page, site, 'lab');
        await enter(page, 'echo shell; ls');
        await expect(log(page)).toContainText('shell');
        await expect(log(page)).toContainText('bash: /usr/bin/ls: cannot be loaded');
        await page.unroute('**/commands.wasm');
        await enter(page, 'ls | cat');
        await expect(log(page)).toContainText('safety_filter.py');
    });
});

test('a command that is on its way keeps the terminal\'s place, and the title says so', async ({ page, site }) => {
    /** @type {() => void} */
    let deliver = () => {};
    const held = new Promise((resolve) => { deliver = () => resolve(undefined); });
    await page.route('**/commands.wasm', async (route) => {
        await held;
        await route.continue();
    });
    await open(page, site, 'lab');
    await enter(page, 'x=5; printf "%s\\n" $x; basename /a/b');
    await expect(log(page)).toContainText('\n5');
    await expect(page.getByText('the command is on its way')).toBeVisible();
    await shot(page, 'lab-command-on-its-way');
    deliver();
    await expect(log(page)).toContainText('\nb\n');
    await expect(page.getByText('the command is on its way')).toHaveCount(0);
});
