import type { IotLogEntry } from '@thingdeck/contract'

/** What only asks for something, as an entry's event type. */
const READS: ReadonlySet<string> = new Set([
  'GetConnection',
  'GetRetainedMessage',
  'GetThingShadow',
  'ListRetainedMessage',
  'ListSubscriptions',
])

/** What is answered to who asks for something that there is not. */
const NOT_THERE: ReadonlySet<string> = new Set(['RESOURCE_NOT_FOUND', 'TARGET_CLIENT_ID_NOT_FOUND'])

/** A connection that is closed for what came over it is closed within so long. */
const CLOSED_WITHIN_MS = 5_000

/**
 * Whether somebody was refused something: every failure but the answer that there is no such thing. A device asks for its
 * shadow before it has one, and a console for a connection that may be there: nobody is hindered by that.
 */
export const isRefused = ({ status, eventType = '', reason = '' }: IotLogEntry): boolean =>
  status === 'Failure' && !(READS.has(eventType) && NOT_THERE.has(reason))

/**
 * What was refused, each cause once: AWS IoT closes a connection for what it does not take, and logs both, the refused
 * packet and the end of its connection. Entries may be in either order of time; that order is kept.
 */
export function refusedEntries(entries: readonly IotLogEntry[]): IotLogEntry[] {
  const refused = entries.filter(isRefused)
  const causes = new Map<string, number[]>()
  for (const entry of refused) {
    const connection = connectionOf(entry)
    if (entry.eventType === 'Disconnect' || connection === undefined) continue
    const known = causes.get(connection)
    if (known) known.push(Date.parse(entry.at))
    else causes.set(connection, [Date.parse(entry.at)])
  }
  return refused.filter((entry) => {
    const connection = connectionOf(entry)
    if (entry.eventType !== 'Disconnect' || connection === undefined) return true
    const closedMs = Date.parse(entry.at)
    return !causes.get(connection)?.some((atMs) => atMs <= closedMs && closedMs - atMs <= CLOSED_WITHIN_MS)
  })
}

/** One connection of a client; undefined: it cannot be told from others. */
const connectionOf = ({ clientId, sourceIp, sourcePort }: IotLogEntry): string | undefined =>
  sourceIp === undefined || sourcePort === undefined ? undefined : JSON.stringify([clientId, sourceIp, sourcePort])
