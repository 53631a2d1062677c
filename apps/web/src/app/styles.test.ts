// @vitest-environment node
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTokenNames } from '../../design-tokens.ts'

const SOURCES = join(import.meta.dirname, '..')
const read = (pattern: string) =>
  globSync(pattern, { cwd: SOURCES }).map((file) => readFileSync(join(SOURCES, file), 'utf8'))

test('every class that a component names has a rule', () => {
  const styles = read('**/*.css').join('\n')
  const named = read('**/*.tsx').flatMap((source) =>
    [...source.matchAll(/className=(?:"[^"]*"|\{[^}]*\})/g)].flatMap(
      ([attribute]) => attribute.match(/\btd-[\w-]+/g) ?? [],
    ),
  )
  expect(named.length).toBeGreaterThan(100)
  const rules = new Set(styles.match(/(?<=\.)td-[\w-]+/g))
  expect([...new Set(named)].filter((name) => !rules.has(name))).toEqual([])
})

test('every design token that a style names is one that the components have', () => {
  const tokens = readTokenNames()
  const named = [...read('**/*.css'), ...read('**/*.{ts,tsx}')].flatMap((source) =>
    [...source.matchAll(/var\(--cloudscape-([\w-]+)\)/g)].map(([, token = '']) => token),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((token) => !tokens.has(token))).toEqual([])
})
