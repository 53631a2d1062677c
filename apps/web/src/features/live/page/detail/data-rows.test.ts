import { parseJson, stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { dataText } from '../../../../shared/decode/data-text.ts'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'
import { decodeAs } from '../../../../shared/decode/encodings.ts'
import { fromJson } from '../../../../shared/decode/json.ts'
import { dataRows } from './data-rows.ts'

const json = (text: string) => fromJson(parseJson(text))
const NOTHING_CHANGED = new Map<string, boolean>()

test('a row per value, with its path', () => {
  const rows = dataRows(json('{"a":[1,{"b c":true}],"n":12345678901234567890}'), NOTHING_CHANGED)
  expect(rows.map(({ depth, label, path }) => [depth, label, path])).toEqual([
    [0, undefined, '$'],
    [1, 'a', '$.a'],
    [2, '0', '$.a[0]'],
    [2, '1', '$.a[1]'],
    [3, 'b c', '$.a[1]["b c"]'],
    [1, 'n', '$.n'],
  ])
})

test('what somebody closed stays closed, whatever the value is now', () => {
  const closed = new Map([['$.a', false]])
  expect(dataRows(json('{"a":[1,2],"b":3}'), closed).map(({ path }) => path)).toEqual(['$', '$.a', '$.b'])
  expect(dataRows(json('{"x":0,"a":[1]}'), closed).map(({ path }) => path)).toEqual(['$', '$.x', '$.a'])
})

test('of a large value only the first levels are open', () => {
  const large = json(JSON.stringify({ list: Array.from({ length: 300 }, (_, n) => ({ n })) }))
  const rows = dataRows(large, NOTHING_CHANGED)
  expect(rows).toHaveLength(302)
  expect(dataRows(large, new Map([['$.list[7]', true]]))).toHaveLength(303)
})

test('a path leads by keys that are whole numbers, and by none of other kinds', () => {
  const bytes: DataTree = { kind: 'bytes', value: Uint8Array.of(1, 255) }
  const value: DataTree = {
    kind: 'map',
    entries: [
      { key: { kind: 'number', text: '-2' }, value: bytes },
      { key: bytes, value: { kind: 'null' } },
    ],
  }
  expect(dataRows(value, NOTHING_CHANGED).map(({ label, path }) => [label, path])).toEqual([
    [undefined, '$'],
    ['-2', '$[-2]'],
    ["h'01ff'", undefined],
  ])
  expect(dataText(value)).toBe("{-2:h'01ff',h'01ff':null}")
})

test('of two members with one key both are shown, and the path leads to the last', () => {
  const decoded = decodeAs(new TextEncoder().encode('{"t":21.5,"u":1,"t":{"x":99}}'), 'json')
  if (!decoded.ok) throw new Error(decoded.message)
  const rows = dataRows(decoded.tree, NOTHING_CHANGED)
  expect(rows.map(({ label, path, isSuperseded }) => [label, path, isSuperseded])).toEqual([
    [undefined, '$', false],
    ['t', undefined, true],
    ['u', '$.u', false],
    ['t', '$.t', false],
    ['x', '$.t.x', false],
  ])
})

test.each(['{"a":[1,{"b c":true}],"n":12345678901234567890,"e":{},"l":[]}', '[1.50,-0,1e400,null,"\\u2028"]'])(
  '%s as text is as JSON writes it',
  (text) => {
    expect(dataText(json(text))).toBe(stringifyJson(parseJson(text)))
    expect(dataText(json(text), 2)).toBe(stringifyJson(parseJson(text), { indent: 2 }))
  },
)
