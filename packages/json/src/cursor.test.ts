import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonCursor } from './cursor.ts'
import { stringifyJson } from './stringify.ts'

/** `|` is the place. */
const at = (marked: string) => jsonCursor(marked.replace('|', ''), marked.indexOf('|'))

test.each<[string, 'key' | 'value', readonly (string | number)[], string | undefined]>([
  ['{"a": [1, "b|', 'value', ['a', 1], 'b'],
  ['{"a": [1, "b|"], "c": 2}', 'value', ['a', 1], 'b'],
  ['{"a": |', 'value', ['a'], undefined],
  ['{"a": {"b|', 'key', ['a'], 'b'],
  ['{"a": {"x": {}, "y": [], |', 'key', ['a'], undefined],
  ['{|', 'key', [], undefined],
  ['[{"a": [[], {"b": "c"}, |', 'value', [0, 'a', 2], undefined],
  ['"x|', 'value', [], 'x'],
  ['|', 'value', [], undefined],
])('in %s a %s is written at %j', (marked, what, path, begun) => {
  const cursor = at(marked)
  expect(cursor).toMatchObject({ what, path })
  const text = marked.replace('|', '')
  expect(cursor?.stringFrom === undefined ? undefined : text.slice(cursor.stringFrom, marked.indexOf('|'))).toBe(begun)
})

test.each(['{"a"|', '{"a": 1|', "{'a|", '{"a": 1} |', '{"a": tr|', '{"a": "x" |'])('in %s neither is', (marked) => {
  expect(at(marked)).toBeUndefined()
})

test('what was written before is whole', () => {
  const cursor = at('{"Action": ["x", "y"], "Resource": ["a", "b|')
  expect(cursor && stringifyJson(cursor.before.value)).toBe('{"Action":["x","y"],"Resource":["a","b"]}')
})

test('within each string of a text, it is that string', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const text = JSON.stringify(value)
      for (const { index, 0: whole } of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
        expect(jsonCursor(text, index + whole.length - 1)).toMatchObject({ stringFrom: index + 1 })
        expect(jsonCursor(text, index + whole.length - 1)?.what).toBe(
          text[index + whole.length] === ':' ? 'key' : 'value',
        )
      }
    }),
  )
})
