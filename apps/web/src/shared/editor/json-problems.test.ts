import { isJsonObject, JsonObject, parseJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { jsonProblems, jsonProblemsBy } from './json-problems.ts'

function schema(text: string): JsonObject {
  const value = parseJson(text)
  return isJsonObject(value) ? value : JsonObject.EMPTY
}

const marked = (check: typeof jsonProblems, text: string) =>
  check(text).map(({ from, to, message }) => [text.slice(from, to), message])

test.each([
  ['', []],
  ['{"a": 1}', []],
  ['{"a": 1, "b": {"c": 1, "c": 2}}', ['"c"']],
  ['[{"a": 1, "a": 2}]', ['"a"']],
  ["{'a': 1}", ["'"]],
])('in %s what is wrong stands at %j', (text, places) => {
  expect(marked(jsonProblems, text).map(([place]) => place)).toEqual(places)
})

test('what breaks a schema is marked at the value, in words', () => {
  const check = jsonProblemsBy(schema('{"properties":{"a":{"type":"number"}}}'))
  const [[place, message] = []] = marked(check, '{"a": "x"}')
  expect(place).toBe('"x"')
  expect(message).toMatch(/^By the schema: .*a must be number$/)
  expect(marked(check, '')).toEqual([])
})
