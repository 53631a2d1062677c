import { expect, test } from 'vitest'
import { Database } from '../foundation/database.ts'
import { ConnectionLog } from './connection-log.ts'

const connectTo = (log: ConnectionLog, clientId: string, connectedAtMs: number) =>
  log.connected({
    clientId,
    cleanSession: true,
    keepAliveSeconds: 60,
    sessionExpirySeconds: 0,
    connectedAtMs,
    thingName: undefined,
  })

test('client ids that never come back do not fill the log; those that are connected, or left last, stay', () => {
  let now = 1_700_000_000_000
  const database = new Database(':memory:')
  const log = new ConnectionLog(database, () => now, 50)
  const connect = (clientId: string) => connectTo(log, clientId, now)
  connect('stays')
  for (let index = 1; index < 2000; index += 1) {
    now += 1
    log.disconnected(`guest-${index}`, connect(`guest-${index}`), 'CLIENT_INITIATED_DISCONNECT')
  }
  const { count } = database.get<{ count: number }>('SELECT count(*) AS count FROM connection') ?? { count: 0 }
  expect(count).toBeLessThan(1100)
  expect(log.find('stays')).toBeDefined()
  expect(log.find('guest-1999')).toBeDefined()
  expect(log.find('guest-1')).toBeUndefined()
})

test('connections on record are asked for by whether they last, why they ended, and when that was', () => {
  let now = 1000
  const log = new ConnectionLog(new Database(':memory:'), () => now)
  const connect = (clientId: string) => connectTo(log, clientId, now)
  connect('a')
  for (const [clientId, reason] of [
    ['b', 'CONNECTION_LOST'],
    ['c', 'SERVER_ERROR'],
    ['d', 'CONNECTION_LOST'],
  ] as const) {
    const version = connect(clientId)
    now += 1000
    log.disconnected(clientId, version, reason)
  }
  const asked = (sought: Parameters<typeof log.clientIds>[0], after = '', count = 9) =>
    log.clientIds(sought, after, count).join('')
  expect(asked({})).toBe('abcd')
  expect(asked({}, 'a', 2)).toBe('bc')
  expect(asked({ last: true })).toBe('a')
  expect(asked({ disconnectReason: 'connection_lost' })).toBe('bd')
  expect(asked({ timestamps: [1000, 2000] })).toBe('ab')
  expect(asked({ timestamps: [3000, Number.POSITIVE_INFINITY] })).toBe('cd')
  expect(asked({ disconnectReason: 'connection_lost', timestamps: [3000, 4000] }, 'b')).toBe('d')
})
