import { expect, test } from 'vitest'
import type { MessageRowView } from '../../protocol/stream.ts'
import { cellTitle, gapWords } from './row-words.ts'

const ROW: MessageRowView = {
  kind: 'message',
  sequence: 1,
  receivedAtMs: 10_000,
  ownTimeMs: 9_750,
  topic: 'dt/a',
  sizeBytes: 1,
  qos: 0,
  retain: false,
  dup: false,
  preview: '1',
  isText: true,
  subscription: 0,
}

test.each([
  [9_750, /250 ms before it was received$/],
  [4_000, /6 s before it was received$/],
  [70_000, /1 min after it was received: a clock is wrong$/],
])('own time %i: %s', (ownTimeMs, words) => {
  expect(cellTitle('own', { ...ROW, ownTimeMs })).toMatch(words)
})

test('what is shown whole says nothing more', () => {
  expect(cellTitle('qos', ROW)).toBeUndefined()
  expect(cellTitle('mark', ROW)).toBeUndefined()
  expect(cellTitle('mark', { ...ROW, subscription: -1 })).toBeDefined()
  expect(cellTitle('topic', ROW)).toBe('dt/a')
  expect(cellTitle('payload', ROW)).toBe('1')
})

test('only after a disconnection is anything missing', () => {
  expect(gapWords('disconnected', 'the network was lost').why).toMatch(/QoS 0 is not here/)
  expect(gapWords('paused', '12 messages came')).toEqual({ what: 'paused', why: '12 messages came' })
})
