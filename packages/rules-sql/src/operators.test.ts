import { expect, test } from 'vitest'
import { evaluateSql } from '../test/run-sql.ts'

/** One of each type, by the names that the tables use. */
const SAMPLES = {
  Int: '3',
  Decimal: '2.5',
  Boolean: 'true',
  'String of a number': "'4'",
  'String of a Boolean': "'FALSE'",
  String: "'x'",
  Array: 'list',
  Object: 'thing',
  Null: 'nothing',
  Undefined: 'missing',
} as const
type Sample = keyof typeof SAMPLES
const NAMES = Object.keys(SAMPLES) as Sample[]
const PAYLOAD = '{"list":[1,2.5],"thing":{"a":1,"b":[true]},"nothing":null}'
const NUMERIC = new Set<Sample>(['Int', 'Decimal', 'String of a number'])
const STRINGS = new Set<Sample>(['String', 'String of a number', 'String of a Boolean'])

const evaluate = (expression: string) => evaluateSql(expression, PAYLOAD)
const pairs = NAMES.flatMap((left) => NAMES.map((right) => [left, right] as const))

// Source: AWS IoT developer guide, "Operators": what a table does not list is Undefined.
test.each(pairs)('%s by %s: numbers, and strings of numbers', (left, right) => {
  const isNumeric = NUMERIC.has(left) && NUMERIC.has(right)
  for (const operator of ['-', '*', '/', '%', '<', '<=', '>', '>=']) {
    expect(evaluate(`${SAMPLES[left]} ${operator} ${SAMPLES[right]}`) !== '', operator).toBe(isNumeric)
  }
})

test.each(pairs)('%s and %s: Booleans, and strings of them', (left, right) => {
  const values: Partial<Record<Sample, boolean>> = { Boolean: true, 'String of a Boolean': false }
  const [a, b] = [values[left], values[right]]
  const isLogical = a !== undefined && b !== undefined
  expect(evaluate(`${SAMPLES[left]} AND ${SAMPLES[right]}`)).toBe(isLogical ? String(a && b) : '')
  expect(evaluate(`${SAMPLES[left]} OR ${SAMPLES[right]}`)).toBe(isLogical ? String(a || b) : '')
})

test.each(pairs)('%s + %s: a sum, or one text where a side is a String', (left, right) => {
  const texts: Partial<Record<Sample, string>> = {
    Int: '3',
    Decimal: '2.5',
    Boolean: 'true',
    'String of a number': '4',
    'String of a Boolean': 'FALSE',
    String: 'x',
    Array: '[1,2.5]',
    Object: '{"a":1,"b":[true]}',
  }
  const numbers: Partial<Record<Sample, number>> = { Int: 3, Decimal: 2.5 }
  let expected = ''
  if (STRINGS.has(left) || STRINGS.has(right)) {
    const [a, b] = [texts[left], texts[right]]
    if (a !== undefined && b !== undefined) expected = JSON.stringify(a + b)
  } else {
    const [a, b] = [numbers[left], numbers[right]]
    if (a !== undefined && b !== undefined) expected = String(a + b)
  }
  expect(evaluate(`${SAMPLES[left]} + ${SAMPLES[right]}`)).toBe(expected)
})

test.each(pairs)('%s = %s: Undefined with Undefined, else true of equal ones only', (left, right) => {
  const isUndefined = left === 'Undefined' || right === 'Undefined'
  expect(evaluate(`${SAMPLES[left]} = ${SAMPLES[right]}`)).toBe(isUndefined ? '' : String(left === right))
  expect(evaluate(`${SAMPLES[left]} <> ${SAMPLES[right]}`)).toBe(isUndefined ? '' : String(left !== right))
})

test.each(NAMES)('NOT and - of %s', (name) => {
  const not: Partial<Record<Sample, string>> = { Boolean: 'false', 'String of a Boolean': 'true' }
  const minus: Partial<Record<Sample, string>> = { Int: '-3', Decimal: '-2.5', 'String of a number': '-4' }
  expect(evaluate(`NOT ${SAMPLES[name]}`)).toBe(not[name] ?? '')
  expect(evaluate(`-${SAMPLES[name]}`)).toBe(minus[name] ?? '')
})

test.each(NAMES)('%s IN an array takes numbers, strings, arrays and objects', (name) => {
  const taken = !['Boolean', 'Null', 'Undefined'].includes(name)
  const value = SAMPLES[name]
  expect(evaluate(`${value} IN [1, 'y', ${value}]`)).toBe(taken ? 'true' : '')
  expect(evaluate(`${value} IN [1, 'y']`)).toBe(taken ? 'false' : '')
  expect(evaluate(`${value} IN ${value}`)).toBe(name === 'Array' ? 'false' : '')
})

test.each([
  ["'10' > '9'", 'true', 'strings of numbers are compared as numbers'],
  ["'b' > 'a'", '', 'there is no order of strings'],
  ["1 = '1'", 'false', 'types that differ'],
  ["true = 'true'", 'false', 'types that differ'],
  ['1 = 1.0', 'true', 'an Int with a Decimal by value'],
  ['12345678901234567890 = 12345678901234567891', 'false', 'no digit is lost'],
  ['0.1 + 0.2 = 0.3', 'true', 'decimals, not doubles'],
  ['[1, 2] = [2, 1]', 'false', 'arrays in their order'],
  ["{'a': 1, 'b': 2} = {'b': 2, 'a': 1.0}", 'true', 'objects whatever their order'],
  ["{'a': 1} = {'a': 1, 'b': 2}", 'false', 'a member more'],
  ['NULL = NULL', 'true', 'not listed; ours'],
  ['1 + 2', '3', 'Int and Int'],
  ["'1' + 2", '"12"', 'a String and an Int'],
  ["1 + 2 + 'a'", '"3a"', 'from the left'],
  ["'1' - 2", '-1', 'a String of a number'],
  ["' 1' - 2", '', 'with a space it is none'],
  ["'1E3' * 1", '1000', 'an exponent'],
  ["'+1' * 1", '', 'no sign of plus'],
  ["'1E+3' * 1", '', 'nor in the exponent'],
  ["'.5' * 1", '', 'a digit before the point'],
  ["'5.' * 1", '', 'a digit behind the point'],
  ["'0x10' * 1", '', 'no hexadecimal digits'],
  ['7 / 2', '3', 'Ints make an Int'],
  ['7 / 2.5', '2.8', 'a Decimal makes a Decimal'],
  ['7 / 0', '', 'a division by zero'],
  ['-7 % 3', '-1', 'the sign of the dividend'],
  ['2 + 3 * 4', '14', 'precedence'],
  ['(2 + 3) * 4', '20', 'parentheses'],
  ['10 - 2 - 3', '5', 'from the left'],
  ['NOT 1 = 2', 'true', 'NOT is looser than ='],
  ['NOT true OR true', 'true', 'NOT is tighter than OR'],
  ['true OR true AND false', 'true', 'AND is tighter than OR'],
  ['1 + 1 = 2 AND 2 > 1', 'true', 'comparison is looser than +'],
  ['false AND missing = 1', '', 'a side that is Undefined decides, whatever the other says'],
  ['true OR missing = 1', '', 'a side that is Undefined decides, whatever the other says'],
])('%s is %s: %s', (expression, expected) => {
  expect(evaluate(expression)).toBe(expected)
})
