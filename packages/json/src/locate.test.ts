import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locate } from './locate.ts'
import { parseJson } from './parse.ts'
import { JsonParseError } from './parse-error.ts'
import type { JsonPath } from './path.ts'
import { fromPlain } from './plain.ts'
import { stringifyJson } from './stringify.ts'
import { isJsonArray, isJsonObject, type JsonValue } from './value.ts'

function* everyValue(value: JsonValue, path: JsonPath = []): Generator<[JsonPath, JsonValue]> {
  yield [path, value]
  if (!isJsonArray(value) && !isJsonObject(value)) return
  for (const [key, child] of value.entries()) yield* everyValue(child, [...path, key])
}

test('finds the text of every value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), fc.nat({ max: 2 }), (plain, indent) => {
      const root = fromPlain(plain)
      const text = stringifyJson(root, { indent })
      for (const [path, value] of everyValue(root)) {
        const range = locate(text, path)
        expect(range && stringifyJson(parseJson(text.slice(range.start, range.end)))).toBe(stringifyJson(value))
        expect(range && text.slice(range.start, range.end).trim()).toHaveLength((range?.end ?? 0) - (range?.start ?? 0))
      }
    }),
  )
})

test.each([
  [' {"a" : [ 1 , "]}\\"" ] } ', ['a', 1], '"]}\\""'],
  ['{"a":1,"a":2}', ['a'], '2'],
  ['{"\\u0061":[]}', ['a'], '[]'],
  ['{"a":[1]}', ['a', 1], undefined],
  ['{"a":[1]}', ['b', 0], undefined],
  ['{"a":[1]}', ['a', '0'], undefined],
  ['[1]', ['length'], undefined],
  [' 1 ', [], '1'],
])('in %s the path %j is %s', (text, path, expected) => {
  const range = locate(text, path)
  expect(range && text.slice(range.start, range.end)).toBe(expected)
})

test('a text that is not JSON has no places', () => {
  expect(() => locate('{"a":', ['a'])).toThrow(JsonParseError)
})
