import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonIdentical } from './equals.ts'
import { type JsonTree, parseJsonTree } from './json-tree.ts'
import { parseJson } from './parse.ts'
import { JsonParseError } from './parse-error.ts'
import type { JsonPath } from './path.ts'
import { fromPlain } from './plain.ts'
import { stringifyJson } from './stringify.ts'
import { isJsonArray, isJsonObject, type JsonValue } from './value.ts'

const texts = fc
  .tuple(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), fc.nat({ max: 2 }), fc.constantFrom('', ' ', '\r\n\t'))
  .map(([plain, indent, around]) => around + stringifyJson(fromPlain(plain), { indent }) + around)

test('every value and key stands where it is said to stand', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const check = (node: JsonTree, value: JsonValue): void => {
        expect(jsonIdentical(node.value, value)).toBe(true)
        const written = text.slice(node.from, node.to)
        expect(written.trim()).toBe(written)
        expect(jsonIdentical(parseJson(written), value)).toBe(true)
        expect(node.members?.map(({ key }) => key)).toEqual(isJsonObject(value) ? [...value.keys()] : undefined)
        for (const member of node.members ?? []) {
          expect(JSON.parse(text.slice(member.from, member.keyTo))).toBe(member.key)
        }
        const below = isJsonObject(value) ? [...value.values()] : isJsonArray(value) ? value : []
        const nodes = node.members?.map((member) => member.value) ?? node.items ?? []
        expect(nodes).toHaveLength(below.length)
        for (const [index, child] of nodes.entries()) check(child, below[index] ?? null)
      }
      check(parseJsonTree(text), parseJson(text))
    }),
  )
})

test('keeps both members of one key, and lets the last count', () => {
  const text = '{"a":1,"b":{},"\\u0061":[2]}'
  const { value, members = [] } = parseJsonTree(text)
  expect(stringifyJson(value)).toBe('{"a":[2],"b":{}}')
  expect(members.map(({ key, value: { from, to } }) => [key, text.slice(from, to)])).toEqual([
    ['a', '1'],
    ['b', '{}'],
    ['a', '[2]'],
  ])
})

test.each<[string, JsonPath, number]>([
  ['{"a":1,"b":{"a":2,"\\u0061":3}}', ['b', 'a'], 18],
  ['[0,{"":0,"":0}]', [1, ''], 9],
])('%s is refused where keys are to be unique', (text, path, offset) => {
  const refusal = expect.objectContaining({ code: 'DUPLICATE_KEY', path, offset })
  expect(() => parseJson(text, { uniqueKeys: true })).toThrow(refusal)
  expect(() => parseJsonTree(text, { uniqueKeys: true })).toThrow(refusal)
  expect(() => parseJsonTree(text)).not.toThrow()
})

test('one key in two objects is no duplicate', () => {
  expect(() => parseJson('[{"a":{"a":1}},{"a":2}]', { uniqueKeys: true })).not.toThrow()
})

test('a text that is not JSON has no places', () => {
  expect(() => parseJsonTree('{"a":')).toThrow(JsonParseError)
})
