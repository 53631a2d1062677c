import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { deployment } from './e2e/deployment.ts'
import { ensureBrowser } from './scripts/ensure-browser.ts'

/** Where `npm test` looks for how many passed; elsewhere nobody asks. */
const results = process.env.THINGDECK_TEST_RESULTS

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  // A deployment is one for all, and what was made in its account is removed at the end.
  ...(deployment !== undefined && { grep: /@aws/, globalTeardown: './e2e/global-teardown.ts' }),
  // Each worker has a product and an account of its own, so that whatever runs beside a test is none of its concern.
  workers: deployment === undefined ? 2 : 1,
  fullyParallel: true,
  retries: 0,
  timeout: 180_000, // what a test waits for says itself how long; together it takes what a busy machine needs
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ...(process.env.CI ? [] : [['html', { open: 'never' }] as const]),
    ...(results === undefined ? [] : [['json', { outputFile: join(results, 'e2e.json') }] as const]),
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1600, height: 1000 },
    // What moves while it opens is taken for not ready: Playwright then scrolls the page to and fro, and a menu that
    // goes with it may have another item under the pointer by the time that the button is let go.
    contextOptions: { reducedMotion: 'reduce' },
    // The pages of a test that failed can be looked at step by step; a film of each test costs as much as the test.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: ensureBrowser(),
      args: [
        // A root user, as in most containers, has no sandbox to give to Chromium.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
