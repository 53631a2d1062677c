import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

test('the table of specs that can be pointed at a deployment has each once, and those that are tagged first', () => {
  const [, table = ''] = readFileSync(join(root, 'docs/conformance.md'), 'utf8').split('<!-- specs:')
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const [fit = [], ...others] = rows.map((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name),
  )
  const specs = globSync('e2e/*.spec.ts', { cwd: root })
  const isTagged = (spec: string) => readFileSync(join(root, spec), 'utf8').includes("tag: '@aws'")
  const names = (list: readonly string[]) => list.map((spec) => basename(spec, '.spec.ts')).sort()
  expect(fit, 'the first row of docs/conformance.md').toEqual(names(specs.filter(isTagged)))
  expect(
    others.flat().sort(),
    'the other rows: a new spec is in the one that says why, or that nobody has looked',
  ).toEqual(names(specs.filter((spec) => !isTagged(spec))))
})
