import { fromPlain, type JsonValue, jsonIdentical, parseJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../../../scripts/any-character.ts'
import { fieldText, fieldTypeOf, fitsOneLine, readField } from './field-value.ts'

/** What a browser makes of a text that is put into a field of one line. */
function inInput(text: string): string {
  const input = document.createElement('input')
  input.value = text
  return input.value
}

test('every value is read from its field as it was put there', () => {
  const texts = fc.string({ unit: anyCharacter, maxLength: 12 })
  const values = fc.oneof(
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.json().map(JSON.parse),
  )
  fc.assert(
    fc.property(values, (plain: unknown) => {
      const value: JsonValue = fromPlain(plain)
      const type = fieldTypeOf(value)
      const read = readField(type, inInput(fieldText(value)))
      expect(read.ok && jsonIdentical(read.value, value)).toBe(true)
    }),
  )
})

test.each(['line1\nline2', 'a\r\nb', 'a\tb', '\u0000', 'a\u2028b', '\u009b', 'a\u202eb', '\u200b', '\u{e0041}'])(
  '%j is edited as JSON',
  (text) => {
    expect(fitsOneLine(text)).toBe(false)
    expect(fieldTypeOf(text)).toBe('json')
    expect(parseJson(fieldText(text))).toBe(text)
    expect(fieldText(text)).toMatch(/^[ -~]+$/)
  },
)

test.each(['', ' a ', 'é', '“', '12', '{'])('%j is edited as text', (text) => {
  expect([fieldTypeOf(text), fieldText(text)]).toEqual(['string', text])
})
