import type { IotLogEntry, IotLogPage } from '@thingdeck/contract'
import { isTakenOver } from '../../shared/iot-logs/disconnect-reason.ts'

/** A client id that somebody used a certificate with. */
export interface SeenClient {
  readonly clientId: string
  /** How often it connected, and how often that was refused. */
  readonly connects: number
  readonly refusals: number
  /** Of the last attempt, ISO 8601. */
  readonly lastAt: string
  readonly sourceIp?: string
  /** Why the last attempt was refused; absent: it was not. */
  readonly reason?: string
  /** The log has no end of its last connection. */
  readonly isConnected: boolean
}

/** Of a certificate; where the log cannot tell, why not. */
export type ClientsByLog = readonly SeenClient[] | 'being read' | 'not known'

export function clientsByLog({ data, isPending }: ReadLog): ClientsByLog {
  if (isPending) return 'being read'
  return data?.outcome === 'entries' ? seenClients(data.entries) : 'not known'
}

interface ReadLog {
  readonly data: Pick<IotLogPage, 'outcome' | 'entries'> | undefined
  readonly isPending: boolean
}

/** Who connected, by entries of the log that tell of connects and of their ends; who was seen last comes first. */
export function seenClients(entries: readonly IotLogEntry[]): readonly SeenClient[] {
  const seen = new Map<string, SeenClient>()
  const oldestFirst = entries.toSorted((one, other) => one.at.localeCompare(other.at))
  for (const entry of oldestFirst) {
    const { clientId, eventType, status, at, sourceIp, reason } = entry
    if (clientId === undefined) continue
    const before = seen.get(clientId)
    if (eventType === 'Disconnect') {
      // Where another connection took its place, the client is connected all the same.
      if (before && !isTakenOver(entry)) seen.set(clientId, { ...before, isConnected: false })
      continue
    }
    const isRefused = status === 'Failure'
    seen.set(clientId, {
      clientId,
      connects: (before?.connects ?? 0) + (isRefused ? 0 : 1),
      refusals: (before?.refusals ?? 0) + (isRefused ? 1 : 0),
      lastAt: at,
      ...(sourceIp !== undefined && { sourceIp }),
      ...(isRefused && { reason: reason ?? 'not said' }),
      isConnected: !isRefused || before?.isConnected === true,
    })
  }
  return [...seen.values()].sort((one, other) => other.lastAt.localeCompare(one.lastAt))
}
