import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Where `npm test` looks for how many passed; elsewhere nobody asks. */
const results = process.env.THINGDECK_TEST_RESULTS

export default defineConfig({
  test: {
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
          ],
          environment: 'node',
          globalSetup: 'scripts/ensure-redis.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000, // they start the same servers as tests do
        },
      },
      {
        test: {
          name: 'web',
          root: 'apps/web',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          testTimeout: 30_000,
        },
      },
    ],
  },
})
