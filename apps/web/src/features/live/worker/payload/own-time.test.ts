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
  // as devices, gateways and libraries write it
  ['{"time":"2026-11-28T21:50:54.123456789Z"}', AT_MS + 123],
  ['{"time":"20261128T215054Z"}', AT_MS],
  ['{"time":"20261128T225054+0100"}', AT_MS],
  ['{"time":"2026/11/28 21:50:54 UTC"}', AT_MS],
  ['{"time":"2026-11-28T22:50:54+01:00[Europe/Berlin]"}', AT_MS],
  ['{"time":"2026-11-28 21:50:54.25 +0000 UTC m=+0.001"}', AT_MS + 250],
  ['{"time":"2026-11-28T16:50:54\u221205:00"}', AT_MS],
  ['{"time":"Sat, 28 Nov 2026 21:50:54 GMT"}', AT_MS],
  ['{"time":"28 Nov 2026 22:50:54 +0100"}', AT_MS],
  ['{"time":"28/Nov/2026:21:50:54 +0000"}', AT_MS],
  ['{"time":"Sat Nov 28 21:50:54 UTC 2026"}', AT_MS],
  ['{"time":"Sat Nov 28 2026 22:50:54 GMT+0100 (Central European Standard Time)"}', AT_MS],
  ['{"time":"/Date(1795902654250)/"}', AT_MS + 250],
  ['{"time":"/Date(1795902654250+0100)/"}', AT_MS + 250],
  ['{"time":"2026-12-31T23:59:60Z"}', Date.UTC(2027, 0, 1)],
  ['{"ts":"1795902654.25"}', AT_MS + 250],
  ['{"ts":"1.795902654E9"}', AT_MS],
  ['{"ts":1.79590265425e12}', AT_MS + 250],
  ['{"ts":{"seconds":1795902654,"nanos":250000000}}', AT_MS + 250],
  ['{"ts":{"_seconds":1795902654,"_nanoseconds":250000000}}', AT_MS + 250],
  ['{"header":{"stamp":{"sec":1795902654,"nanosec":250000000}}}', AT_MS + 250],
  ['{"stamp":{"secs":1795902654,"nsecs":250000000}}', AT_MS + 250],
  ['{"ts":{"tv_sec":1795902654,"tv_usec":250000}}', AT_MS + 250],
  ['{"ts":{"$date":"2026-11-28T21:50:54Z"}}', AT_MS],
  ['{"ts":{"$date":{"$numberLong":"1795902654250"}}}', AT_MS + 250],
  // under other names
  ['{"event.time":1795902654}', AT_MS],
  ['{"Time Stamp":1795902654}', AT_MS],
  ['{"tst":1795902654,"_type":"location"}', AT_MS],
  ['{"last_seen":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"received_at":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"ts_ms":1795902654250}', AT_MS + 250],
  ['{"SourceTimestamp":"2026-11-28T21:50:54Z"}', AT_MS],
  ['{"unixtime":1795902654,"uptime":1200000000}', AT_MS],
  ['{"header":{"timestamp":1795902654},"v":3}', AT_MS],
  ['{"method":"NotifyStatus","params":{"ts":1795902654.25}}', AT_MS + 250],
  ['{"firmware":{"created_at":"2020-01-01T00:00:00Z"},"v":3}', undefined],
  ['[{"bn":"dev","bt":1795902655,"t":-1,"v":3}]', AT_MS],
  ['[{"n":"dev","t":-5,"v":3}]', undefined],
  // no times, though they have as many digits or look like them
  ['{"ts":{"seconds":{"toString":1,"valueOf":1}}}', undefined], // an object that becomes no number
  ['{"ts":{"seconds":1795902654,"nanos":{"toString":1,"valueOf":1}}}', AT_MS],
  ['{"t":639000000000000000}', undefined], // ticks of .NET
  ['{"t":134000000000000000}', undefined], // FILETIME
  ['{"t":"2026-11-31T21:50:54Z"}', undefined],
  ['{"t":"2026-11-28"}', undefined],
  ['{"t":"21:50:54"}', undefined],
  ['{"uptime":1795902654}', undefined],
  ['{"time":"28.11.2026 21:50:54"}', undefined], // or the 11th of what
  ['{"time":[-190244,1,1,1,1,15]}', undefined],
  ['{"time":"Foo 28 2026 21:50:54 GMT"}', undefined],
])('%s is of %s', (payload, atMs) => {
  expect(ownTimeOf(ENCODER.encode(payload), 'auto', HINT)).toEqual(atMs === undefined ? undefined : { atMs })
})

test.each([
  '"2026-11-28T21:50:54"',
  '"2026-11-28 21:50:54"',
  '"2026/11/28 21:50:54"',
  '"20261128T215054"',
  '"20261128215054"',
  '20261128215054',
  '"2026-11-28 21:50:54 CET"', // or another one of that name
  '"2026-11-28T21:50:54[Europe/Berlin]"', // which of two in the hour that comes twice
  '"Sat Nov 28 21:50:54 2026"',
  '"Nov 28, 2026 21:50:54"',
  '[2026,11,28,21,50,54]',
])('%s has no zone, and is no time of this browser', (time) => {
  expect(ownTimeOf(ENCODER.encode(`{"time":${time}}`), 'auto', HINT)).toEqual({ withoutZone: '2026-11-28T21:50:54' })
})

test('SenML in CBOR says its time by a number', () => {
  const payload = Uint8Array.from(Buffer.from('81a2221a6b0b2ffe0218c8', 'hex'))
  expect(ownTimeOf(payload, 'auto', HINT)).toEqual({ atMs: 0x6b0b2ffe * 1_000 })
})

test('bytes in place of seconds are no time', () => {
  const payload = Uint8Array.from(Buffer.from('a1627473a1677365636f6e64734100', 'hex'))
  expect(ownTimeOf(payload, 'auto', HINT)).toBeUndefined()
})

test('by a path, also into a map whose keys are numbers', () => {
  expect(ownTimeOf(ENCODER.encode('{"meta":{"sent":1795902654}}'), '$.meta.sent', HINT)).toEqual({ atMs: AT_MS })
  const payload = Uint8Array.from(Buffer.from('a1061a6b0b2ffe', 'hex'))
  expect(ownTimeOf(payload, '$[6]', HINT)).toEqual({ atMs: 0x6b0b2ffe * 1_000 })
})
