import { cbor } from '@smithy/core/cbor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCbor } from './cbor-decode.ts'
import { type CborValue, encodeCbor } from './cbor-encode.ts'

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

test.each<[hex: string, value: unknown, source: string]>([
  ['00', 0, 'RFC 8949, appendix A'],
  ['1903e8', 1000, ''],
  ['1b000000e8d4a51000', 1_000_000_000_000, ''],
  ['3903e7', -1000, ''],
  ['f93c00', 1, ''],
  ['f97bff', 65504, ''],
  ['f90001', 2 ** -24, ''],
  ['f9c400', -4, ''],
  ['f97c00', Number.POSITIVE_INFINITY, ''],
  ['fa47c35000', 100_000, ''],
  ['fb3ff199999999999a', 1.1, ''],
  ['c11a514b67b0', new Date(1_363_896_240_000), ''],
  ['c1fb41d452d9ec200000', new Date(1_363_896_240_500), ''],
  ['4401020304', new Uint8Array([1, 2, 3, 4]), ''],
  ['5f42010243030405ff', new Uint8Array([1, 2, 3, 4, 5]), ''],
  ['7f657374726561646d696e67ff', 'streaming', ''],
  ['9f018202039f0405ffff', [1, [2, 3], [4, 5]], ''],
  ['bf6346756ef563416d7421ff', { Fun: true, Amt: -2 }, ''],
  ['a16161f7', { a: null }, 'undefined means nothing else'],
])('%s → %j', (hex, value) => {
  expect(decodeCbor(bytesOf(hex))).toEqual(value)
})

test.each<[hex: string, why: string]>([
  ['', 'nothing'],
  ['0000', 'two items'],
  ['1a0000', 'ends within a number'],
  ['9b7fffffffffffffff', 'a list that claims to be larger than anything'],
  ['bb7fffffffffffffff', 'a map that does'],
  ['7b7fffffffffffffff', 'a text that does'],
  ['9f01', 'a list without its break'],
  ['7f4101ff', 'a text of bytes'],
  ['61ff', 'no UTF-8'],
  ['a10102', 'a key that is no text'],
  ['c074323031332d30332d32315432303a30343a30305a', 'a tag other than 1'],
  ['c16161', 'a moment that is text'],
  ['c1fb7fefffffffffffff', 'a moment beyond all times'],
  ['1c', 'a reserved length'],
  ['ff', 'a break alone'],
  [`${'81'.repeat(200)}00`, 'a list of lists of lists'],
])('%s is refused: %s', (hex) => {
  expect(() => decodeCbor(bytesOf(hex))).toThrow(expect.objectContaining({ name: 'SerializationException' }))
})

describe('any bytes', () => {
  test('are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeCbor(bytes)
        } catch (error) {
          expect(error).toMatchObject({ name: 'SerializationException' })
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('of the SDK come back as they were', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.double({ noNaN: true }).map((number) => number + 0),
        fc.maxSafeInteger(),
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 30 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('any'),
          { maxKeys: 30 },
        ),
      ),
    })).any
    fc.assert(
      fc.property(value, (given) => {
        expect(decodeCbor(cbor.serialize(given))).toEqual(given)
      }),
    )
  })
})

test('values of JSON and bytes are read as they were written', () => {
  const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<CborValue>(null, true, false),
      fc.string({ unit: 'grapheme' }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }),
      fc.uint8Array(),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value')),
    ),
  }))
  // Maps are read as objects without a prototype.
  fc.assert(
    fc.property(value, (written) => {
      expect(plain(decodeCbor(encodeCbor(written)))).toEqual(plain(written))
    }),
  )
  expect(decodeCbor(encodeCbor({ given: 1, left: undefined }))).toEqual(
    Object.assign(Object.create(null), { given: 1 }),
  )
})

test('whoever takes less than CBOR has says so', () => {
  const twice = Buffer.from('a2616101616102', 'hex') // {"a": 1, "a": 2}
  expect(plain(decodeCbor(twice))).toEqual(new Map([['a', 2]]))
  expect(() => decodeCbor(twice, { uniqueKeys: true })).toThrow('two members "a"')
  const marked = Buffer.from('d9d9f7bf61617f61626163ffff', 'hex') // 55799({_ "a": (_ "b", "c")})
  expect(plain(decodeCbor(marked, { maySayThatItIs: true }))).toEqual(new Map([['a', 'bc']]))
  expect(() => decodeCbor(marked)).toThrow('CBOR tag 55799')
  const nested = Buffer.from('818101', 'hex') // [[1]]
  expect(decodeCbor(nested, { maxDepth: 2 })).toEqual([[1]])
  expect(() => decodeCbor(nested, { maxDepth: 1 })).toThrow('nested too deeply')
  expect(() => decodeCbor(Buffer.alloc(100_000, 0x81), { maxDepth: 1_000_000 })).toThrow('nested too deeply')
})

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return new Map(Object.entries(value).map(([name, each]) => [name, plain(each)]))
}
