// The Python engine in a real browser, through shell/python.js, under the strict policy of harness.mjs.
import { readFileSync } from 'node:fs';
import { expect, test as base } from './harness.mjs';

const client = readFileSync(new URL('../../shell/python.js', import.meta.url), 'utf8');
const modules = readFileSync(new URL('../../shell/pack/python_modules.txt', import.meta.url), 'utf8')
    .split('\n').map((line) => line.replace(/#.*/, '').trim()).filter((name) => name && !name.endsWith('__main__'));

// The page: one Python, and run() as a promise that gathers the output.
const page = `
    import { createPython } from './python.js';
    window.states = [];
    let waiting;
    const python = createPython({
        url: 'python/worker.js',
        onState: (state, message) => window.states.push(message ? state + ': ' + message : state),
        onChunk: (run, stream, bytes) => {
            waiting[stream] += waiting.decoder.decode(bytes, { stream: true });
            waiting.onOutput?.();
        },
        onExit: ({ files, ...exit }) => {
            const text = (bytes) => (bytes === null ? null : new TextDecoder().decode(bytes));
            const changed = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, text(bytes)]));
            waiting.done({ ...exit, files: changed, out: waiting.out, error: waiting.error });
        },
    });
    window.python = python;
    window.run = (request, stopAfterOutput = false) => new Promise((done) => {
        waiting = { out: '', error: '', decoder: new TextDecoder(), done };
        if (stopAfterOutput) waiting.onOutput = () => python.stop();
        python.run({ run: 1, folder: '/home/learner', ...request });
    });
    window.ready = true;
`;

const test = base.extend({
    siteOptions: {
        extra: {
            '/python.html': { type: 'html', body: '<!doctype html><link rel="icon" href="data:,"><title>Python</title><script type="module" src="page.js"></script>' },
            '/page.js': { type: 'js', body: page },
            '/python.js': { type: 'js', body: client },
        },
    },
    run: async ({ page, site }, use) => {
        await page.goto(`${site.origin}/python.html`);
        await page.waitForFunction('window.ready');
        await use((request, stopAfterOutput) => page.evaluate(([given, stop]) => window.run(given, stop), [request, stopAfterOutput]));
    },
});

const script = (code, more = {}) => ({
    arguments: ['python3', 'program.py', ...(more.arguments ?? [])],
    files: { '/home/learner/program.py': code, ...more.files },
    input: more.input,
    environment: { NO_COLOR: '1', ...more.environment },
    limits: more.limits,
});

test('nothing of Python is fetched before it is needed, and warm() fetches it once', async ({ run, page, site }) => {
    const ofPython = () => site.sent.filter((sent) => sent.path.startsWith('/python/')).map((sent) => sent.path);
    expect(ofPython()).toEqual([]);
    await page.evaluate(() => window.python.warm());
    await expect.poll(() => page.evaluate(() => window.states)).toEqual(['loading', 'ready']);
    await page.evaluate(() => window.python.warm());
    await run(script('print(1)'));
    expect(ofPython().sort()).toEqual(['/python/python.wasm', '/python/python313.zip', '/python/worker.js']);
});

test('a program sees its arguments, folder, environment and Unicode', async ({ run }) => {
    const result = await run(script(
        'import os, sys\nprint(sys.argv, os.getcwd(), os.environ["NAME"], "é 漢字 🎓")\nprint(sys.version_info[:2])\n',
        { arguments: ['--top', '3'], environment: { NAME: 'Ada' } }));
    expect(result).toMatchObject({ status: 0, cause: 'ended', error: '' });
    expect(result.out).toBe("['program.py', '--top', '3'] /home/learner Ada é 漢字 🎓\n(3, 13)\n");
});

test('changed files come back, unchanged ones do not, deleted ones are null', async ({ run }) => {
    const code = `
import json, os, pathlib
prompts = json.loads(pathlib.Path('prompts.json').read_text())
pathlib.Path('decisions.json').write_text(json.dumps([p.upper() for p in prompts]))
pathlib.Path('log').mkdir()
pathlib.Path('log/one.txt').write_text('1')
open('notes.txt', 'a').write(' and more')
os.remove('old.txt')
`;
    const result = await run(script(code, { files: {
        '/home/learner/prompts.json': '["a", "b"]', '/home/learner/notes.txt': 'some', '/home/learner/old.txt': 'x',
    } }));
    expect(result.error).toBe('');
    expect(result.files).toEqual({
        '/home/learner/decisions.json': '["A", "B"]',
        '/home/learner/log/one.txt': '1',
        '/home/learner/notes.txt': 'some and more',
        '/home/learner/old.txt': null,
    });
});

test('every run is a fresh interpreter with a fresh disk', async ({ run }) => {
    await run(script('import sys\nsys.path.append("x")\nopen("left.txt", "w").write("x")\n'));
    const result = await run(script('import os, sys\nprint("x" in sys.path, os.path.exists("left.txt"))\n'));
    expect(result.out).toBe('False False\n');
});

test('a traceback names file, line, source and error, and the status is 1', async ({ run }) => {
    const result = await run(script('def half(n):\n    return n / 0\n\nhalf(3)\n'));
    expect(result).toMatchObject({ status: 1, cause: 'ended', out: '' });
    expect(result.error).toContain('Traceback (most recent call last):\n  File "/home/learner/program.py", line 4, in <module>');
    expect(result.error).toContain('line 2, in half\n    return n / 0\n');
    expect(result.error).toContain('ZeroDivisionError: division by zero\n');
});

test('tracebacks are coloured unless NO_COLOR is set, as on a terminal', async ({ run }) => {
    const result = await run({ arguments: ['python3', '-c', '1 / 0'] });
    expect(result.error).toContain('\x1b[1;35mZeroDivisionError\x1b[0m');
});

test('a syntax error points at its place', async ({ run }) => {
    const result = await run(script('print("a"\nx = 1\n'));
    expect(result.status).toBe(1);
    expect(result.error).toContain("line 1\n    print(\"a\"\n         ^\nSyntaxError: '(' was never closed\n");
});

test('sys.exit sets the status, with a message on standard error', async ({ run }) => {
    expect((await run(script('import sys\nsys.exit(3)\n'))).status).toBe(3);
    expect(await run(script('raise SystemExit("no prompts")\n'))).toMatchObject({ status: 1, error: 'no prompts\n' });
});

test('-c, -m, a program on standard input, and input()', async ({ run }) => {
    expect(await run({ arguments: ['python3', '-c', 'print(6 * 7)'] })).toMatchObject({ out: '42\n', status: 0 });
    expect((await run({ arguments: ['python3', '-m', 'json.tool'], input: '{"a": [1]}' })).out).toContain('"a": [\n');
    expect((await run({ arguments: ['python3', '-'], input: 'print("from stdin")' })).out).toBe('from stdin\n');
    expect((await run({ arguments: ['python3'], input: 'print(1 + 1)' })).out).toBe('2\n');
    expect((await run(script('name = input("Name? ")\nprint("Hello", name)\n', { input: 'Ada\n' }))).out).toBe('Name? Hello Ada\n');
    expect((await run(script('input()\n'))).error).toContain('EOFError: EOF when reading a line');
});

test('the interactive prompt is refused in words', async ({ run }) => {
    const result = await run({ arguments: ['python3'] });
    expect(result.status).toBe(2);
    expect(result.error).toContain('the interactive prompt is not available here');
});

test('a missing file and a missing module are named', async ({ run }) => {
    expect((await run({ arguments: ['python3', 'nosuch.py'] })).error).toContain("can't open file '/home/learner/nosuch.py'");
    expect((await run(script('import numpy\n'))).error).toContain("ModuleNotFoundError: No module named 'numpy'");
});

test('an endless loop ends at the time limit, what it printed is kept, and the next run needs no network', async ({ run, site }) => {
    const loop = await run(script('print("before")\nwhile True: pass\n', { limits: { timeMs: 1500 } }));
    expect(loop).toMatchObject({ status: 124, cause: 'time_limit', out: 'before\n', files: {} });
    const fetched = site.sent.length;
    expect((await run(script('print("after")\n'))).out).toBe('after\n');
    expect(site.sent.slice(fetched).map((sent) => sent.path).filter((path) => !path.endsWith('worker.js'))).toEqual([]);
});

test('the page stays alive while Python is busy, and stop() ends it at once', async ({ run, page }) => {
    await page.evaluate(() => window.python.warm());
    await page.waitForFunction(() => window.states.includes('ready'));
    await page.evaluate(() => { window.ticks = 0; window.ticking = setInterval(() => { window.ticks += 1; }, 10); });
    const running = run(script('while True: pass\n'));
    const before = await page.evaluate(() => window.ticks);
    await expect.poll(() => page.evaluate(() => window.ticks)).toBeGreaterThan(before + 20);
    const asked = await page.evaluate(() => { const at = performance.now(); window.python.stop(); return performance.now() - at; });
    expect(await running).toMatchObject({ status: 130, cause: 'stopped' });
    expect(asked).toBeLessThan(1000);
    expect(await page.evaluate(() => window.python.running)).toBe(false);
});

test('stop() works from inside the output handler', async ({ run }) => {
    const result = await run(script('while True: print("again")\n'), true);
    expect(result).toMatchObject({ cause: 'stopped', status: 130 });
    expect(result.out).toMatch(/^(again\n)+$/);
});

test('endless output ends at the output limit', async ({ run }) => {
    const result = await run(script('while True: print("x" * 99)\n', { limits: { outputBytes: 10_000 } }));
    expect(result).toMatchObject({ cause: 'output_limit', status: 137 });
    expect(result.out.length).toBe(10_000);
});

test('using up memory is a MemoryError, not a dead page', async ({ run }) => {
    const result = await run(script('try:\n    x = bytearray(1 << 30)\nexcept MemoryError:\n    print("too much")\n'));
    expect(result).toMatchObject({ status: 0, out: 'too much\n' });
});

test('endless recursion is a RecursionError', async ({ run }) => {
    const result = await run(script('def f(): return f()\ntry:\n    f()\nexcept RecursionError as e:\n    print(e)\n'));
    expect(result.error).toBe('');
    expect(result.out).toContain('maximum recursion depth exceeded');
});

test('changed files beyond the limit are named, not returned', async ({ run }) => {
    const result = await run(script('open("big.bin", "wb").write(bytes(2000))\nopen("a.txt", "w").write("a")\n',
        { limits: { changedFileBytes: 1000 } }));
    expect(result.files).toEqual({ '/home/learner/a.txt': 'a' });
    expect(result.dropped).toEqual(['/home/learner/big.bin']);
});

test('a program cannot reach the page or the network', async ({ run }) => {
    const result = await run(script(`
for name in ('js', 'pyodide', 'emscripten'):
    try:
        __import__(name)
        print('imported', name)
    except ModuleNotFoundError:
        pass
import _socket
try:
    s = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    s.connect(('127.0.0.1', 80))
    print('connected')
except Exception as e:
    print('refused')
`));
    expect(result.out).toBe('refused\n');
});

test('every module of the list can be imported and used', async ({ run }) => {
    const result = await run(script(`${modules.map((name) => `import ${name}`).join('\n')}
import datetime, re, json, random, decimal, fractions, statistics, textwrap, collections, dataclasses, enum, argparse, logging, hashlib, html, urllib.parse, unicodedata, csv, io
@dataclasses.dataclass(order=True)
class Case:
    text: str
    harm: float = 0.0
class Verdict(enum.Enum):
    REFUSED = 'refused'
random.seed(42)
print(datetime.datetime.strptime('2024-02-29', '%Y-%m-%d').strftime('%A %d %B'))
print(re.findall(r'\\b(?P<w>\\w{3})\\b', 'the cat sat down', re.I), re.sub(r'(?<=a)b', 'c', 'ab'))
print(json.dumps({'b': 1, 'a': [True, None]}, indent=1, sort_keys=True).replace('\\n', ''))
print(random.random(), random.sample(range(100), 3))
print(decimal.Decimal('0.1') * 3, fractions.Fraction(1, 3) + 1, statistics.median([3, 1, 2]))
print(sorted([Case('b'), Case('a', .5)]), Verdict('refused').name, '%.1f' % 2.25)
print(collections.Counter('hello').most_common(1), hashlib.sha256(b'x').hexdigest()[:8], html.unescape('&eacute;'))
print(urllib.parse.quote('a b'), unicodedata.name('é'), list(csv.reader(io.StringIO('a,"b,c"'))))
parser = argparse.ArgumentParser(prog='filter'); parser.add_argument('--top', type=int, default=5)
print(parser.parse_args(['--top', '2']).top)
`));
    expect(result.error).toBe('');
    expect(result.out).toBe(`Thursday 29 February
['the', 'cat', 'sat'] ac
{ "a": [  true,  null ], "b": 1}
0.6394267984578837 [3, 94, 35]
0.3 4/3 2
[Case(text='a', harm=0.5), Case(text='b', harm=0.0)] REFUSED 2.2
[('l', 2)] 2d711642 é
a%20b LATIN SMALL LETTER E WITH ACUTE [['a', 'b,c']]
2
`);
});

test.describe('hosts that send the wrong types', () => {
    test.use({ siteOptions: {
        mime: { wasm: 'application/octet-stream', zip: 'text/plain' },
        coding: 'none',
        extra: {
            '/python.html': { type: 'html', body: '<!doctype html><link rel="icon" href="data:,"><title>Python</title><script type="module" src="page.js"></script>' },
            '/page.js': { type: 'js', body: page },
            '/python.js': { type: 'js', body: client },
        },
    } });
    test('Python starts without streaming compilation', async ({ run }) => {
        expect((await run(script('print("up")\n'))).out).toBe('up\n');
    });
});

test.describe('hosts that lack a file', () => {
    test.use({ allowedErrors: [/404/] });
    test('a failed start says so, and a later try works', async ({ run, page }) => {
        await page.route('**/python/python.wasm', (route) => route.fulfill({ status: 404, body: '' }));
        const failed = await run(script('print(1)\n'));
        expect(failed).toMatchObject({ cause: 'crashed', status: 139 });
        expect((await page.evaluate(() => window.states)).at(-1)).toContain('failed: python.wasm: the server answered 404');
        await page.unroute('**/python/python.wasm');
        expect((await run(script('print(2)\n'))).out).toBe('2\n');
    });
});
