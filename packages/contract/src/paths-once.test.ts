import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A path in a text; the description of the API is a plugin's, and no endpoint. */
const PATH = /['"`]\/(?:api|auth)\/(?!docs\b)\w/

test('no path of the API stands anywhere but in the contract', () => {
  const sources = globSync('apps/{bff,web}/src/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !/\.test\.tsx?$|\/example\//.test(path), // examples have an API of their own
  )
  expect(sources.length).toBeGreaterThan(100)
  const written = sources.filter((path) => PATH.test(readFileSync(`${root}/${path}`, 'utf8')))
  expect(written).toEqual([])
})
