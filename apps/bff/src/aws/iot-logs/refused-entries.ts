import type { IotLogEntry } from '@thingdeck/contract'

/** What only asks for something, as an entry's event type. */
const READS: ReadonlySet<string> = new Set([
  'GetConnection',
  'GetRetainedMessage',
  'GetThingShadow',
  'ListRetainedMessage',
  'ListSubscriptions',
])

/** What the rules engine, indexing and jobs could not do by themselves: nobody asked for it, and nobody was refused. */
const OWN_WORK: ReadonlySet<string> = new Set([
  'AddThingToDynamicThingGroupsFailed',
  'FunctionExecution',
  'IndexingCustomFieldFailed',
  'IndexingGeoLocationFieldFailed',
  'NamedShadowCountForDynamicGroupQueryLimitExceeded',
  'ReportFinalJobExecutionCount',
  'RetrieveOCSPStapleData',
  'RuleEvaluation',
  'RuleExecution',
  'RuleExecutionThrottled',
  'RuleMatch',
  'StartingRuleExecution',
])

/** What is answered to who asks for something that there is not. */
const NOT_THERE: ReadonlySet<string> = new Set(['RESOURCE_NOT_FOUND', 'TARGET_CLIENT_ID_NOT_FOUND'])

/** A connection that is closed for what came over it is closed within so long. */
const CLOSED_WITHIN_MS = 5_000

/**
 * Whether somebody was refused something: every failure but AWS IoT's own, and but the answer that there is no such thing.
 * A device asks for its shadow before it has one, and a console for a connection that may be there: nobody is hindered by
 * that.
 */
export const isRefused = ({ status, eventType = '', reason = '' }: IotLogEntry): boolean =>
  status === 'Failure' && !OWN_WORK.has(eventType) && !(READS.has(eventType) && NOT_THERE.has(reason))

/** An entry of what was refused. */
export interface RefusedEntry {
  readonly entry: IotLogEntry
  /** Whether it ended the connection of the client. */
  readonly isClosed: boolean
}

/**
 * What was refused, each cause once: AWS IoT closes a connection for what it does not take, and logs both, the refused
 * packet and the end of its connection. Entries may be in either order of time; that order is kept.
 */
export function refusedEntries(entries: readonly IotLogEntry[]): RefusedEntry[] {
  const refused = entries.filter(isRefused).map((entry) => ({ entry, connection: connectionOf(entry) }))
  const isEnd = ({ eventType }: IotLogEntry) => eventType === 'Disconnect'
  const packets = byConnection(refused.filter(({ entry }) => !isEnd(entry)))
  const ends = byConnection(refused.filter(({ entry }) => isEnd(entry)))
  return refused.flatMap(({ entry, connection }): RefusedEntry[] => {
    if (connection === undefined) return [{ entry, isClosed: isEnd(entry) }]
    const atMs = Date.parse(entry.at)
    if (!isEnd(entry))
      return [{ entry, isClosed: ends.get(connection)?.some((endMs) => isEndedBy(atMs, endMs)) === true }]
    return packets.get(connection)?.some((packetMs) => isEndedBy(packetMs, atMs)) ? [] : [{ entry, isClosed: true }]
  })
}

/** Whether a connection that ended then may have ended for what came over it. */
const isEndedBy = (packetMs: number, endMs: number): boolean =>
  packetMs <= endMs && endMs - packetMs <= CLOSED_WITHIN_MS

function byConnection(
  entries: readonly { readonly entry: IotLogEntry; readonly connection: string | undefined }[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const { entry, connection } of entries) {
    if (connection === undefined) continue
    const times = found.get(connection)
    if (times) times.push(Date.parse(entry.at))
    else found.set(connection, [Date.parse(entry.at)])
  }
  return found
}

/** One connection of a client; undefined: it cannot be told from others. */
const connectionOf = ({ clientId, sourceIp, sourcePort }: IotLogEntry): string | undefined =>
  sourceIp === undefined || sourcePort === undefined ? undefined : JSON.stringify([clientId, sourceIp, sourcePort])
