// @vitest-environment node
import { expect, test } from 'vitest'
import { previewOf } from './preview.ts'

test.each([
  ['text', new TextEncoder().encode('{\n  "a": 1\n}'), '{ "a": 1 }', true],
  ['nothing', new Uint8Array(), '', true],
  ['not UTF-8', Uint8Array.of(0xff, 0x00, 0x10), 'ff 00 10', false],
  ['control characters', Uint8Array.of(0x41, 0x07), '41 07', false],
])('%s', (_, payload, preview, isText) => {
  expect(previewOf(payload)).toEqual({ preview, isText })
})

test.each([1, 2, 3])('a long text is not cut inside a character (%i bytes before)', (shift) => {
  const text = 'x'.repeat(shift) + '€'.repeat(500)
  const { preview, isText } = previewOf(new TextEncoder().encode(text))
  expect(isText).toBe(true)
  expect(text.startsWith(preview)).toBe(true)
  expect(preview.length).toBeGreaterThan(100)
})
