import { expect, test } from 'vitest'
import type { FullMessage } from '../../protocol/stream.ts'
import { availableForms, bestForm } from './forms.ts'

const message = (payload: Uint8Array, contentType?: string): FullMessage => ({
  sequence: 1,
  receivedAtMs: 0,
  topic: 'dt/a',
  payload,
  qos: 0,
  retain: false,
  dup: false,
  ...(contentType === undefined ? {} : { properties: { contentType } }),
  hint: { topic: 'dt/a', contentType },
})
const text = (value: string) => new TextEncoder().encode(value)

test.each([
  [message(text('{"a":1}')), 'tree', 'JSON'],
  [message(text('on')), 'text', 'text'],
  [message(text('')), 'text', 'nothing'],
  [message(Uint8Array.of(0xff, 0xfe)), 'hex', 'bytes'],
  [message(Uint8Array.of(0xa1, 0x61, 0x61, 0x01)), 'cbor', 'RFC 8949 appendix A: {"a": 1}'],
  [message(Uint8Array.of(0x81, 0xa1, 0x61, 0x01), 'application/msgpack'), 'msgpack', 'by its Content Type'],
])('%# is looked at as %s', (given, form) => {
  expect(bestForm(given)).toBe(form)
})

test('what the payload is not says why', () => {
  const whyNot = new Map(availableForms(message(text('{"a":'))).map(({ id, whyNot: why }) => [id, why]))
  expect(whyNot.get('tree')).toMatch(/^Not JSON: .+/)
  expect(whyNot.get('diff')).toBe('No earlier message on this topic is kept.')
  expect(whyNot.get('text')).toBeUndefined()
})
