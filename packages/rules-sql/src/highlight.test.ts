import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlightSql } from './highlight.ts'

const kinds = (text: string) => highlightSql(text).map(({ from, to, kind }) => `${text.slice(from, to)} ${kind}`)

test('each piece has its kind', () => {
  expect(kinds("SET @a = 1 SELECT VALUE upper(b.end) FROM 't/#' WHERE cast(x AS int) <> @a")).toEqual([
    ...['SET keyword', '@a variable', '= operator', '1 number', 'SELECT keyword', 'VALUE keyword', 'upper function'],
    ...['( punctuation', 'b field', '. punctuation', 'end field', ') punctuation', 'FROM keyword', "'t/#' string"],
    ...['WHERE keyword', 'cast keyword', '( punctuation', 'x field', 'AS keyword', 'int field', ') punctuation'],
    ...['<> operator', '@a variable'],
  ])
})

test.each([
  ['SELECT value', 'value field'],
  ['SELECT value, a', 'value field'],
  ['SELECT VALUE *', 'VALUE keyword'],
  ['SELECT a AS value', 'value field'],
  ['SELECT set', 'set field'],
  ['SELECT exists', 'exists field'],
  ['SELECT a != b', '!= fault'],
  ["SELECT 'a", "'a fault"],
])('in %s there is %s', (text, piece) => {
  expect(kinds(text)).toContain(piece)
})

test('whatever the text, pieces follow each other, and only white space is between them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aS @.,*()[]{}\'"=<>!-/%0159e§\n', 'SELECT ') }), (text) => {
      let end = 0
      for (const { from, to } of highlightSql(text)) {
        expect(text.slice(end, from).trim()).toBe('')
        expect(to).toBeGreaterThan(from)
        end = to
      }
      expect(text.slice(end).trim()).toBe('')
    }),
  )
})
