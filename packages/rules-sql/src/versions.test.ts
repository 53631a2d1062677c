import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runSql } from '../test/run-sql.ts'
import { compileRule } from './rule.ts'
import { SqlError } from './sql-error.ts'

const OLD = '2015-10-08'
const NEW = '2016-03-23'

// Source: AWS IoT developer guide, "SQL versions"; AWS's rule-validation tool for whole Decimals.
test.each([
  ['SELECT a', '{"a":5.0}', '{"a":5.0}', '{"a":5}'],
  ['SELECT a * 2 AS x', '{"a":2.5}', '{"x":5.0}', '{"x":5}'],
  ['SELECT a / 2 AS x', '{"a":5.0}', '{"x":2.5}', '{"x":2}'],
  ['SELECT a / 2 AS x', '{"a":5}', '{"x":2}', '{"x":2}'],
  ['SELECT cast(a AS Double) AS x', '{"a":"3"}', '{"x":3.0}', '{"x":3}'],
  ['SELECT cast(a AS String) AS x', '{"a":10.0}', '{"x":"10.0"}', '{"x":"10"}'],
  ['SELECT a = 5 AS x', '{"a":5.0}', '{"x":true}', '{"x":true}'],
  ['SELECT a IN b AS x', '{"a":5.0,"b":[5]}', '{"x":true}', '{"x":true}'],
  ['SELECT *', '[{"a":1}]', '', '[{"a":1}]'],
  ['SELECT VALUE a', '{"a":"x"}', '"x"', '"x"'],
  ['SELECT sql_version() AS v', '{}', '{"v":"2015-10-08"}', '{"v":"2016-03-23"}'],
])('%s of %s is %s in 2015-10-08, %s in 2016-03-23 and in beta', (sql, payload, old, current) => {
  expect(runSql(sql, payload, OLD)).toBe(old)
  expect(runSql(sql, payload, NEW)).toBe(current)
  if (!sql.includes('sql_version')) expect(runSql(sql, payload, 'beta')).toBe(current)
})

// Source: AWS IoT developer guide, "SQL versions": each is "2016-03-23 and later".
test.each([
  ["SELECT {'a': 1} AS x", 8, 'An object as a literal'],
  ['SELECT [1] AS x', 8, 'An array as a literal'],
  ['SELECT (SELECT a FROM b) AS x', 8, 'A nested query'],
  ['SELECT a WHERE EXISTS (SELECT a FROM b)', 24, 'A nested query'],
  ['SELECT cast(a AS Decimal) AS x', 8, 'cast(… AS decimal)'],
  ["SELECT encode(*, 'base64') AS x", 8, 'encode()'],
])('%s is refused in 2015-10-08, which has no such thing', (sql, column, what) => {
  expect(() => compileRule(sql, { sqlVersion: NEW })).not.toThrow()
  const error = refusal(sql)
  expect(error).toMatchObject({ code: 'UNSUPPORTED', column })
  expect(error.message).toContain(`${what} needs SQL version 2016-03-23, and this rule has 2015-10-08`)
})

test('a rule without a version has 2015-10-08', () => {
  expect(compileRule('SELECT *').sqlVersion).toBe(OLD)
  expect(() => compileRule('SELECT [1] AS x')).toThrow('2016-03-23')
})

/** Of Ints, texts and Booleans, without a division: no whole Decimal can come of it. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 's', 't.x', 'missing', 'nothing', '7', "'12'", 'true', 'list'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '%', '=', '<>', '<', '>=', 'AND', 'OR', 'IN'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('expression').map((operand) => `(NOT ${operand})`),
    tie('expression').map((value) => `(CASE ${value} WHEN 7 THEN a WHEN 'x' THEN b ELSE s END)`),
    tie('expression').map((value) => `cast(${value} AS String)`),
    tie('expression').map((value) => `upper(${value})`),
  ),
}))

test('the versions agree wherever there is no whole Decimal, and none of what is new', () => {
  const payloads = fc
    .record({ a: fc.integer(), b: fc.constantFrom(0.5, -12.25, 7), s: fc.constantFrom('x', '7', 'TRUE', '') })
    .map((members) => JSON.stringify({ ...members, nothing: null, t: { x: 7 }, list: [7, '12', 'x', [7]] }))
  fc.assert(
    fc.property(expression, payloads, (text, payload) => {
      // What is odd and a half, doubled, would be whole: b is never multiplied by what is even.
      fc.pre(!/b.*\*|\*.*b|b.*[+-].*b|b.*%|%.*b/.test(text))
      const sql = `SELECT ${text} AS x, ${text} = 7 AS y WHERE NOT isnull(${text})`
      expect(runSql(sql, payload, OLD)).toBe(runSql(sql, payload, NEW))
    }),
    { numRuns: 500 },
  )
})

function refusal(sql: string): SqlError {
  try {
    compileRule(sql, { sqlVersion: OLD })
  } catch (error) {
    if (error instanceof SqlError) return error
    throw error
  }
  throw new Error(`${sql} was accepted`)
}
