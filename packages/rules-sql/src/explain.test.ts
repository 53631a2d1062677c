import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import { type ExplainedTerm, Explainer } from './explain.ts'
import { stringifyValue } from './stringify.ts'

const PAYLOAD = '{"temperature":21.5,"humidity":40,"device":"pump-7","list":[{"v":1},{"w":2}],"nothing":null}'

const explain = (sql: string, payload: string | Uint8Array = PAYLOAD) =>
  new Explainer(sql, { sqlVersion: '2016-03-23' }).explain(inputOf(payload), ENVIRONMENT)

/** `text → value` a line, deeper terms further in. */
function lines(term: ExplainedTerm, indent = ''): string[] {
  const value = !term.isEvaluated
    ? 'not looked at'
    : term.value === undefined
      ? 'Undefined'
      : stringifyValue(term.value)
  return [`${indent}${term.text} → ${value}`, ...term.terms.flatMap((inner) => lines(inner, `${indent}  `))]
}

test('each term of WHERE has its value', () => {
  const { where, outcome, topicMatches } = explain(
    "SELECT * FROM 'plant/+/data' WHERE temperature > 30 AND NOT (humidity = 40 OR missing = 2) AND upper(device) = 'X'",
  )
  expect(topicMatches).toBe(true)
  expect(outcome).toEqual({ kind: 'no match' })
  expect(where && lines(where)).toEqual([
    "temperature > 30 AND NOT (humidity = 40 OR missing = 2) AND upper(device) = 'X' → Undefined",
    '  temperature > 30 → false',
    '    temperature → 21.5',
    '  NOT (humidity = 40 OR missing = 2) → Undefined',
    '    humidity = 40 OR missing = 2 → Undefined',
    '      humidity = 40 → true',
    '        humidity → 40',
    '      missing = 2 → Undefined',
    '        missing → Undefined',
    "  upper(device) = 'X' → false",
    '    upper(device) → "PUMP-7"',
  ])
})

test.each([
  ['SELECT missing', ['missing: The message has no missing']],
  ['SELECT temperature.x', ['temperature.x: temperature is of type Decimal, and has no members']],
  ['SELECT a.b.c', ['a: The message has no a']],
  ['SELECT device * 2 AS x', ['device * 2: * takes no String and Int']],
  ['SELECT -device AS x, NOT humidity AS y', ['-device: - takes no String', 'NOT humidity: NOT takes no Int']],
  ['SELECT nothing + 1 AS x', ['nothing + 1: + takes no Null and Int']],
  ['SELECT get(list, 7) AS x', ['get(list, 7): There is no index 7: the Array has 2, counted from 0']],
  ['SELECT get(*, "none") AS x', ["get(*, 'none'): The Object has no member none"]],
  ['SELECT get(*, 1) AS x', ['get(*, 1): The key of an Object is a String, not of type Int']],
  [
    'SELECT get(humidity, 1) AS x',
    ['get(humidity, 1): get() reads an Array, an Object or a String, nothing of type Int'],
  ],
  ['SELECT abs(device) AS x', ["abs(device): 'pump-7' is no number; numbers are written as 12.5 or 1E-3"]],
  ['SELECT power(2, list) AS x', ['power(2, list): A number is wanted here, and this is of type Array']],
  [
    'SELECT regexp_substr(device, concat(device, "(")) AS x',
    ["regexp_substr(device, concat(device, '(')): A group is not closed: ) is missing (at character 7)"],
  ],
  ['SELECT time_to_epoch(device, "yyyy") AS x', ["time_to_epoch(device, 'yyyy'): 'pump-7' is no time as yyyy has it"]],
  [
    'SELECT parse_time("yyyy", humidity, device) AS x',
    ["parse_time('yyyy', humidity, device): pump-7 is no time zone; they are named as Europe/Berlin or +01:00"],
  ],
  ['SELECT cast(device AS int) AS x', ['cast(device AS int): device, of type String, is not to be cast to int']],
  [
    'SELECT CASE humidity WHEN 1 THEN 2 END AS x',
    ['CASE humidity WHEN 1 THEN 2 END: No WHEN equals the value, and there is no ELSE'],
  ],
  ['SELECT (SELECT VALUE v FROM list) AS x', ['v: The element has no v, for 1 of 2 elements']],
  [
    'SELECT (SELECT v FROM device) AS x',
    ['(SELECT v FROM device): A nested query goes over an Array or an Object: device is of type String'],
  ],
  ["SELECT {'k': missing} AS x", ['missing: The message has no missing']],
  ['SELECT isundefined(missing) AS x, nanvl(missing, 1) AS y', []],
  ['SET @a = missing SELECT @a AS x', ['missing: The message has no missing', '@a: @a is Undefined']],
  [
    'SELECT get_mqtt_property("content_type") AS x',
    ["get_mqtt_property('content_type'): get_mqtt_property() has no value for String"],
  ],
])('%s: %j', (sql, expected) => {
  const { undefinedNotes } = explain(sql)
  expect(
    undefinedNotes.map(({ from, to, sentence }) => `${sql.slice(from, to).replaceAll('"', "'")}: ${sentence}`),
  ).toEqual(expected)
})

test('of a payload that is not JSON it says so', () => {
  const { isJson, undefinedNotes } = explain('SELECT a', new Uint8Array([1]))
  expect(isJson).toBe(false)
  expect(undefinedNotes.map(({ sentence }) => sentence)).toEqual(['The payload is not JSON, and has no a'])
})

test('variables and the topic are named, and each message is explained afresh', () => {
  const explainer = new Explainer("SET @a = n + 1 SELECT @a AS x FROM 'other' WHERE n > 1", {
    sqlVersion: '2016-03-23',
  })
  const first = explainer.explain(inputOf('{"n":1}'), ENVIRONMENT)
  expect(first).toMatchObject({
    topicMatches: false,
    variables: [{ name: 'a', value: 2 }],
    outcome: { kind: 'no match' },
  })
  const second = explainer.explain(inputOf('{"n":5}'), ENVIRONMENT)
  expect(second).toMatchObject({ variables: [{ name: 'a', value: 6 }], outcome: { kind: 'result', result: { x: 6 } } })
  expect(explain('SELECT *').topicMatches).toBeUndefined()
})
