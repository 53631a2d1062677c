import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const runFile = promisify(execFile)

const root = join(import.meta.dirname, '..')
const DOCUMENT = join(root, 'docs/reference/configuration.md')
const SECTION = /(<!-- options: [^\n]*-->\n)[\s\S]*?(<!-- end of options -->)/

/** The programs with options, by the headings that they have in the reference. */
const PROGRAMS = {
  'npm start': { program: 'scripts/start.ts', run: 'npm start --' },
  'Embedded server': { program: 'apps/local/src/main.ts', run: 'npm run local --' },
  Fleet: { program: 'apps/fleet/src/main.ts', run: 'npx node apps/fleet/src/main.ts' },
} as const

interface Row {
  readonly option: string
  readonly variable?: string
  readonly words: string
  readonly fallback?: string
}

/** A line of a help text, `--name VALUE   what it does (default)`, and perhaps `[VARIABLE]` on the next one. */
const LINE = /^ {2}(--[\w-]+)( [A-Z][A-Z=]*(?= ))? +(\S.*?)(?:\n {4,}\[(\w+)\])?$/gm
/** Only what stands in brackets and is a value: of `(12; 0 for none)` the 12, of `(nowhere: …)` nothing. */
const DEFAULT = / \(((?:[^();: ]|:(?! ))+)(?:; ([^()]*))?\)(?=[;:]|$)/

function rowsOf(help: string): Row[] {
  return [...help.matchAll(LINE)].map(([, option = '', value = '', said = '', variable]) => {
    const [, fallback, note] = value === '' ? [] : (DEFAULT.exec(said) ?? [])
    const words = fallback === undefined ? said : said.replace(DEFAULT, note === undefined ? '' : ` (${note})`)
    return { option: option + value, words, ...(fallback && { fallback }), ...(variable && { variable }) }
  })
}

async function section(title: string, { program, run }: { program: string; run: string }): Promise<string> {
  const { stdout: help } = await runFile(process.execPath, [program, '--help'], { cwd: root })
  const rows = rowsOf(help)
  // Whatever has a line of its own in the help has a row here.
  expect(rows.length, help).toBe(help.match(/^ {2}--/gm)?.length)
  const hasVariables = rows.some(({ variable }) => variable !== undefined)
  const lines = rows.map(({ option, variable, words, fallback = '' }) => {
    const cells = [`\`${option}\``, ...(hasVariables ? [`\`${variable}\``] : []), fallback, words]
    return `| ${cells.join(' | ')} |`
  })
  const head = ['option', ...(hasVariables ? ['variable'] : []), 'default', 'meaning']
  return `## ${title}

\`${run} --help\` says the same.

| ${head.join(' | ')} |
|${' --- |'.repeat(head.length)}
${lines.join('\n')}
`
}

test('docs/reference/configuration.md lists every option of each program (vitest -u writes it)', async () => {
  const document = readFileSync(DOCUMENT, 'utf8')
  const sections = await Promise.all(Object.entries(PROGRAMS).map(([title, program]) => section(title, program)))
  expect(document).toMatch(SECTION)
  const expected = document.replace(SECTION, (_, start, end) => `${start}\n${sections.join('\n')}\n${end}`)
  await expect(expected).toMatchFileSnapshot(DOCUMENT)
})
