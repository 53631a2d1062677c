// @vitest-environment node
import { expect, test } from 'vitest'
import { comparePayloads } from './compare-payloads.ts'

const message = (payload: string | Uint8Array) => ({
  hint: { topic: 'dt/a' },
  payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
})
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const compare = (one: string | Uint8Array, other: string | Uint8Array) => comparePayloads(message(one), message(other))

test.each([
  ['{"a":1}', '{"a":1}', 'the same payload, byte for byte'],
  ['{"a":1,"b":2}', '{ "a" : 1, "b" : 2 }', 'the same values: only white space differs'],
  ['{"a":" x"}', '{"a":"x"}', undefined],
  ['{"a":"\\u00e9"}', '{"a":"é"}', 'the same values: only how they are written differs'],
  ['{"a":1}', '{"a":1}\u0000', 'the same values: only how they are written differs'],
  ['{"a":1}', '\ufeff{"a":1}', 'the same values: only how they are written differs'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}', 'the same values: only their order or how numbers are written differs'],
  ['{"a":1}', '{"a":1.0}', 'the same values: only their order or how numbers are written differs'],
  ['{"a":1,"a":2}', '{"a":2}', undefined],
  ['{"a":1}', '{"a":2}', undefined],
  ['on', 'on\n', 'only white space differs'],
  ['on', 'off', undefined],
])('from %j to %j: %s', (one, other, words) => {
  const { before, after, words: said } = compare(one, other)
  expect(said).toBe(words)
  expect(before === after).toBe(words === 'the same payload, byte for byte')
})

test('CBOR and MessagePack are compared by their values', () => {
  expect(compare(hex('a1617401'), hex('a1617402'))).toEqual({ before: '{\n  "t": 1\n}', after: '{\n  "t": 2\n}' })
  expect(compare(hex('a1617401'), hex('81a17402'))).toEqual({ before: '{\n  "t": 1\n}', after: '{\n  "t": 2\n}' })
  expect(compare(hex('a1617401'), hex('a161741801'))).toMatchObject({
    words: 'the same values: only how they are encoded differs',
    before: expect.stringContaining('a1 61 74 01'),
    after: expect.stringContaining('a1 61 74 18 01'),
  })
  expect(compare(hex('a1617401'), '{"t":2}')).toEqual({ before: '{\n  "t": 1\n}', after: '{\n  "t": 2\n}' })
})

test('text with a byte that is none is compared as text', () => {
  const latin = (last: string) =>
    Uint8Array.from([...new TextEncoder().encode('{"unit":"'), 0xb0, ...new TextEncoder().encode(last)])
  expect(compare(latin('C"}'), latin('F"}'))).toEqual({ before: '{"unit":"\udcb0C"}', after: '{"unit":"\udcb0F"}' })
})
