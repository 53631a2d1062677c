// @vitest-environment node
import { expect, test } from 'vitest'
import { previewOf } from './preview.ts'

test.each([
  ['text', new TextEncoder().encode('{\n  "a": 1\n}'), '{ "a": 1 }', true],
  ['a byte order mark', new TextEncoder().encode('\ufeff{\u00a0}'), '\ufeff{\u00a0}', true],
  ['a zero at the end', new TextEncoder().encode('{"t":21.5}\u0000'), '{"t":21.5}\u0000', true],
  ['zeros alone', Uint8Array.of(0, 0), '00 00', false],
  ['a byte of Latin-1', Buffer.from('{"unit":"°C"}', 'latin1'), '{"unit":"\udcb0C"}', true],
  ['nothing', new Uint8Array(), '', true],
  ['not UTF-8', Uint8Array.of(0xff, 0x00, 0x10), 'ff 00 10', false],
  ['control characters', Uint8Array.of(0x41, 0x07), '41 07', false],
])('%s', (_, payload, preview, isText) => {
  expect(previewOf(payload, { topic: 'dt/a' })).toEqual({ preview, isText })
})

test.each([1, 2, 3])('a long text is not cut inside a character (%i bytes before)', (shift) => {
  const text = 'x'.repeat(shift) + '€'.repeat(500)
  const { preview, isText } = previewOf(new TextEncoder().encode(text), { topic: 'dt/a' })
  expect(isText).toBe(true)
  expect(text.startsWith(preview)).toBe(true)
  expect(preview.length).toBeGreaterThan(100)
})

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test.each([
  [
    'CBOR',
    'a2 6269641bffffffffffffffff 64666c6f77fb4010cccccccccccd',
    {},
    '{"id":18446744073709551615,"flow":4.2}',
    'cbor',
  ],
  [
    'MessagePack',
    '82 a26964cfffffffffffffffff a4666c6f77cb4010cccccccccccd',
    {},
    '{"id":18446744073709551615,"flow":4.2}',
    'message-pack',
  ],
  ['a number whose Content Type says CBOR', '19 ffff', { contentType: 'application/cbor' }, '65535', 'cbor'],
  ['a number of which nothing says what it is', '19 ffff', {}, '19 ff ff', undefined],
  ['CBOR with bytes behind it', 'a1 6161 01 ff', {}, 'a1 61 61 01 ff', undefined],
  ['plain bytes', '00 ff 10', {}, '00 ff 10', undefined],
])('%s', (_, hex, said, preview, encoding) => {
  const found = previewOf(bytes(hex), { topic: 'dt/a', ...said })
  expect(found.preview).toBe(preview)
  expect(found.encoding).toBe(encoding)
  expect(found.isText).toBe(encoding !== undefined)
})

test('what is larger than a row is worth stays hex', () => {
  const items = bytes(`99 2000 ${'01'.repeat(0x2000)}`)
  expect(previewOf(items, { topic: 'dt/a' })).toMatchObject({ isText: false })
})

test('text that could begin CBOR is text', () => {
  expect(previewOf(new TextEncoder().encode('ß'), { topic: 'dt/a' })).toEqual({ preview: 'ß', isText: true })
})
