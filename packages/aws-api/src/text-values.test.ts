import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shape } from './shape.ts'
import { decodeBase64, formatText, parseText, type TextLocation } from './text-values.ts'

const STRING: Shape = { kind: 'string', json: false }
const TIMESTAMP: Shape = { kind: 'timestamp', format: undefined }
const EPOCH: Shape = { kind: 'timestamp', format: 'epoch-seconds' }

test.each<[Shape, string, TextLocation, unknown, string]>([
  [{ kind: 'boolean' }, 'true', 'query', true, ''],
  [{ kind: 'number' }, '-1.5e3', 'query', -1500, ''],
  [{ kind: 'number' }, 'Infinity', 'query', Number.POSITIVE_INFINITY, 'Smithy, restJson1'],
  [TIMESTAMP, '2015-05-28T00:00:00Z', 'query', new Date(Date.UTC(2015, 4, 28)), 'default of a query'],
  [TIMESTAMP, '2015-05-28T02:00:00.250+02:00', 'label', new Date(Date.UTC(2015, 4, 28, 0, 0, 0, 250)), 'offset'],
  [TIMESTAMP, 'Thu, 28 May 2015 00:00:00 GMT', 'header', new Date(Date.UTC(2015, 4, 28)), 'default of a header'],
  [EPOCH, '1432771200.5', 'header', new Date(1_432_771_200_500), 'the trait wins'],
  [{ kind: 'blob' }, 'AAH/', 'header', new Uint8Array([0, 1, 255]), ''],
  [{ kind: 'string', json: true }, 'W10=', 'header', '[]', 'a JSON header is base64'],
  [{ kind: 'string', json: true }, '[]', 'query', '[]', 'only in headers'],
  [{ kind: 'list', value: STRING, sparse: false }, 'a, "b, \\"c\\"" ,d', 'header', ['a', 'b, "c"', 'd'], 'RFC 9110'],
])('%j %s in a %s → %j (%s)', (shape, text, location, expected, _source) => {
  expect(parseText(shape, text, location, 'x')).toEqual(expected)
})

test.each<[Shape, string, TextLocation]>([
  [{ kind: 'boolean' }, 'yes', 'query'],
  [{ kind: 'boolean' }, 'TRUE', 'query'],
  [{ kind: 'number' }, '', 'query'],
  [{ kind: 'number' }, '0x10', 'query'],
  [{ kind: 'number' }, '1 ', 'query'],
  [TIMESTAMP, '28 May 2015', 'query'],
  [TIMESTAMP, '2015-05-28', 'query'],
  [TIMESTAMP, '2015-13-28T00:00:00Z', 'query'],
  [TIMESTAMP, '2015-05-28T00:00:00Z', 'header'],
  [EPOCH, '1e999', 'query'],
  [{ kind: 'blob' }, 'AAH', 'header'],
  [{ kind: 'blob' }, 'A A=', 'header'],
  [{ kind: 'string', json: true }, '/w==', 'header'],
])('%j refuses %j in a %s', (shape, text, location) => {
  expect(() => parseText(shape, text, location, 'x')).toThrow(
    expect.objectContaining({ name: 'SerializationException' }),
  )
})

describe('what is written in a header is read from it', () => {
  const list: Shape = { kind: 'list', value: STRING, sparse: false }

  test('lists of any printable text', () => {
    const item = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\\') })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        expect(parseText(list, formatText(list, items, 'x'), 'header', 'x')).toEqual(items)
      }),
    )
  })

  test('moments to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        const date = new Date(seconds * 1000)
        expect(parseText(TIMESTAMP, formatText(TIMESTAMP, date, 'x'), 'header', 'x')).toEqual(date)
      }),
    )
  })
})

test('a value of another type is the handler’s fault', () => {
  expect(() => formatText({ kind: 'number' }, '5', 'retryAfter')).toThrow(TypeError)
})

const scraps = fc.string({
  unit: fc.constantFrom('A', 'Q', 'z', '9', '+', '/', '=', '-', '_', ' ', '\n', 'é'),
  maxLength: 12,
})

test('accepts exactly what is Base64, with its padding, and decodes it', () => {
  const grammar = /^[A-Za-z0-9+/]*={0,2}$/
  fc.assert(
    fc.property(scraps, (text) => {
      const read = () => decodeBase64(text, 'payload')
      if (text.length % 4 === 0 && grammar.test(text)) {
        expect(read()).toEqual(new Uint8Array(Buffer.from(text, 'base64')))
      } else expect(read).toThrow('is not base64')
    }),
    { numRuns: 5_000, examples: [[''], ['===='], ['A==='], ['A='], ['AA==AA=='], ['AA-_'], ['AA\n='], ['AA==']] },
  )
})
