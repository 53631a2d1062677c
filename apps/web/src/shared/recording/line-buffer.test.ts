// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MqttMessage } from '../mqtt/message.ts'
import { LineBuffer } from './line-buffer.ts'
import { messageLine } from './recording-format.ts'

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

test('the bytes of a message are those of its line, whatever it is', () => {
  const message: fc.Arbitrary<MqttMessage> = fc.record(
    {
      topic: fc.oneof(fc.constantFrom('dt/a', 'dt/"b"'), fc.string({ unit: 'grapheme' })),
      payload: fc.uint8Array({ maxLength: 300 }),
      qos: fc.constantFrom(0 as const, 1 as const),
      retain: fc.boolean(),
      dup: fc.boolean(),
      receivedAtMs: fc.constantFrom(0, 1_795_329_900_113, 1_795_329_900_113.25),
      notBeforeMs: fc.integer({ min: 0 }),
      properties: fc.constant({
        contentType: '\ufefftext/"plain"',
        correlationData: Uint8Array.of(1, 2),
        userProperties: [['a', '𝄞']] as const,
      }),
    },
    { requiredKeys: ['topic', 'payload', 'qos', 'retain', 'dup', 'receivedAtMs'] },
  )
  fc.assert(
    fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
      const buffer = new LineBuffer(64)
      for (const each of messages) buffer.message(each)
      const expected = messages.map((each) => `${messageLine(each)}\n`).join('')
      expect(DECODER.decode(buffer.take())).toBe(expected)
      expect(buffer.usedBytes).toBe(0)
    }),
  )
})

test('what was taken stays as it is when more is written', () => {
  const buffer = new LineBuffer(8)
  buffer.line('{"gap":"ä€𝄞"}')
  const taken = buffer.take()
  buffer.line('{"end":{}}')
  expect(DECODER.decode(taken)).toBe('{"gap":"ä€𝄞"}\n')
  expect(DECODER.decode(buffer.take())).toBe('{"end":{}}\n')
  expect(taken.buffer.byteLength).toBe(taken.length) // what is sent to another worker is the whole buffer
})
