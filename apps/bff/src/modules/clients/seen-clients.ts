import type { ClientPage, ClientRow, IotLogEntry } from '@thingdeck/contract'
import type { IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { readEntries } from '../../aws/iot-logs/read-entries.ts'
import type { Clock } from '../../clock.ts'
import { logReadOf } from './log-read.ts'
import { byClient, CONNECTION_EVENTS, readConnections } from './read-connections.ts'

/** A client with everything that lists are filtered by. */
export interface SeenClient {
  readonly row: ClientRow
  readonly principalIds: ReadonlySet<string>
  readonly sourceIps: ReadonlySet<string>
}

/** The clients that the log of a time has connects or disconnects of, who did something last first. */
export interface SeenClients {
  readonly log: ClientPage['log']
  readonly clients: readonly SeenClient[]
  readonly clientIds: ReadonlySet<string>
}

export interface SeenTime {
  readonly fromMs: number
  readonly toMs: number
  readonly clientId?: string | undefined
}

/** Reads them from the log. That there is no log is an outcome; errors are AWS's own. */
export async function readSeenClients(
  iotLogs: IotLogs,
  { fromMs, toMs, clientId }: SeenTime,
  clock: Clock,
  signal: AbortSignal,
): Promise<SeenClients> {
  const criteria = { eventTypes: [...CONNECTION_EVENTS], ...(clientId !== undefined && { clientId }) }
  const read = await readEntries(iotLogs, { criteria, fromMs, toMs }, clock, signal)
  const clients = [...byClient(read.entries)].map(([id, entries]) => seenClient(id, entries))
  return { log: logReadOf(read), clients, clientIds: new Set(clients.map(({ row }) => row.clientId)) }
}

function seenClient(clientId: string, entries: readonly IotLogEntry[]): SeenClient {
  const seen = readConnections(entries)
  const { changedAt, disconnectReason, lastParty, parties, connects, refused, drops, takenByOthers } = seen
  const { principalId, protocol, sourceIp } = lastParty ?? parties[0] ?? {}
  return {
    row: {
      clientId,
      toldBy: 'log',
      connected: seen.connected,
      ...(changedAt !== undefined && { changedAt }),
      ...(disconnectReason !== undefined && { disconnectReason }),
      ...(principalId !== undefined && { principalId }),
      ...(protocol !== undefined && { protocol }),
      ...(sourceIp !== undefined && { sourceIp }),
      connects,
      refused,
      drops,
      takeovers: takenByOthers,
    },
    principalIds: new Set(parties.flatMap((party) => party.principalId ?? [])),
    sourceIps: new Set(parties.flatMap((party) => party.sourceIp ?? [])),
  }
}
