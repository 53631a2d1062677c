import { type ClientPage, type ClientRow, isConsoleClient } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { indexedConnections } from '../../aws/connected-things.ts'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { type IndexQuestion, indexedPage, indexOutcome, indexQuery, isThingName } from './indexed-clients.ts'
import { readSeenClients, type SeenClient, type SeenClients } from './seen-clients.ts'

/** Everybody who looks at the same within so long, and who goes on to the next page, gets the same read of the log. */
const KEPT_MS = 60_000
const MOST_KEPT = 8
/** AWS takes 15 SearchIndex a second (AWS IoT Device Management quotas): most are left to others. */
const SEARCHES_PER_SECOND = 5
/** Pages of the index may hold nothing but what the log has told already: so many are read for one of ours. */
const MOST_INDEX_PAGES = 4
/** The index knows the present alone: it is not asked for a time that ended longer ago. */
const PRESENT_MS = 5 * 60_000
/** The index and the log have an event at times of their own: so far apart, they are two. */
const SAME_EVENT_MS = 60_000

export interface ClientsAsked extends IndexQuestion {
  readonly toMs: number
  readonly principalId?: string | undefined
  readonly sourceIp?: string | undefined
  readonly isFoughtOver: boolean
  /** Consoles have a session for each of their pages: many of them, and nobody's device. */
  readonly withoutConsoles: boolean
  readonly maxResults: number
  readonly nextToken?: string | undefined
}

/** Where a page goes on: so far in what the log has, and behind it in what the index has. */
type Place = { readonly log: number } | { readonly index: string }

/**
 * The clients of a time: first those that the log tells of, who did something last first; then those that only the fleet
 * index has, for they connected before that time, or the log does not tell of connects. Errors are AWS's own.
 */
export function createClientList({ iot, iotLogs }: Pick<Aws, 'iot' | 'iotLogs'>, clock: Clock) {
  const seenReads = new KeptReads<SeenClients>(clock, KEPT_MS, MOST_KEPT)
  const outcomes = new KeptReads<ClientPage['index']>(clock, KEPT_MS)
  const pace = new Pace(clock, SEARCHES_PER_SECOND)

  return async (asked: ClientsAsked, signal: AbortSignal): Promise<ClientPage> => {
    const { fromMs, toMs, clientId, maxResults } = asked
    const place = placeOf(asked.nextToken)
    const time = { fromMs, toMs, ...(clientId !== undefined && { clientId }) }
    const [seen, known] = await Promise.all([
      seenReads.read(JSON.stringify(time), (mine) => readSeenClients(iotLogs, time, clock, mine), signal),
      outcomes.read('', () => indexOutcome(iot), signal),
    ])
    const queryString = canBeIndexed(asked, clock) ? indexQuery(asked) : undefined
    const index = known.outcome === 'read' && queryString === undefined ? { outcome: 'not-asked' as const } : known
    const told: ClientRow[] = []
    let after: Place | undefined = place
    let consolesLeftOut = 0
    if ('log' in place) {
      const [consoles, meant] = parted(
        seen.clients.filter((client) => isMeant(client, asked)),
        asked,
      )
      consolesLeftOut = consoles
      const end = place.log + maxResults
      const rows = meant.slice(place.log, end).map(({ row }) => row)
      told.push(...(known.outcome === 'read' ? await withIndex(rows, signal) : rows))
      after = end < meant.length ? { log: end } : { index: '' }
    }
    if (index.outcome !== 'read' || queryString === undefined) {
      if ('index' in after) after = undefined
    } else {
      for (
        let pages = 0;
        after && 'index' in after && told.length < maxResults && pages < MOST_INDEX_PAGES;
        pages += 1
      ) {
        const nextToken: string | undefined = after.index === '' ? undefined : after.index
        const page = await indexedPage(
          iot,
          pace,
          { queryString, maxResults: maxResults - told.length, nextToken },
          signal,
        )
        told.push(...(page?.clients ?? []).filter((row) => !seen.clientIds.has(row.clientId)))
        after = page?.nextToken === undefined ? undefined : { index: page.nextToken }
      }
    }
    return {
      clients: told,
      ...(consolesLeftOut > 0 && { consolesLeftOut }),
      log: seen.log,
      index,
      ...(after && { nextToken: JSON.stringify(after) }),
    }
  }

  /** What the index has of these: which are things, and what happened since the log was read. */
  async function withIndex(rows: readonly ClientRow[], signal: AbortSignal): Promise<readonly ClientRow[]> {
    const names = rows.map(({ clientId }) => clientId).filter(isThingName)
    const found = names.length === 0 ? undefined : await indexedConnections(iot, pace, names, signal)
    return rows.map((row) => {
      const indexed = found?.get(row.clientId)
      if (!indexed) return row
      const named = { ...row, thingName: row.clientId }
      const { connected, changedAt } = indexed
      if (connected === undefined || changedAt === undefined || changedAt <= (row.changedAt ?? '')) return named
      // The same state, and about when the log has it: the same event, of which the log knows more.
      const isSameEvent =
        connected === row.connected && Date.parse(changedAt) - Date.parse(row.changedAt ?? changedAt) < SAME_EVENT_MS
      if (isSameEvent) return named
      const { disconnectReason: _, ...rest } = named
      return { ...rest, connected, changedAt }
    })
  }
}

/** How many are left out as they are of consoles, and the others. */
function parted(
  clients: readonly SeenClient[],
  { withoutConsoles }: ClientsAsked,
): readonly [leftOut: number, others: readonly SeenClient[]] {
  if (!withoutConsoles) return [0, clients]
  const others = clients.filter(({ row }) => !isConsoleClient(row.clientId))
  return [clients.length - others.length, others]
}

/** Of principals, addresses and takeovers the index knows nothing, and of the past neither. */
const canBeIndexed = ({ principalId, sourceIp, isFoughtOver, toMs }: ClientsAsked, clock: Clock): boolean =>
  principalId === undefined && sourceIp === undefined && !isFoughtOver && toMs >= clock.nowMs() - PRESENT_MS

function isMeant({ row, principalIds, sourceIps }: SeenClient, asked: ClientsAsked): boolean {
  const { startsWith, principalId, sourceIp, state, disconnectReason, isFoughtOver } = asked
  return (
    (startsWith === undefined || row.clientId.startsWith(startsWith)) &&
    (principalId === undefined || principalIds.has(principalId)) &&
    (sourceIp === undefined || sourceIps.has(sourceIp)) &&
    (state === undefined || row.connected === (state === 'connected')) &&
    (disconnectReason === undefined || row.disconnectReason === disconnectReason) &&
    (!isFoughtOver || (row.takeovers ?? 0) > 0)
  )
}

/** @throws {Problem} BAD_REQUEST for a token that no page gave */
function placeOf(nextToken: string | undefined): Place {
  if (nextToken === undefined || nextToken === '') return { log: 0 }
  try {
    const place: unknown = JSON.parse(nextToken)
    if (typeof place === 'object' && place !== null) {
      if ('log' in place && Number.isSafeInteger(place.log)) return { log: Math.max(0, Number(place.log)) }
      if ('index' in place && typeof place.index === 'string') return { index: place.index }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Problem('BAD_REQUEST', 'querystring/nextToken is not one that a page of clients gave.')
}
