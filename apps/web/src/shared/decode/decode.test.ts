// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, fromHex, toBase64, toHex } from '../bytes-text.ts'
import type { DataTree } from './data-tree.ts'
import { decodeAs, type Encoding, guessEncoding } from './encodings.ts'

/** Diagnostic notation, as RFC 8949 §8 writes it, near enough to compare. */
function print(tree: DataTree): string {
  switch (tree.kind) {
    case 'null':
    case 'undefined':
      return tree.kind
    case 'boolean':
      return String(tree.value)
    case 'number':
      return tree.text
    case 'string':
      return JSON.stringify(tree.value)
    case 'bytes':
      return `h'${toHex(tree.value).replaceAll(' ', '')}'`
    case 'array':
      return `[${tree.items.map(print).join(', ')}]`
    case 'map':
      return `{${tree.entries.map(({ key, value }) => `${print(key)}: ${print(value)}`).join(', ')}}`
    case 'tag':
      return `${tree.tag}(${print(tree.value)})`
    case 'extension':
      return `ext${tree.type}(${toHex(tree.value).replaceAll(' ', '')})`
    case 'simple':
      return `simple(${tree.value})`
  }
}

function decode(hex: string, encoding: Encoding): string {
  const decoded = decodeAs(fromHex(hex) ?? new Uint8Array(), encoding)
  return decoded.ok ? print(decoded.tree) : decoded.message
}

/** RFC 8949 Appendix A; floats here always show a point, to be told from integers. */
test.each([
  ['00', '0'],
  ['17', '23'],
  ['1818', '24'],
  ['1903e8', '1000'],
  ['1a000f4240', '1000000'],
  ['1b000000e8d4a51000', '1000000000000'],
  ['1bffffffffffffffff', '18446744073709551615'],
  ['c249010000000000000000', "2(h'010000000000000000')"],
  ['3bffffffffffffffff', '-18446744073709551616'],
  ['20', '-1'],
  ['3903e7', '-1000'],
  ['f90000', '0.0'],
  ['f98000', '-0.0'],
  ['f93c00', '1.0'],
  ['fb3ff199999999999a', '1.1'],
  ['f93e00', '1.5'],
  ['f97bff', '65504.0'],
  ['fa47c35000', '100000.0'],
  ['fa7f7fffff', '3.4028235e+38'],
  ['fb7e37e43c8800759c', '1e+300'],
  ['f90001', '5.9604645e-8'],
  ['f90400', '0.000061035156'],
  ['f9c400', '-4.0'],
  ['fbc010666666666666', '-4.1'],
  ['f97c00', 'Infinity'],
  ['f97e00', 'NaN'],
  ['f9fc00', '-Infinity'],
  ['fb7ff0000000000000', 'Infinity'],
  ['f4', 'false'],
  ['f5', 'true'],
  ['f6', 'null'],
  ['f7', 'undefined'],
  ['f0', 'simple(16)'],
  ['f8ff', 'simple(255)'],
  ['c074323031332d30332d32315432303a30343a30305a', '0("2013-03-21T20:04:00Z")'],
  ['c11a514b67b0', '1(1363896240)'],
  ['d74401020304', "23(h'01020304')"],
  ['d818456449455446', "24(h'6449455446')"],
  ['40', "h''"],
  ['6449455446', '"IETF"'],
  ['62225c', '"\\"\\\\"'],
  ['62c3bc', '"ü"'],
  ['64f0908591', '"𐅑"'],
  ['8301820203820405', '[1, [2, 3], [4, 5]]'],
  ['a201020304', '{1: 2, 3: 4}'],
  ['a26161016162820203', '{"a": 1, "b": [2, 3]}'],
  ['5f42010243030405ff', "h'0102030405'"],
  ['7f657374726561646d696e67ff', '"streaming"'],
  ['9fff', '[]'],
  ['9f018202039f0405ffff', '[1, [2, 3], [4, 5]]'],
  ['bf6346756ef563416d7421ff', '{"Fun": true, "Amt": -2}'],
])('CBOR %s is %s', (hex, expected) => {
  expect(decode(hex, 'cbor')).toBe(expected)
})

test.each([
  ['', 'The payload ends too early at byte 0.'],
  ['18', 'The payload ends too early at byte 1.'],
  ['1c', 'There is no such initial byte at byte 0.'],
  ['ff', 'There is nothing to break off at byte 0.'],
  ['f818', 'A simple value is written in two bytes that has one at byte 0.'],
  ['5bffffffffffffffff', 'The payload ends too early at byte 9.'],
  ['9bffffffffffffffff', 'The payload ends too early at byte 9.'],
  ['5f6161ff', 'A string in pieces has a piece of another kind at byte 1.'],
  ['61ff', 'A text is not UTF-8 at byte 1.'],
  ['0000', 'There are bytes after the end at byte 1.'],
  ['a1ff', 'There is nothing to break off at byte 1.'],
  ['81'.repeat(600), 'There are more than 500 levels at byte 501.'],
])('%s is no CBOR: %s', (hex, message) => {
  expect(decode(hex, 'cbor')).toBe(message)
})

