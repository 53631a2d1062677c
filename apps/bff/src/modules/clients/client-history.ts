import type { ClientEvent, ClientHistory, IotLogEntry } from '@thingdeck/contract'
import type { IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { readEntries } from '../../aws/iot-logs/read-entries.ts'
import type { Clock } from '../../clock.ts'
import { logReadOf } from './log-read.ts'
import { CONNECTION_EVENTS, readConnections } from './read-connections.ts'

const MOST_EVENTS = 500
const MOST_PARTIES = 100

export interface ClientTime {
  readonly clientId: string
  readonly fromMs: number
  readonly toMs: number
}

/** How a client came and went, and who it was each time. That there is no log is an outcome; errors are AWS's own. */
export async function readClientHistory(
  iotLogs: IotLogs,
  { clientId, fromMs, toMs }: ClientTime,
  clock: Clock,
  signal: AbortSignal,
): Promise<ClientHistory> {
  const criteria = { clientId, eventTypes: [...CONNECTION_EVENTS, 'DeleteConnection'] }
  const read = await readEntries(iotLogs, { criteria, fromMs, toMs }, clock, signal)
  // Who ends a connection through the API is logged as its principal, and is no party to it.
  const own = read.entries.filter(({ eventType }) => eventType !== 'DeleteConnection')
  const { parties, takeovers, connected, lastParty } = readConnections(own)
  const [eventsLeftOut, partiesLeftOut] = [read.entries.length - MOST_EVENTS, parties.length - MOST_PARTIES]
  return {
    log: logReadOf(read),
    events: read.entries.slice(0, MOST_EVENTS).map(eventOf),
    ...(eventsLeftOut > 0 && { eventsLeftOut }),
    parties: parties.slice(0, MOST_PARTIES).map(({ protocol, ...party }) => ({
      ...party,
      ...(protocol !== undefined && { protocol }),
      ...(connected && party.partyId === lastParty?.partyId && { isConnected: true as const }),
    })),
    ...(partiesLeftOut > 0 && { partiesLeftOut }),
    takeovers: takeovers.map(({ winner, ...takeover }) => ({ ...takeover, ...(winner !== undefined && { winner }) })),
  }
}

const TEXTS = ['status', 'principalId', 'protocol', 'sourceIp', 'reason', 'disconnectReason', 'details'] as const

const eventOf = (entry: IotLogEntry): ClientEvent => ({
  id: entry.eventId,
  at: entry.at,
  eventType: entry.eventType ?? '',
  ...Object.fromEntries(TEXTS.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]]))),
  ...(Number.isInteger(entry.sourcePort) && { sourcePort: entry.sourcePort }),
})
