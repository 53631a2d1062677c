import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyTextEdits, editJsonText } from './edit-text.ts'
import { jsonIdentical } from './equals.ts'
import { parseJson } from './parse.ts'
import { JsonParseError } from './parse-error.ts'
import { getAt } from './path.ts'
import { stringifyJson } from './stringify.ts'
import { JsonNumber, JsonObject, type JsonValue } from './value.ts'

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<JsonValue>(null, true, '', 'x', '}"\\,', JsonNumber.of('1.0'), JsonNumber.of('9007199254740993')),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', '1', '__proto__', 'q"{'), tie('value')), {
        selector: ([key]) => key,
        maxLength: 4,
      })
      .map(JsonObject.from),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))

/** The same value with white space of many kinds. */
const written = fc
  .tuple(value, fc.constantFrom(0, 1, 2, 4), fc.constantFrom('', ' ', '\n\t'))
  .map(([json, indent, around]) => around + stringifyJson(json, { indent }).replaceAll(',', `${around},`) + around)
  .filter((text) => !/"[^"]*,[^"]*"/.test(text) || isJson(text))

function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch (error) {
    if (error instanceof JsonParseError) return false
    throw error
  }
}

test('the edited text means the target', () => {
  fc.assert(
    fc.property(written, value, (text, target) => {
      const edits = editJsonText(text, target)
      expect(jsonIdentical(parseJson(applyTextEdits(text, edits)), target)).toBe(true)
      expect(editJsonText(applyTextEdits(text, edits), target)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('edits are sorted and do not overlap, and none is needed for what the text means already', () => {
  fc.assert(
    fc.property(written, value, (text, target) => {
      expect(editJsonText(text, parseJson(text))).toEqual([])
      let end = 0
      for (const { from, to } of editJsonText(text, target)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThanOrEqual(from)
        end = to
      }
    }),
  )
})

test.each([
  ['{"a": 1,   "b": [2]}', '{"b":[2],"a":3}', '{"a": 3,   "b": [2]}', 'only the value changes'],
  ['{"a": 1, "b": 2, "c": 3}', '{"a":1,"c":3}', '{"a": 1, "c": 3}', 'from the middle'],
  ['{"a": 1, "b": 2, "c": 3}', '{"c":3}', '{"c": 3}', 'from the start'],
  ['{"a": 1, "b": 2, "c": 3}', '{"a":1}', '{"a": 1}', 'from the end'],
  ['{"a": 1, "b": 2}', '{"a":1,"d":4}', '{"a": 1, "d": 4}', 'one goes, one comes'],
  ['{\n  "a": 1\n}', '{"a":1,"n":{"x":1}}', '{\n  "a": 1,\n  "n": {\n    "x": 1\n  }\n}', 'indented as its neighbours'],
  ['{\n    "o": {}\n}', '{"o":{"x":1}}', '{\n    "o": {\n      "x": 1\n    }\n}', 'within an empty object'],
  ['{"a": 1, "a": 2}', '{"a":2}', '{\n  "a": 2\n}', 'a key that comes twice is written anew'],
  [
    '{"big": 12345678901234567890.10}',
    '{"big":12345678901234567890.10,"b":1}',
    '{"big": 12345678901234567890.10, "b": 1}',
    'digits stay',
  ],
])('%s → %s (%#)', (text, target, expected) => {
  expect(applyTextEdits(text, editJsonText(text, parseJson(target)))).toBe(expected)
})

test('what stays in an object keeps its spelling', () => {
  const text = '{ "e": 1e2 , "t" : "\\u0061", "gone": [ 1 ] }'
  const target = JsonObject.from([...(parseJson(text) as JsonObject)].filter(([key]) => key !== 'gone')).with(
    'new',
    true,
  )
  const after = applyTextEdits(text, editJsonText(text, target))
  expect(after).toBe('{ "e": 1e2 , "t" : "\\u0061", "new": true }')
  expect(getAt(parseJson(after), ['t'])).toBe('a')
})
