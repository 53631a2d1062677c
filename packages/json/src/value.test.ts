import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../scripts/any-character.ts'
import { jsonEquals, jsonIdentical } from './equals.ts'
import { parseJson } from './parse.ts'
import { formatPath, getAt } from './path.ts'
import { fromPlain, toPlain } from './plain.ts'
import { jsonByteLength, stringifyJson, utf8ByteLength } from './stringify.ts'
import { decodeUtf8 } from './utf8.ts'
import { decimalForm, JsonNumber, JsonObject } from './value.ts'

test.each([0, 1, 2, 4])('formats as JSON.stringify does, with indent %i', (indent) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(stringifyJson(fromPlain(value), { indent })).toBe(JSON.stringify(value, undefined, indent))
    }),
  )
})

test('quotes every code unit as JSON.stringify does', () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const text = `a${String.fromCharCode(code)}b`
    if (stringifyJson(text) !== JSON.stringify(text)) expect.fail(`U+${code.toString(16)} is quoted otherwise`)
  }
})

function encodedLength(text: string): number {
  return encodeURIComponent(text.toWellFormed()).replace(/%../g, '.').length
}

test('counts the bytes that an encoder would write', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.string({ unit: anyCharacter }), fc.constant('\ud800')) }), (text) => {
      expect(utf8ByteLength(text)).toBe(encodedLength(text))
    }),
  )
  expect(jsonByteLength(parseJson('{ "ü" : [ 1.0 ] }'))).toBe(12)
})

test.each([
  ['1', '1.0', true],
  ['1', '1e0', true],
  ['100', '1E+2', true],
  ['0', '-0.0e9', true],
  ['0.1', '1e-1', true],
  ['12345678901234567890', '12345678901234567891', false],
  ['9007199254740993', '9007199254740992', false],
  ['1e400', '1e401', false],
  ['1e400', '10e399', true],
  ['1e99999999999999999999', '10e99999999999999999998', true],
  ['1', '"1"', false],
  ['0', 'false', false],
  ['null', 'false', false],
  ['{"a":1,"b":2}', '{"b":2.0,"a":1}', true],
  ['{"a":1}', '{"b":1}', false],
  ['{"a":1}', '{"a":1,"b":2}', false],
  ['[1,2]', '[2,1]', false],
  ['[]', '{}', false],
  ['[null]', '[]', false],
])('%s equals %s: %s', (a, b, expected) => {
  expect(jsonEquals(parseJson(a), parseJson(b))).toBe(expected)
  expect(jsonEquals(parseJson(b), parseJson(a))).toBe(expected)
})

test.each([
  ['[1.0]', '[1]', false],
  ['1e2', '1E2', false],
  ['{"a":1.50,"b":[]}', '{"b":[],"a":1.50}', true],
])('%s is identical to %s: %s', (a, b, expected) => {
  expect(jsonIdentical(parseJson(a), parseJson(b))).toBe(expected)
})

test('tells UTF-8 from other bytes', () => {
  expect(decodeUtf8(Uint8Array.of(0xc3, 0xbc))).toBe('ü')
  expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe('\uFEFF1')
  for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined()
  }
})

test('a number keeps its value in any spelling', () => {
  const number = fc.tuple(fc.bigInt(), fc.integer({ min: -30, max: 30 }), fc.nat({ max: 30 }))
  fc.assert(
    fc.property(number, ([digits, exponent, zeros]) => {
      const plain = `${digits}e${exponent}`
      const shifted = `${digits}${'0'.repeat(zeros)}e${exponent - zeros}`
      const fraction = `${digits}.${'0'.repeat(zeros + 1)}E${exponent}`
      expect(decimalForm(shifted)).toBe(decimalForm(plain))
      expect(decimalForm(fraction)).toBe(decimalForm(plain))
      expect(decimalForm(`${digits + 1n}e${exponent}`)).not.toBe(decimalForm(plain))
    }),
  )
})

test('a long row of zeros is trimmed in linear time', () => {
  const zeros = '0'.repeat(200_000)
  expect(decimalForm(`1${zeros}1`)).toBe(`1${zeros}1e0`)
  expect(decimalForm(`0.${zeros}`)).toBe('0')
})

test.each([
  ['9007199254740993', false],
  ['9007199254740992', true],
  ['1e21', true],
  ['0.1', true],
  ['0.10', true],
  ['0.1000000000000000055511151231257827', false],
  ['1e400', false],
])('%s is exact as a double: %s', (text, expected) => {
  expect(JsonNumber.of(text).isExact).toBe(expected)
})

test('makes numbers from doubles, bigints and text, and from nothing else', () => {
  expect(JsonNumber.of(-0).text).toBe('0') // as JSON.stringify writes it
  expect(JsonNumber.of('-0').text).toBe('-0')
  expect(JsonNumber.of(1e21).text).toBe('1e+21')
  expect(JsonNumber.of(2n ** 64n).text).toBe('18446744073709551616')
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '', '01', '1.', ' 1', '0x1', '1e']) {
    expect(() => JsonNumber.of(wrong)).toThrow(TypeError)
  }
})

test('goes to plain values and back', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text.replaceAll('-0', '0'))
      expect(toPlain(fromPlain(value))).toEqual(value)
    }),
  )
  const plain = toPlain(parseJson('{"__proto__":{"polluted":true}}'))
  expect(Object.entries(plain ?? {})).toEqual([['__proto__', { polluted: true }]])
  expect(stringifyJson(fromPlain(plain))).toBe('{"__proto__":{"polluted":true}}')
})

test('takes JSON values within plain ones, and leaves undefined members out', () => {
  const big = parseJson('{"id":12345678901234567890}')
  expect(stringifyJson(fromPlain({ big, absent: undefined, n: 1n }))).toBe('{"big":{"id":12345678901234567890},"n":1}')
})

const cycle: unknown[] = []
cycle.push(cycle)

test.each([
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a function', () => 1],
  ['undefined', undefined],
  ['undefined in an array', [undefined]],
  ['not a number', { a: Number.NaN }],
  ['a cycle', cycle],
])('%s is not JSON', (_, value) => {
  expect(() => fromPlain(value)).toThrow(TypeError)
})

test('copies with and without a member keep the order', () => {
  const object = JsonObject.from([
    ['10', null],
    ['a', null],
  ])
  expect([...object.with('10', true).with('1', true).keys()]).toEqual(['10', 'a', '1'])
  expect([...object.without('10').keys()]).toEqual(['a'])
  expect([...object.keys()]).toEqual(['10', 'a'])
})

test.each([
  [[], '$'],
  [['a', 0, 'b'], '$.a[0].b'],
  [['größe', 'x-y', '', '0'], '$.größe["x-y"][""]["0"]'],
  [['a"b'], '$["a\\"b"]'],
])('the path %j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text)
})

test('finds what stands at a path, and only that', () => {
  const value = parseJson('{"a":[{"b":true}],"0":null}')
  expect(getAt(value, ['a', 0, 'b'])).toBe(true)
  expect(getAt(value, ['0'])).toBe(null)
  expect(getAt(value, [0])).toBeUndefined()
  expect(getAt(value, ['a', '0'])).toBeUndefined()
  expect(getAt(value, ['a', 0, 'b', 'length'])).toBeUndefined()
  expect(getAt(value, ['constructor'])).toBeUndefined()
})
