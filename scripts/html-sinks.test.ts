import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** By which a page makes HTML or code of a text. `RegExp` and templates are none. */
const SINKS =
  /\b(?:dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|srcdoc|srcDoc|setHTMLUnsafe|importScripts)\b|\bdocument\.write\b|\beval\(|\bnew Function\(|['"`]javascript:|\bset(?:Timeout|Interval)\(['"`]/

test.each([
  ['element.innerHTML = text', true],
  ['<div dangerouslySetInnerHTML={{ __html: text }} />', true],
  ["location.href = 'javascript:x'", true],
  ['eval(text)', true],
  ['new Function(text)', true],
  ['client.eval(SCRIPT)', true],
  ['element.textContent = text', false],
  ['new FunctionTable(text)', false],
])('%s: %s', (line, expected) => {
  expect(SINKS.test(line)).toBe(expected)
})

test('no source makes a page or code of text', () => {
  const sources = globSync('{apps/web/src,packages/*/src}/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !/\.test\.tsx?$/.test(path),
  )
  expect(sources.length).toBeGreaterThan(500)
  const found = sources.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => (SINKS.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
