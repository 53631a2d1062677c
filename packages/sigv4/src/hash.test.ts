import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_SHA256, equalsInConstantTime, hash, portableHash, toHex, utf8 } from './hash.ts'

test('the portable hash and that of the platform agree', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (key, data) => {
      expect(toHex(portableHash.sha256(data))).toBe(toHex(hash.sha256(data)))
      expect(toHex(portableHash.hmacSha256(key, data))).toBe(toHex(hash.hmacSha256(key, data)))
    }),
  )
  expect(hash).not.toBe(portableHash)
  expect(toHex(portableHash.sha256(utf8('')))).toBe(EMPTY_SHA256)
})

test('compares texts', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(equalsInConstantTime(a, b)).toBe(a === b)
      expect(equalsInConstantTime(a, a)).toBe(true)
    }),
  )
})
