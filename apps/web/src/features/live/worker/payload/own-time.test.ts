// @vitest-environment node
import { expect, test } from 'vitest'
import { ownTimeOf } from './own-time.ts'

const AT_MS = Date.UTC(2026, 10, 28, 21, 50, 54)
const HINT = { topic: 'dt/a' }
const ENCODER = new TextEncoder()

test.each([
  ['{"time":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"time":"2026-11-28T22:50:54+01:00"}', AT_MS],
  ['{"time":"2026-11-28T22:50:54+0100"}', AT_MS],
  ['{"time":"2026-11-28T22:50:54+01"}', AT_MS],
  ['{"time":"2026-11-28 21:50:54.250 Z"}', AT_MS + 250],
  ['{"time":"2026-11-28T21:50:54,250Z"}', AT_MS + 250],
  ['{"ts":1795902654}', AT_MS],
  ['{"ts":1795902654.25}', AT_MS + 250],
  ['{"ts":1795902654250}', AT_MS + 250],
  ['{"ts":1795902654250000}', AT_MS + 250],
  ['{"ts":1795902654250000000}', AT_MS + 250],
  ['{"ts":"1795902654"}', AT_MS],
  ['{"ts":"1795902654250000000"}', AT_MS + 250],
  ['{"Timestamp":1795902654}', AT_MS],
  ['{"@timestamp":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"event_time":1795902654}', AT_MS],
  ['{"createdAt":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"t":1795902654,"v":3}', AT_MS],
  ['{"t":21.5}', undefined],
  ['{"t":21.5,"utc":1795902654}', AT_MS],
  ['{"at":7,"timestamp":1795902654}', AT_MS],
  ['[{"bn":"dev","bt":1795902654,"v":3}]', AT_MS],
  ['{"time":"2026-13-28T21:50:54Z"}', undefined],
  ['{"time":"12:04"}', undefined],
  ['{"time":-1}', undefined],
])('%s is of %s', (payload, atMs) => {
  expect(ownTimeOf(ENCODER.encode(payload), 'auto', HINT)).toEqual(atMs === undefined ? undefined : { atMs })
})

test('a time without a zone is no time of this browser', () => {
  expect(ownTimeOf(ENCODER.encode('{"time":"2026-11-28T21:50:54"}'), 'auto', HINT)).toEqual({
    withoutZone: '2026-11-28T21:50:54',
  })
})

test('SenML in CBOR says its time by a number', () => {
  const payload = Uint8Array.from(Buffer.from('81a2221a6b0b2ffe0218c8', 'hex'))
  expect(ownTimeOf(payload, 'auto', HINT)).toEqual({ atMs: 0x6b0b2ffe * 1_000 })
})

test('by a path, also into a map whose keys are numbers', () => {
  expect(ownTimeOf(ENCODER.encode('{"meta":{"sent":1795902654}}'), '$.meta.sent', HINT)).toEqual({ atMs: AT_MS })
  const payload = Uint8Array.from(Buffer.from('a1061a6b0b2ffe', 'hex'))
  expect(ownTimeOf(payload, '$[6]', HINT)).toEqual({ atMs: 0x6b0b2ffe * 1_000 })
})
