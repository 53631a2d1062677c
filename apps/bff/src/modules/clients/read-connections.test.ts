import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { parseIotLogEntry } from '../../aws/iot-logs/parse-entry.ts'
import { byClient, readConnections } from './read-connections.ts'

const entry = (atMs: number, members: object): IotLogEntry =>
  parseIotLogEntry({ timestamp: atMs, message: JSON.stringify({ status: 'Success', clientId: 'pump-7', ...members }) })

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const HOME = { principalId: A, sourceIp: '198.51.100.20', protocol: 'MQTT' }
const AWAY = { principalId: A, sourceIp: '203.0.113.9', protocol: 'MQTT' }
const OTHER = { principalId: B, sourceIp: '198.51.100.20', protocol: 'MQTT' }

const connect = (atMs: number, who: object, sourcePort: number) =>
  entry(atMs, { eventType: 'Connect', ...who, sourcePort })
const end = (atMs: number, who: object, sourcePort: number, disconnectReason = 'CONNECTION_LOST') =>
  entry(atMs, { eventType: 'Disconnect', ...who, sourcePort, disconnectReason })
const taken = (atMs: number, who: object, sourcePort: number) =>
  entry(atMs, {
    eventType: 'Disconnect',
    status: 'Failure',
    ...who,
    sourcePort,
    disconnectReason: 'DUPLICATE_CLIENTID',
    reason: 'DUPLICATE_CLIENT_ID',
  })

test('a client that connected, was lost and came back', () => {
  const seen = readConnections([connect(9_000, HOME, 3), end(5_000, HOME, 1), connect(1_000, HOME, 1)])
  expect(seen).toMatchObject({ connected: true, changedAt: '1970-01-01T00:00:09.000Z', connects: 2, drops: 1 })
  expect(seen.disconnectReason).toBeUndefined()
  expect(readConnections([connect(1_000, HOME, 1), end(5_000, HOME, 1)])).toMatchObject({
    connected: false,
    disconnectReason: 'CONNECTION_LOST',
    changedAt: '1970-01-01T00:00:05.000Z',
  })
})

test('a goodbye is no drop, and a refused connect ends nothing', () => {
  const refused = entry(3_000, { eventType: 'Connect', status: 'Failure', ...OTHER, sourcePort: 9 })
  expect(readConnections([connect(1_000, HOME, 1), refused])).toMatchObject({ connected: true, refused: 1, drops: 0 })
  const goodbye = end(4_000, HOME, 1, 'CLIENT_INITIATED_DISCONNECT')
  expect(readConnections([connect(1_000, HOME, 1), goodbye])).toMatchObject({ connected: false, drops: 0 })
})

test.each([
  ['after', 2_001],
  ['before', 1_999],
  ['with', 2_000],
])('who took a client id has it, though the end of the other is logged %s its connect', (_, endMs) => {
  const seen = readConnections([connect(1_000, HOME, 1), connect(2_000, OTHER, 2), taken(endMs, HOME, 1)])
  expect(seen).toMatchObject({ connected: true, takenByOthers: 1, drops: 1, lastParty: { principalId: B } })
  expect(seen.takeovers).toEqual([
    {
      loser: `${A} 198.51.100.20`,
      winner: `${B} 198.51.100.20`,
      count: 1,
      firstAt: new Date(endMs).toISOString(),
      lastAt: new Date(endMs).toISOString(),
    },
  ])
})

test('a fight: both parties, how often each took and lost it; the same certificate from elsewhere is another party', () => {
  const entries = [connect(0, HOME, 1)]
  for (let round = 1; round <= 6; round += 1) {
    const [winner, loser] = round % 2 === 1 ? [AWAY, HOME] : [HOME, AWAY]
    entries.push(connect(round * 1_000, winner, round + 1), taken(round * 1_000 + 2, loser, round))
  }
  const { parties, takeovers, takenByOthers, connected } = readConnections(entries)
  expect({ takenByOthers, connected }).toEqual({ takenByOthers: 6, connected: true })
  expect(parties.map(({ sourceIp, took, lost, connects }) => ({ sourceIp, took, lost, connects }))).toEqual([
    { sourceIp: '203.0.113.9', took: 3, lost: 3, connects: 3 },
    { sourceIp: '198.51.100.20', took: 3, lost: 3, connects: 4 },
  ])
  expect(takeovers.map(({ count }) => count)).toEqual([3, 3])
})

test('a device that comes back before its old connection was missed fights with nobody', () => {
  const seen = readConnections([connect(1_000, HOME, 1), connect(2_000, HOME, 2), taken(2_001, HOME, 1)])
  expect(seen).toMatchObject({ connected: true, takenByOthers: 0, takeovers: [{ count: 1 }] })
  expect(seen.takeovers[0]?.winner).toBe(seen.takeovers[0]?.loser)
})

test('where connects are not logged, who took the client id is not known, and has it all the same', () => {
  const seen = readConnections([taken(1_000, HOME, 1)])
  expect(seen).toMatchObject({ connected: true, takenByOthers: 1, takeovers: [{ winner: undefined }] })
})

test('entries without a client are nobody’s', () => {
  const grouped = byClient([entry(1, {}), entry(2, { clientId: 'N/A' }), entry(3, { clientId: 'lamp-3' })])
  expect([...grouped.keys()]).toEqual(['pump-7', 'lamp-3'])
})
