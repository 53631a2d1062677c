import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Where `npm test` looks for how many passed; elsewhere nobody asks. */
const results = process.env.THINGDECK_TEST_RESULTS

/** What is asked for again and again comes as fast as the machine can: the second that is usual would be an assertion of time. */
const PATIENCE = { poll: { timeout: 20_000 } }

/** In ms. What a test waits for says itself how long; this ends one that hangs, and none that has a busy machine. */
const HANGS_AFTER = 120_000

/** What each file begins with in place of a worker of its own. */
const FRESH_MODULES = join(import.meta.dirname, 'scripts/fresh-modules.ts')

export default defineConfig({
  test: {
    // Tests make much that is soon thrown away; with little room for it a tenth of their time is spent on clearing up.
    execArgv: ['--max-semi-space-size=64'],
    maxWorkers: '100%', // half of the tests' time is waiting for servers; left out, one core is spared
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: join(results, 'unit.json') }]],
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/{bff,local,fleet}/{src,test}/**/*.test.ts',
            'scripts/*.test.ts',
            'bench/hostile/*.test.ts',
            'conformance/*.test.ts',
          ],
          environment: 'node',
          isolate: false,
          setupFiles: [FRESH_MODULES],
          globalSetup: 'scripts/ensure-redis.ts',
          testTimeout: HANGS_AFTER,
          hookTimeout: HANGS_AFTER, // they start the same servers as tests do
          expect: PATIENCE,
        },
      },
      {
        test: {
          name: 'web',
          root: 'apps/web',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          isolate: false,
          setupFiles: [FRESH_MODULES, 'test/fresh-page.ts'],
          sequence: { groupOrder: 1 }, // a worker is kept for files of one project only
          testTimeout: HANGS_AFTER,
          hookTimeout: HANGS_AFTER, // they load the pages of a feature
          expect: PATIENCE,
        },
      },
    ],
  },
})
