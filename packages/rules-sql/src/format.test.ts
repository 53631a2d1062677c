import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryStatement, withoutPlaces } from '../test/arbitrary-statement.ts'
import { formatStatement } from './format.ts'
import { parseStatement } from './parse.ts'

test('a formatted statement parses to the same statement', () => {
  fc.assert(
    fc.property(arbitraryStatement, (statement) => {
      const text = formatStatement(statement)
      expect(withoutPlaces(parseStatement(text)), text).toEqual(statement)
      expect(formatStatement(parseStatement(text))).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ["select a,b  as  c.d from 'x' where (a>1)and((b)=2)", "SELECT a, b AS c.d\nFROM 'x'\nWHERE a > 1 AND b = 2"],
  ['set @a=1 , @b = @a*(2+3) select value Upper( @b )', 'SET @a = 1, @b = @a * (2 + 3)\nSELECT VALUE upper(@b)'],
  ['select {"a":"it\'s"} as o, [1,2] as l', "SELECT { 'a': \"it's\" } AS o, [1, 2] AS l"],
  ['select value (-x)', 'SELECT VALUE -x'],
  ['select value - x as y', 'SELECT (value - x) AS y'],
  ['select value (*) * 2', 'SELECT VALUE (* * 2)'],
  ['select value, value.a as b', 'SELECT (value), value.a AS b'],
  ['select a - (b - c) as d, (a - b) - c as e', 'SELECT a - (b - c) AS d, a - b - c AS e'],
  ['select a where not (a or not b) and -(-c) > 1', 'SELECT a\nWHERE NOT (a OR NOT b) AND -(-c) > 1'],
  [
    'select value (select a from b as c where exists(select * from c.d))',
    'SELECT VALUE (SELECT a FROM b AS c WHERE EXISTS (SELECT * FROM c.d))',
  ],
])('%s', (text, expected) => {
  expect(formatStatement(parseStatement(text))).toBe(expected)
})

test('a long list is broken at its commas', () => {
  const names = Array.from({ length: 4 }, (_, index) => `a_rather_long_name_of_a_field_${index}`)
  expect(formatStatement(parseStatement(`SELECT ${names.join(',')} FROM 'x'`))).toBe(
    `SELECT\n  ${names.join(',\n  ')}\nFROM 'x'`,
  )
})
