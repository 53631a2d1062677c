import type { IotLogEntry } from '@thingdeck/contract'

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
}

/** Who connected, by entries of the log that tell of connects; who was seen last comes first. */
export function seenClients(entries: readonly IotLogEntry[]): readonly SeenClient[] {
  const seen = new Map<string, SeenClient>()
  const oldestFirst = entries.toSorted((one, other) => one.at.localeCompare(other.at))
  for (const { clientId, status, at, sourceIp, reason } of oldestFirst) {
    if (clientId === undefined) continue
    const isRefused = status === 'Failure'
    const before = seen.get(clientId)
    seen.set(clientId, {
      clientId,
      connects: (before?.connects ?? 0) + (isRefused ? 0 : 1),
      refusals: (before?.refusals ?? 0) + (isRefused ? 1 : 0),
      lastAt: at,
      ...(sourceIp !== undefined && { sourceIp }),
      ...(isRefused && { reason: reason ?? 'not said' }),
    })
  }
  return [...seen.values()].sort((one, other) => other.lastAt.localeCompare(one.lastAt))
}
