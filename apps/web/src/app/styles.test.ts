// @vitest-environment node
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { cloudscapeTokens, tokenNamesIn } from '../../cloudscape-tokens.ts'

const SOURCES = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(SOURCES, file), 'utf8')
const files = (pattern: string) => globSync(pattern, { cwd: SOURCES }).filter((file) => !/\.test\.tsx?$/.test(file))

/** Files by the class that `pattern` finds in them. */
function filesByClass(names: readonly string[], pattern: RegExp): ReadonlyMap<string, readonly string[]> {
  const found = names.flatMap((file) => [...new Set(read(file).match(pattern))].map((name) => ({ name, file })))
  return new Map([...Map.groupBy(found, ({ name }) => name)].map(([name, all]) => [name, all.map(({ file }) => file)]))
}

const DEFINED = filesByClass(files('**/*.css'), /(?<=\.)td-[\w-]+/g)
const USED = filesByClass(files('**/*.{ts,tsx}'), /(?<![\w.-])td-[\w-]+/g) // `--td-text` is a colour, no class

/**
 * Shared styles are loaded with the first page; others where what imports them is: in their folder and those within, and
 * with a component that imports them itself.
 */
function isAtHand(style: string, component: string): boolean {
  if (style.startsWith('shared/ui/') || `${dirname(component)}/`.startsWith(`${dirname(style)}/`)) return true
  return read(component).includes(`import './${relative(dirname(component), style)}'`)
}

test('every class that a component names has a rule in a stylesheet of its folder, of one around it, or of all', () => {
  expect(USED.size).toBeGreaterThan(100)
  const lost = [...USED].flatMap(([name, components]) =>
    components
      .filter((component) => !DEFINED.get(name)?.some((style) => isAtHand(style, component)))
      .map((component) => `${component}: ${name}`),
  )
  expect(lost).toEqual([])
})

test('every class that has a rule is named by a component', () => {
  expect([...DEFINED.keys()].filter((name) => !USED.has(name))).toEqual([])
})

test('every colour that is named after a design token is one that the installed Cloudscape has', () => {
  const tokens = cloudscapeTokens()
  const named = files('**/*.css').map(read).flatMap(tokenNamesIn)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((name) => !tokens.has(name))).toEqual([])
})
