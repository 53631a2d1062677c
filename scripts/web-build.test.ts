import { globSync, readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { endpoints } from '@thingdeck/contract'
import { expect, it } from 'vitest'
import { buildWebApp } from './web-build.ts'

/** What only React's development build says: it begins each effect twice, and is several times as slow. */
const OF_DEVELOPMENT = 'Each child in a list should have a unique'

/** A file and all that is loaded with it, by static imports. */
function loadedWith(script: string, dist: string): ReadonlySet<string> {
  const loaded = new Set([script])
  for (const each of loaded) {
    const code = readFileSync(`${dist}/assets/${each}`, 'utf8')
    for (const [, imported = ''] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) loaded.add(imported)
  }
  return loaded
}

it('builds the console as it is shipped, whatever NODE_ENV says', { timeout: 300_000 }, async () => {
  expect(process.env.NODE_ENV).toBe('test')
  const dist = await buildWebApp()
  const scripts = globSync('assets/*.js', { cwd: dist })
  expect(scripts.length).toBeGreaterThan(10)
  expect(scripts.filter((script) => readFileSync(`${dist}/${script}`, 'utf8').includes(OF_DEVELOPMENT))).toEqual([])
  expect(readFileSync(`${dist}/docs/search.json`, 'utf8')).toContain('/docs/guides/connect-a-device/#the-steps')

  expect(
    brotliDecompressSync(readFileSync(`${dist}/docs/search.json.br`)).equals(readFileSync(`${dist}/docs/search.json`)),
  ).toBe(true)

  // A page costs its reader, and each test in a browser, what it loads.
  const pages = globSync('*-page-*.js', { cwd: `${dist}/assets` }).map((page) => loadedWith(page, dist).size)
  expect(pages.length).toBeGreaterThan(50)
  const median = pages.sort((one, other) => one - other)[Math.floor(pages.length / 2)]
  expect(median).toBeLessThan(20)
  expect(pages.at(-1)).toBeLessThan(70)
  const [worker = ''] = globSync('assets/mqtt.worker-*.js', { cwd: dist })
  const code = readFileSync(`${dist}/${worker}`)
  expect(code.length).toBeLessThan(700_000)
  expect(code.toString()).not.toContain(endpoints.listThings.path) // it asks for credentials, and for nothing of the registry
  expect(brotliDecompressSync(readFileSync(`${dist}/${worker}.br`)).equals(code)).toBe(true)
  const shipped = scripts.map((script) => readFileSync(`${dist}/${script}`, 'utf8'))
  expect(shipped.some((script) => script.includes(endpoints.listThings.path))).toBe(true)
  expect(shipped.filter((script) => script.includes(endpoints.listThings.summary))).toEqual([])
})
