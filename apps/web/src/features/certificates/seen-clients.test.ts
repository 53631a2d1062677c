import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { seenClients } from './seen-clients.ts'

const entry = (clientId: string | undefined, minute: number, more: Partial<IotLogEntry> = {}): IotLogEntry => {
  const at = `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`
  const named = clientId === undefined ? {} : { clientId }
  return {
    eventId: `${minute}`,
    at,
    loggedAt: at,
    logStreamName: 's',
    message: '',
    status: 'Success',
    ...named,
    ...more,
  }
}

test('each client id once, the one that was seen last first, with how its last attempt ended', () => {
  const refused = { status: 'Failure', reason: 'AUTHORIZATION_FAILURE', sourceIp: '192.0.2.7' }
  expect(
    seenClients([
      entry('pump-7', 5, { sourceIp: '192.0.2.1' }),
      entry('pump-8', 9, refused),
      entry('pump-7', 1),
      entry('pump-8', 2),
      entry(undefined, 8),
    ]),
  ).toEqual([
    {
      clientId: 'pump-8',
      connects: 1,
      refusals: 1,
      lastAt: '2026-01-01T00:09:00.000Z',
      sourceIp: '192.0.2.7',
      reason: 'AUTHORIZATION_FAILURE',
      isConnected: true,
    },
    {
      clientId: 'pump-7',
      connects: 2,
      refusals: 0,
      lastAt: '2026-01-01T00:05:00.000Z',
      sourceIp: '192.0.2.1',
      isConnected: true,
    },
  ])
})

test('who is connected: until the log has an end that was no taking over', () => {
  const ended = (clientId: string, minute: number, disconnectReason: string) =>
    entry(clientId, minute, { eventType: 'Disconnect', disconnectReason })
  const seen = seenClients([
    entry('gone', 1),
    ended('gone', 2, 'CONNECTION_LOST'),
    entry('taken', 3),
    ended('taken', 4, 'DUPLICATE_CLIENTID'),
    ended('before', 5, 'CONNECTION_LOST'),
  ])
  expect(seen.map(({ clientId, isConnected }) => [clientId, isConnected])).toEqual([
    ['taken', true],
    ['gone', false],
  ])
})
