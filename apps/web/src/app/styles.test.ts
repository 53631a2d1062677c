// @vitest-environment node
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cloudscapeTokens, tokenNamesIn } from '../../cloudscape-tokens.ts'

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

test('every colour that is named after a design token is one that the installed Cloudscape has', () => {
  const tokens = cloudscapeTokens()
  const named = read('**/*.css').flatMap(tokenNamesIn)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((name) => !tokens.has(name))).toEqual([])
})
