import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildWebApp } from './web-build.ts'

/** What only React's development build says: it begins each effect twice, and is several times as slow. */
const OF_DEVELOPMENT = 'Each child in a list should have a unique'

it('builds the console as it is shipped, whatever NODE_ENV says', { timeout: 300_000 }, async () => {
  expect(process.env.NODE_ENV).toBe('test')
  const dist = await buildWebApp()
  const scripts = globSync('assets/*.js', { cwd: dist })
  expect(scripts.length).toBeGreaterThan(10)
  expect(scripts.filter((script) => readFileSync(`${dist}/${script}`, 'utf8').includes(OF_DEVELOPMENT))).toEqual([])
  expect(readFileSync(`${dist}/docs/search.json`, 'utf8')).toContain('/docs/guides/connect-a-device/#the-steps')
})
