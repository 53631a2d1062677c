import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
/** Blocks that begin with the name of a file, whose parts may be shown with an empty line between. */
const shown = [...read('CONTRIBUTING.md').matchAll(/```ts\n\/\/ (.+)\n([\s\S]+?)\n```/g)]

test.each(shown.map(([, path = '', code = '']) => [path, code]))('what is shown of %s stands there', (path, code) => {
  const source = read(path)
  for (const part of code.split('\n\n')) expect(source).toContain(part)
})

test('there is something to compare', () => {
  expect(shown.length).toBeGreaterThanOrEqual(10)
})
