import { parseJson, stringifyJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOutJson } from './json-text.ts'

test.each([
  ['{ "b" : 1, "b": 2 }', '{\n  "b": 1,\n  "b": 2\n}'],
  ['{"a":[1.0,{}],"c":[]}', '{\n  "a": [\n    1.0,\n    {}\n  ],\n  "c": []\n}'],
  ['"\\u00e9 \\"{,"', '"\\u00e9 \\"{,"'],
  ['[[]]', '[\n  []\n]'],
  ['', ''],
])('%j', (text, laidOut) => {
  expect(layOutJson(text)).toBe(laidOut)
})

test('it is what a printer makes of it, and the same again', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const laidOut = layOutJson(text)
      expect(laidOut).toBe(stringifyJson(parseJson(text), { indent: 2 }))
      expect(layOutJson(laidOut)).toBe(laidOut)
    }),
  )
})
