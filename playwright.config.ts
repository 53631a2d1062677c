import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { stack } from './e2e/stack.ts'
import { ensureBrowser } from './scripts/ensure-browser.ts'

// Evaluated again in every worker process: the folder is made once and handed on.
process.env.THINGDECK_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'thingdeck-e2e-'))

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One product, one account, shared by all specs; each spec uses things of its own where it changes them.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? [['list']] : [['list'], ['html', { open: 'never' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: stack.console,
    viewport: { width: 1600, height: 1000 },
    trace: 'retain-on-failure',
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
  webServer: {
    // The product as a user starts it, on ports of its own, with devices that lose no connection by chance.
    command: `"${process.execPath}" scripts/start.ts ${stack.args.join(' ')} --data "${process.env.THINGDECK_E2E_DATA}"`,
    url: stack.console,
    timeout: 180_000,
    stdout: 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
})
