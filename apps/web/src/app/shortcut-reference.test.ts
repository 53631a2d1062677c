import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SECTIONS } from '../shared/feature/feature.ts'
import { FEATURES } from './features.ts'

const root = join(import.meta.dirname, '../../../..')
const DOCUMENT = join(root, 'docs/reference/shortcuts.md')

const INTRODUCTION = `# Keyboard

\`?\` lists what can be pressed on the page that is open. Keys belong to whoever is writing: in a field, and while a
dialog is open, only those with Ctrl (⌘ on a Mac) and function keys count. Made of the console's sources by
\`npx vitest run -u --project web src/app/shortcut-reference.test.ts\`.
`

/** What is said by a value that is none in the source: in words that hold for all of them. */
const WORDS: Readonly<Record<string, string>> = {
  'usePaletteLabel()': 'Search things, other resources, pages and actions (the palette)',
  '`Filter ${many}`': 'Filter the list',
  does: '',
}

const CALL = /\buseShortcut\(\s*('[^']+'|\w+),\s*('[^']+'|`[^`]+`|[\w()]+),/g
const PLACES: readonly [title: string, within: RegExp][] = [
  ['Everywhere', /^apps\/web\/src\/app\//],
  ['Lists', /^apps\/web\/src\/shared\/list\//],
  ['Live messages', /^apps\/web\/src\/features\/live\//],
  ['Other pages', /^/],
]

const row = (keys: string, does: string): string =>
  `| ${keys
    .replace('Mod', 'Ctrl')
    .split(' ')
    .map((key) => `\`${key}\``)
    .join(' ')} | ${does} |`

const table = (rows: readonly string[]): string => `| keys | what they do |\n| --- | --- |\n${rows.join('\n')}\n`

/** Keys that parts of pages take, by the files that take them. */
function keysOfParts(): { path: string; keys: string; does: string }[] {
  const sources = globSync('apps/web/src/**/*.tsx', { cwd: root }).concat(
    globSync('apps/web/src/**/*.ts', { cwd: root }),
  )
  return sources.sort().flatMap((path) => {
    if (/\.test\.|shortcuts\.tsx$/.test(path)) return []
    const text = readFileSync(join(root, path), 'utf8')
    const found = [...text.matchAll(CALL)].map(([, keys = '', said = '']) => {
      const does = said.startsWith("'") ? said.slice(1, -1) : WORDS[said]
      if (does === undefined) throw new Error(`${path}: what does ${keys} do? ${said} is not in WORDS`)
      return { path, keys: keys.replaceAll("'", ''), does }
    })
    expect(found.length, path).toBe(text.match(/\buseShortcut\(/g)?.length ?? 0)
    return found.filter(({ does }) => does !== '')
  })
}

test('docs/reference/shortcuts.md lists every key (vitest -u writes it)', async () => {
  const entries = FEATURES.flatMap(({ navigation = [] }) => navigation)
  const order = (section: string) => SECTIONS.indexOf(section as (typeof SECTIONS)[number])
  const pages = entries
    .filter(({ keys }) => keys !== undefined)
    .sort((one, other) => order(one.section) - order(other.section) || one.place - other.place)
    .map(({ keys = '', does }) => row(keys, does))
  const parts = Map.groupBy(keysOfParts(), ({ path }) => PLACES.find(([, within]) => within.test(path))?.[0])
  const sections = [
    `## Pages\n\nPages without keys are gone to by the palette.\n\n${table(pages)}`,
    ...PLACES.flatMap(([title]) => {
      const of = parts.get(title)
      return of ? [`## ${title}\n\n${table(of.map(({ keys, does }) => row(keys, does)))}`] : []
    }),
  ]
  await expect(`${INTRODUCTION}\n${sections.join('\n')}`).toMatchFileSnapshot(DOCUMENT)
})
