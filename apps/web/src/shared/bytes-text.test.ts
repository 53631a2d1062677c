// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64, writeBase64 } from './bytes-text.ts'

const someBytes = fc.uint8Array({ maxLength: 100 })

test('bytes as base64 are as everybody else writes them, and come back as they were', () => {
  fc.assert(
    fc.property(someBytes, (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
})

test('base64 is written from where it shall begin, and nothing else is touched', () => {
  fc.assert(
    fc.property(someBytes, fc.nat({ max: 9 }), (bytes, at) => {
      const target = new Uint8Array(200).fill(1)
      const end = writeBase64(bytes, target, at)
      const expected = [...new Array<number>(at).fill(1), ...Buffer.from(Buffer.from(bytes).toString('base64'))]
      expect([...target.subarray(0, end)]).toEqual(expected)
      expect(target.subarray(end).every((byte) => byte === 1)).toBe(true)
    }),
  )
})
