import { expect, test } from 'vitest'
import { payloadAsHex, payloadAsJson } from './payload.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('JSON keeps every digit and the order of keys', () => {
  expect(payloadAsJson(bytes('{"b":12345678901234567890,"a":1.0}'))).toBe(
    '{\n  "b": 12345678901234567890,\n  "a": 1.0\n}',
  )
})

test.each([['{"a":'], [''], ['\u0000']])('%j is no JSON', (text) => {
  expect(payloadAsJson(bytes(text))).toBeUndefined()
})

test('hex shows offset, bytes and ASCII', () => {
  expect(payloadAsHex(bytes('{"a":1}\n0123456789'))).toBe(
    '00000000  7b 22 61 22 3a 31 7d 0a 30 31 32 33 34 35 36 37  {"a":1}.01234567\n' +
      `00000010  38 39${' '.repeat(44)}89`,
  )
})

test('JSON keeps both members of one key, and reads over what C and editors leave around it', () => {
  expect(payloadAsJson(bytes('\ufeff{"t":21.5,"t":99}\u0000'))).toBe('{\n  "t": 21.5,\n  "t": 99\n}')
})
