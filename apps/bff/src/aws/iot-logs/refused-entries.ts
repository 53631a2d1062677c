import { type IotLogEntry, isReadOfNothing } from '@thingdeck/contract'

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

/** A connection that is closed for what came over it is closed within so long. */
const CLOSED_WITHIN_MS = 5_000

/** Whether somebody was refused something: every failure but AWS IoT's own, and but the answer that there is no such thing. */
export const isRefused = (entry: IotLogEntry): boolean =>
  entry.status === 'Failure' && !OWN_WORK.has(entry.eventType ?? '') && !isReadOfNothing(entry)

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
