import { isJsonObject, JsonObject, parseJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { readSectionText } from '../section-text.ts'
import { newViolations, sectionSchemaProblems, violationInWords } from './schema-problems.ts'

function object(text: string): JsonObject {
  const value = parseJson(text)
  return isJsonObject(value) ? value : JsonObject.EMPTY
}

const SCHEMA = object('{"properties":{"a":{"maximum":5},"l":{"items":{"type":"number"}}},"required":["a"]}')

test.each([
  ['{ "a": 9 }', ['9']],
  ['{ "a": 1, "l": [1, "x"] }', ['"x"']],
  ['{ "b": 1 }', ['{ "b": 1 }']],
  ['{ "a": 1, "a": 9 }', ['9']],
  ['{}', []],
])('in %s the marks are at %j', (text, marked) => {
  const problems = sectionSchemaProblems(SCHEMA, readSectionText(text))
  expect(problems.map(({ from, to }) => text.slice(from, to))).toEqual(marked)
})

test('what the shadow breaks already is not held against the draft', () => {
  const live = { desired: object('{"a":9}') }
  expect(newViolations(SCHEMA, live, { desired: object('{"a":9,"b":1}') })).toEqual([])
  const found = newViolations(SCHEMA, live, { desired: object('{"a":9,"l":["x"]}') })
  expect(found.map(violationInWords)).toEqual(['l[0] must be number'])
  expect(newViolations(SCHEMA, live, {})).toEqual([])
})
