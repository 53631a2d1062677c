import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { parseIotLogEntry } from './parse-entry.ts'
import { isRefused, refusedEntries } from './refused-entries.ts'

const entry = (atMs: number, members: object): IotLogEntry =>
  parseIotLogEntry({ timestamp: atMs, message: JSON.stringify({ status: 'Failure', ...members }) })
const connection = { clientId: 'pump-7', sourceIp: '198.51.100.20', sourcePort: 40_100 }

test.each([
  [{ eventType: 'GetThingShadow', reason: 'RESOURCE_NOT_FOUND' }, false],
  [{ eventType: 'GetConnection', reason: 'TARGET_CLIENT_ID_NOT_FOUND' }, false],
  [{ eventType: 'GetRetainedMessage', reason: 'RESOURCE_NOT_FOUND' }, false],
  [{ eventType: 'GetThingShadow', reason: 'AUTHORIZATION_FAILURE' }, true],
  [{ eventType: 'DeleteThingShadow', reason: 'RESOURCE_NOT_FOUND' }, true],
  [{ eventType: 'SendDirectMessage', reason: 'TARGET_CLIENT_NOT_CONNECTED' }, true],
  [{ eventType: 'Connect', status: 'Success' }, false],
  [{ eventType: 'RuleExecution', details: 'AccessDenied' }, false],
  [{ eventType: 'RuleNotFound', reason: 'RuleNotFound' }, true],
])('that somebody was refused something: %j is %s', (members, expected) => {
  expect(isRefused(entry(0, members))).toBe(expected)
})

test('a refused packet and the end of its connection are one refusal', () => {
  const packet = entry(1_000, { ...connection, eventType: 'Publish-In', reason: 'AUTHORIZATION_FAILURE' })
  const end = entry(1_003, { ...connection, eventType: 'Disconnect', reason: 'AUTH_ERROR' })
  expect(refusedEntries([end, packet])).toEqual([{ entry: packet, isClosed: true }])
  expect(refusedEntries([packet, end])).toEqual([{ entry: packet, isClosed: true }])
})

test.each([
  ['of another connection', { sourcePort: 40_101 }, 1_003],
  ['before it', {}, 900],
  ['long after it', {}, 60_000],
])('the end of a connection %s is told', (_, members, atMs) => {
  const packet = entry(1_000, { ...connection, eventType: 'Publish-In', reason: 'AUTHORIZATION_FAILURE' })
  const end = entry(atMs, { ...connection, ...members, eventType: 'Disconnect', reason: 'DUPLICATE_CLIENT_ID' })
  expect(refusedEntries([end, packet])).toEqual([
    { entry: end, isClosed: true },
    { entry: packet, isClosed: false },
  ])
})