test.each([
  ['c11a514b67b0', '2013-03-21T20:04:00.000Z'],
  ['c1fb41d452d9ec200000', '2013-03-21T20:04:00.500Z'],
  ['c249010000000000000000', '18446744073709551616'],
  ['c349010000000000000000', '-18446744073709551617'],
])('the CBOR tag of %s means %s', (hex, label) => {
  expect(decodeAs(fromHex(hex) ?? new Uint8Array(), 'cbor')).toMatchObject({ tree: { label } })
})

/** The specification's table of formats, one row each. */
test.each([
  ['c0', 'null'],
  ['c2', 'false'],
  ['c3', 'true'],
  ['7f', '127'],
  ['e0', '-32'],
  ['ff', '-1'],
  ['ccff', '255'],
  ['cdffff', '65535'],
  ['ceffffffff', '4294967295'],
  ['cfffffffffffffffff', '18446744073709551615'],
  ['d080', '-128'],
  ['d18000', '-32768'],
  ['d280000000', '-2147483648'],
  ['d38000000000000000', '-9223372036854775808'],
  ['ca3fc00000', '1.5'],
  ['ca40866666', '4.2'],
  ['cb4010cccccccccccd', '4.2'],
  ['a3616263', '"abc"'],
  ['d903616263', '"abc"'],
  ['da0003616263', '"abc"'],
  ['db00000003616263', '"abc"'],
  ['c403010203', "h'010203'"],
  ['c50003010203', "h'010203'"],
  ['c600000003010203', "h'010203'"],
  ['93010203', '[1, 2, 3]'],
  ['dc0001c0', '[null]'],
  ['dd00000001c0', '[null]'],
  ['82a16101a162c2', '{"a": 1, "b": false}'],
  ['de00010102', '{1: 2}'],
  ['df000000010102', '{1: 2}'],
  ['d405aa', 'ext5(aa)'],
  ['d505aabb', 'ext5(aabb)'],
  ['d6ff5d0a1b2c', 'ext-1(5d0a1b2c)'],
  ['c70305010203', 'ext5(010203)'],
  ['c1', 'There is no format 0xc1 at byte 0.'],
  ['93c0', 'The payload ends too early at byte 2.'],
  ['dfffffffff', 'The payload ends too early at byte 5.'],
  ['c0c0', 'There are bytes after the end at byte 1.'],
])('MessagePack %s is %s', (hex, expected) => {
  expect(decode(hex, 'message-pack')).toBe(expected)
})

test.each([
  ['d6ff514b67b0', '2013-03-21T20:04:00Z'],
  ['d7ff77359400514b67b0', '2013-03-21T20:04:00.5Z'],
  ['c70cff00000001ffffffffffffffff', '1969-12-31T23:59:59.000000001Z'],
])('the MessagePack timestamp %s is %s', (hex, label) => {
  expect(decodeAs(fromHex(hex) ?? new Uint8Array(), 'message-pack')).toMatchObject({ tree: { label } })
})

test('JSON keeps every digit', () => {
  const text = new TextEncoder().encode('{"id":18446744073709551615,"x":1.0,"e":1e400}')
  const decoded = decodeAs(text, 'json')
  expect(decoded.ok && print(decoded.tree)).toBe('{"id": 18446744073709551615, "x": 1.0, "e": 1e400}')
})

test('any bytes decode or say why not, in time', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const encoding of ['json', 'cbor', 'message-pack'] as const) {
        const decoded = decodeAs(bytes, encoding)
        if (!decoded.ok) expect(decoded.message).not.toBe('')
      }
      guessEncoding(bytes)
    }),
  )
})

test.each([
  ['7b2261223a317d', undefined, '', 'json'],
  ['a1616101', undefined, '', 'cbor'],
  ['81a16101', undefined, '', 'message-pack'],
  ['00', undefined, '', undefined],
  ['18', 'application/cbor', '', undefined],
  ['00', 'application/cbor', '', 'cbor'],
  ['93010203', 'application/msgpack', '', 'message-pack'],
  ['00', undefined, '$aws/things/pump/streams/s/data/cbor', 'cbor'],
  ['ffd8ffe0', undefined, '', undefined],
])('%s with %s on %s is probably %s', (hex, contentType, topic, expected) => {
  expect(guessEncoding(fromHex(hex) ?? new Uint8Array(), contentType, topic)).toBe(expected)
})

test('hex and base64 there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(Uint8Array.from(bytes))
      expect(fromBase64(toBase64(bytes))).toEqual(Uint8Array.from(bytes))
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(Uint8Array.from(bytes))
    }),
  )
  expect([fromHex('7b2'), fromHex('zz'), fromBase64('a'), fromBase64('a*b')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
