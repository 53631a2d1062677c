import { createHash } from 'node:crypto'
import { type IotLogEntry, REFUSAL_PARTS, type Refusal } from '@thingdeck/contract'
import { type Members, membersOf, refusedFiltersOf } from '../../aws/iot-logs/parse-entry.ts'
import type { RefusedEntry } from '../../aws/iot-logs/refused-entries.ts'

/** So many addresses of one refusal are told. */
const MOST_SOURCES = 5

interface Time {
  readonly fromMs: number
  readonly toMs: number
}

/** What is being counted; what it says of itself is that of its last entry. */
interface Counted {
  last: RefusedEntry
  firstMs: number
  lastMs: number
  count: number
  readonly parts: number[]
  /** With when it was there last, in ms. */
  readonly sources: Map<string, number>
}

/** Entries of one event, client, principal, topic, reason and sentence of AWS's as one refusal; the last one first. */
export function groupRefusals(refused: readonly RefusedEntry[], time: Time): Refusal[] {
  const groups = new Map<string, Counted>()
  for (const each of refused) {
    const key = keyOf(each.entry)
    const atMs = Date.parse(each.entry.at)
    const known = groups.get(key)
    if (!known) groups.set(key, begin(each, atMs))
    else {
      known.count += 1
      known.firstMs = Math.min(known.firstMs, atMs)
      if (atMs > known.lastMs) {
        known.lastMs = atMs
        known.last = each
      }
    }
    const counted = groups.get(key)
    if (counted) note(counted, each.entry, atMs, time)
  }
  return [...groups]
    .sort(([, one], [, other]) => other.lastMs - one.lastMs)
    .map(([key, counted]) => toRefusal(key, counted))
}

const begin = (last: RefusedEntry, atMs: number): Counted => ({
  last,
  firstMs: atMs,
  lastMs: atMs,
  count: 1,
  parts: Array.from({ length: REFUSAL_PARTS }, () => 0),
  sources: new Map(),
})

function note({ parts, sources }: Counted, { sourceIp }: IotLogEntry, atMs: number, { fromMs, toMs }: Time): void {
  const part = Math.floor(((atMs - fromMs) / Math.max(1, toMs - fromMs)) * REFUSAL_PARTS)
  // What is in the log by then may say of itself that it is a little older or newer than what was asked for.
  const index = Math.min(REFUSAL_PARTS - 1, Math.max(0, part))
  parts[index] = (parts[index] ?? 0) + 1
  if (sourceIp !== undefined) sources.set(sourceIp, Math.max(sources.get(sourceIp) ?? 0, atMs))
}

/** What makes two entries the same refusal. */
const keyOf = (entry: IotLogEntry): string => {
  const { eventType, reason, disconnectReason, clientId, principalId, topicName, thingName, ruleName } = entry
  const members = membersOf(entry.message)
  // One reason has causes that are mended in different places: AWS's sentence says which. The numbers in it, times above
  // all, are those of each request.
  const said = entry.details?.replaceAll(/\d{8}T\d{6}Z|\d+/g, '#')
  const who = clientId ?? principalId ?? members.serverNameIndication
  const about = [topicName, thingName, ruleName, members.provisioningTemplateName]
  return JSON.stringify([eventType, reason, disconnectReason, said, who, principalId, ...about])
}

const TEXTS = [
  'reason',
  'details',
  'disconnectReason',
  'clientId',
  'principalId',
  'topicName',
  'thingName',
  'ruleName',
  'protocol',
] as const

function toRefusal(
  key: string,
  { last: { entry, isClosed }, firstMs, lastMs, count, parts, sources }: Counted,
): Refusal {
  const members: Members = membersOf(entry.message)
  const refusedFilters = entry.eventType === 'Subscribe' ? refusedFiltersOf(members) : []
  const { serverNameIndication, provisioningTemplateName: templateName } = members
  return {
    refusalId: createHash('sha256').update(key).digest('hex').slice(0, 16),
    eventType: entry.eventType ?? '',
    ...Object.fromEntries(TEXTS.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]]))),
    ...(typeof serverNameIndication === 'string' && { serverNameIndication }),
    ...(typeof templateName === 'string' && { templateName }),
    ...(refusedFilters.length > 0 && { refusedFilters }),
    ...(members.retain === 'True' && { isRetained: true as const }),
    ...(isClosed && { isClosed: true as const }),
    count,
    parts,
    firstAt: new Date(firstMs).toISOString(),
    lastAt: new Date(lastMs).toISOString(),
    lastEventId: entry.eventId,
    ...(entry.traceId !== undefined && { lastTraceId: entry.traceId }),
    sourceIps: [...sources]
      .sort(([, one], [, other]) => other - one)
      .slice(0, MOST_SOURCES)
      .map(([sourceIp]) => sourceIp),
  }
}
