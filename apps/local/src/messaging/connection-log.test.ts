import { expect, test } from 'vitest'
import { Database } from '../foundation/database.ts'
import { ConnectionLog } from './connection-log.ts'

test('client ids that never come back do not fill the log; those that are connected, or left last, stay', () => {
  let now = 1_700_000_000_000
  const database = new Database(':memory:')
  const log = new ConnectionLog(database, () => now, 50)
  const connect = (clientId: string) =>
    log.connected({
      clientId,
      cleanSession: true,
      keepAliveSeconds: 60,
      sessionExpirySeconds: 0,
      connectedAtMs: now,
      thingName: undefined,
    })
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
