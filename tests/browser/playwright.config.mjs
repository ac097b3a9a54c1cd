// Browser tests: the packed site (build/site), the system's Chromium, no network beyond this machine.
//   npm test -- python.spec.mjs      one file
//   CHROMIUM=/path/to/chrome npm test
import { defineConfig } from '@playwright/test';
import { launchOptions } from './harness.mjs';

export default defineConfig({
    testDir: '.',
    testMatch: '*.spec.mjs',
    outputDir: '../../build/test-results',
    workers: 2,
    fullyParallel: true,
    forbidOnly: true,
    timeout: 60_000,
    retries: 1, // a busy machine may starve a page; what passed only the second time is listed as flaky
    expect: { timeout: 10_000 },
    reporter: [['list']],
    use: { launchOptions, locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
});
