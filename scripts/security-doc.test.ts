import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'docs/security.md'), 'utf8')

const HEADING = /^\| what (?:they|it) tr(?:y|ies) \| what stops it \| test \|$/

/** The rows of all tables that say what stops whom, each by its three cells. */
function rows(): [attempt: string, stops: string, tests: string][] {
  const found: [string, string, string][] = []
  let isWithin = false
  for (const line of text.split('\n')) {
    if (HEADING.test(line)) isWithin = true
    else if (!line.startsWith('|')) isWithin = false
    else if (isWithin && !line.startsWith('| ---')) {
      const [, attempt = '', stops = '', tests = '', ...rest] = line.split(' | ').join('|').split('|')
      expect(rest, `cells of: ${line}`).toHaveLength(1)
      found.push([attempt.trim(), stops, tests])
    }
  }
  return found
}

/** What stands in backticks and is a file of the project, `apps/web/src/x.ts` or `package.json`. */
const filesOf = (cell: string): string[] =>
  [...cell.matchAll(/`([\w./-]+\.(?:tsx?|json|md))`/g)].map(([, path = '']) => path)

const isTest = (path: string): boolean => /\.(?:test|spec)\.tsx?$/.test(path)

test('there is a table for each attacker', () => {
  expect(text.match(new RegExp(HEADING.source, 'gm'))?.length).toBeGreaterThan(10)
  expect(rows().length).toBeGreaterThan(50)
})

test.each(rows())('%s: the code and the tests that are named exist', (_attempt, stops, tests) => {
  const [code, tested] = [filesOf(stops), filesOf(tests)]
  expect(tested.length, 'a test').toBeGreaterThan(0)
  expect(tested.filter((path) => !isTest(path))).toEqual([])
  expect(code.filter(isTest)).toEqual([])
  for (const path of [...code, ...tested]) expect(existsSync(join(root, path)), path).toBe(true)
  for (const each of tests.split(';')) {
    const [path = ''] = filesOf(each)
    const [, title] = /\*([^*]+)\*/.exec(each) ?? []
    if (title !== undefined) expect(readFileSync(join(root, path), 'utf8'), path).toContain(title)
  }
})

test('each row names what stops it', () => {
  expect(rows().filter(([, stops]) => filesOf(stops).length === 0)).toEqual([])
})
