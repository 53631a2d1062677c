import { expect, test } from 'vitest'
import { diagnoseSql } from './diagnose.ts'

const check = (sql: string) => {
  const { errors, warnings } = diagnoseSql(sql, '2016-03-23')
  return { errors: errors.map(({ message }) => message), warnings }
}

test.each([
  ['SELECT a + 1', 'What is computed needs a name: AS and a name behind it (line 1, column 8)'],
  ['SELECT 1', 'What is computed needs a name: AS and a name behind it (line 1, column 8)'],
  ['SELECT (SELECT a FROM b)', 'What is computed needs a name: AS and a name behind it (line 1, column 8)'],
  ['SELECT (SELECT a + 1 FROM b) AS x', 'What is computed needs a name: AS and a name behind it (line 1, column 16)'],
  ['SELECT foor(a)', 'There is no function foor(); is floor() meant? (line 1, column 8)'],
  [
    'SELECT count(a)',
    'There is no function count(): a rule sees one message at a time, and aggregates nothing (line 1, column 8)',
  ],
  [
    'SELECT "a"',
    'Both kinds of quotes make a text, which needs a name: AS and a name behind it. A field stands without quotes (line 1, column 8)',
  ],
  ['SELECT quantum(a)', 'There is no function quantum() (line 1, column 8)'],
  [
    'SELECT cast(a AS float)',
    'cast() knows no type float, but string, nvarchar, text, ntext, varchar, int, integer, double, decimal, bool, boolean (line 1, column 8)',
  ],
  ['SELECT @x', '@x is not set before it is used (line 1, column 8)'],
  ['SET @a = @b, @b = 1 SELECT @a', '@b is not set before it is used (line 1, column 10)'],
  ['SET @a = 1, @a = 2 SELECT @a', '@a is set twice, and cannot be changed (line 1, column 13)'],
  [`SET @${'a'.repeat(65)} = 1 SELECT 1 AS x`, "A variable's name has at most 64 characters (line 1, column 5)"],
  [
    `SET ${Array.from({ length: 11 }, (_, n) => `@v${n} = 1`).join(', ')} SELECT 1 AS x`,
    'SET has at most 10 variables (line 1, column 95)',
  ],
  ['SELECT 1e1000 AS x', 'A number is at most 9.99E999 (line 1, column 8)'],
  ['SELECT encode(a, b) AS x', 'Argument 2 of encode() must be a constant (line 1, column 18)'],
])('%s: %s', (sql, message) => {
  expect(check(sql).errors).toEqual([message])
})

test('all that is wrong is found at once', () => {
  const { errors } = diagnoseSql('SELECT foo(a), a + 1 WHERE @x = bar()', '2016-03-23')
  expect(errors.map(({ from }) => from)).toEqual([7, 15, 27, 32])
})

test.each([
  'SELECT a - b AS x',
  'SELECT a -b AS x',
  'SELECT a-1 AS x',
  "SELECT a > '10' AS x, a AND 'TRUE' AS y",
  "SELECT a, FROM 'x'",
])('%s is what it seems', (sql) => {
  expect(check(sql)).toEqual({ errors: [], warnings: [] })
})

test.each([
  ['SELECT abs(1, 2)', 7, 16, 'abs() takes 1 argument, and is always Undefined with 2'],
  ['SELECT timestamp(1)', 7, 19, 'timestamp() takes no arguments, and is always Undefined with 1'],
  ['SELECT device-id AS x', 7, 16, "device-id is a difference; a field of this name is get(*, 'device-id')"],
  ['SELECT a.b.my-key AS x', 7, 17, "a.b.my-key is a difference; a field of this name is get(a.b, 'my-key')"],
  [
    'SELECT a WHERE b > "x"',
    19,
    22,
    "> takes numbers, and 'x' is none, so that it is always Undefined: there is no order but that of numbers",
  ],
  ['SELECT a * true AS x', 11, 15, '* takes numbers, and TRUE is none, so that it is always Undefined'],
  ['SELECT a WHERE b OR 1', 20, 21, 'OR takes Booleans, and 1 is none, so that it is always Undefined'],
  ['SELECT CASE a WHEN b THEN 1 END AS x', 19, 20, 'AWS takes only constants behind WHEN'],
])('%s is allowed, and warned of', (sql, from, to, message) => {
  expect(check(sql)).toEqual({ errors: [], warnings: [{ from, to, message }] })
})
