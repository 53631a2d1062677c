// @vitest-environment node
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const HERE = import.meta.dirname
const GUIDE = readFileSync(join(HERE, '../../../../../../CONTRIBUTING.md'), 'utf8')
const SOURCES = globSync('*.{ts,tsx}', { cwd: HERE }).map((file) => readFileSync(join(HERE, file), 'utf8'))

test('what the guide shows of a list page with a details page is what stands here', () => {
  const section = GUIDE.split(/^## /m).find((each) => each.startsWith('A list page with a details page'))
  const listings = [...(section ?? '').matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, listing = '']) => listing)
  expect(listings.length).toBeGreaterThanOrEqual(5)
  expect(listings.filter((listing) => !SOURCES.some((source) => source.includes(listing)))).toEqual([])
})
