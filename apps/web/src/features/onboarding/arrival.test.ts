import { expect, test } from 'vitest'
import { type Arrival, arrivalAfter, type Heard } from './arrival.ts'

const event = (kind: 'connected' | 'disconnected', timestamp: number, more: object = {}): Heard => ({
  kind,
  text: JSON.stringify({ timestamp, ...more }),
  nowMs: 9,
})
const after = (...heard: readonly Heard[]): Arrival => heard.reduce(arrivalAfter, {})

test('a device that came, and left again, was connected', () => {
  expect(
    after(
      event('connected', 100, { ipAddress: '10.0.0.3', principalIdentifier: 'abc' }),
      event('disconnected', 200, { disconnectReason: 'CLIENT_INITIATED_DISCONNECT' }),
    ),
  ).toEqual({
    connected: { atMs: 100, sourceIp: '10.0.0.3', principal: 'abc' },
    disconnected: { atMs: 200, reason: 'CLIENT_INITIATED_DISCONNECT' },
  })
})

test('events that come twice or out of order change nothing of what is so', () => {
  expect(after(event('connected', 300), event('disconnected', 200))).toEqual({ connected: { atMs: 300 } })
  expect(after(event('disconnected', 200), event('connected', 100))).toEqual({
    connected: { atMs: 100 },
    disconnected: { atMs: 200 },
  })
  expect(after(event('connected', 300), event('disconnected', 400), event('connected', 300))).toEqual({
    connected: { atMs: 300 },
    disconnected: { atMs: 400 },
  })
  expect(after(event('connected', 300), event('disconnected', 400), event('connected', 500))).toEqual({
    connected: { atMs: 500 },
  })
})

test('the first message stays, and what is no event is none', () => {
  const message = (receivedAtMs: number): Heard => ({
    kind: 'message',
    message: { topic: 'dt/pump-7/telemetry', payload: new Uint8Array(), qos: 0, retain: false, receivedAtMs },
  })
  expect(after(message(1), message(2)).message?.receivedAtMs).toBe(1)
  expect(after({ kind: 'connected', text: 'no JSON', nowMs: 1 })).toEqual({})
})
