import { applyTextEdits } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { sqlProblems } from './sql-problems.ts'

/** The statement after the first fix of the first problem that has one. */
function mended(text: string): string | undefined {
  const fix = sqlProblems(text, '2016-03-23').flatMap(({ fixes = [] }) => fixes)[0]
  return fix && applyTextEdits(text, fix.edits)
}

test.each([
  ["SELECT * FROM 'x' WHERE a != 2", "SELECT * FROM 'x' WHERE a <> 2"],
  ["SELECT * FROM 'x' WHERE a == 2", "SELECT * FROM 'x' WHERE a = 2"],
  ["SELECT * FROM 'x' WHERE a = 1 && b = 2", "SELECT * FROM 'x' WHERE a = 1 AND b = 2"],
  ["SELECT * FROM 'x';", "SELECT * FROM 'x'"],
  ['SELECT * FROM "a/b"', "SELECT * FROM 'a/b'"],
  ['SELECT * FROM a/+/b', "SELECT * FROM 'a/+/b'"],
  ["SELECT * FORM 'x'", "SELECT * FROM 'x'"],
  ["SELEC * FROM 'x'", "SELECT * FROM 'x'"],
  ["SELECT foor(a) AS b FROM 'x'", "SELECT floor(a) AS b FROM 'x'"],
  ["SELECT a + 1 FROM 'x'", "SELECT a + 1 AS value FROM 'x'"],
  ["SELECT a AS b FROM 'x\nWHERE a > 1", "SELECT a AS b FROM 'x'\nWHERE a > 1"],
])('%s is mended to %s', (text, expected) => {
  expect(mended(text)).toBe(expected)
})

test('what is right has no problem, and an empty text is not written yet', () => {
  expect(sqlProblems("SELECT * FROM 'x'", '2016-03-23')).toEqual([])
  expect(sqlProblems(' ', '2016-03-23')).toEqual([])
})
