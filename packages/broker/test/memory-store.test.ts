import { expect, test } from 'vitest'
import { type Message, memoryStore } from '../src/index.ts'
import { storeSuite } from './store-suite.ts'

storeSuite('memoryStore', { open: memoryStore })

test('what is stored for many is there once, and is no view on what was read', () => {
  const store = memoryStore()
  const payload = Buffer.from('read with much else').subarray(0, 4)
  const message: Message = { topic: 'a', payload, qos: 1, retain: false, properties: {}, receivedAtMs: 0 }
  for (const owner of ['b', 'c', 'd']) store.enqueue(owner, message)
  const kept = ['b', 'c', 'd'].map((owner) => store.queue(owner, 0, 1)[0]?.message.payload)
  expect(new Set(kept).size).toBe(1)
  payload.fill(0)
  expect(kept[0]?.toString()).toBe('read')
})
