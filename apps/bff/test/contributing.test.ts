import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const [, section = ''] = read('CONTRIBUTING.md').split('## An endpoint and a module of the BFF')
const shown = [...(section.split('\n## ')[0] ?? '').matchAll(/```ts\n\/\/ (.+)\n([^`]+)```/g)]

test.each(shown.map(([, path = '', code = '']) => [path, code]))('what is shown of %s stands there', (path, code) => {
  expect(read(path)).toContain(code)
})

test('there is something to compare', () => {
  expect(shown.length).toBeGreaterThanOrEqual(4)
})
