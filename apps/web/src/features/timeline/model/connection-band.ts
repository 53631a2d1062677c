import type { ThingConnection } from '@thingdeck/contract'
import { isTakenOver } from '../../../shared/iot-logs/disconnect-reason.ts'
import { firstFrom } from './first-from.ts'
import type { LogFact } from './moment.ts'

/** How the connection stood. `unknown` wherever nobody has told. */
export type BandState = 'connected' | 'disconnected' | 'unknown'

export interface BandSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly state: BandState
  /** Why it is unknown, where that can be said. */
  readonly why?: string
}

export interface BandKnowledge {
  /** Everything that was logged from then to `toMs` was read. */
  readonly readFromMs: number
  readonly toMs: number
  /** Whether connects and disconnects are logged at present: what follows the last entry is only then known from it. */
  readonly isLogged: boolean
  /** What is known of the connection at present, and when that was known. */
  readonly present?: { readonly connection: ThingConnection; readonly atMs: number }
}

interface Change {
  readonly atMs: number
  readonly state: 'connected' | 'disconnected'
}

/** What the present connection and a log entry mean by the same moment. */
const SAME_MS = 5_000
/** A loser's end and the winner's connect. */
const TAKEOVER_MS = 5_000

const BEFORE = 'nothing that was read tells how it stood before'
const HOLE = 'the log has two in a row of the same, so that something in between is missing'
const NOT_LOGGED = 'connects and disconnects are not logged at present'

/**
 * How the connection of a thing stood over time, from the first moment that was read to the last. A span is what two
 * entries that follow each other mean together; where they contradict each other it is unknown, and so is what is before
 * the first. Of several client ids the thing is connected while one is.
 * @param facts oldest first
 */
export function connectionBand(facts: readonly LogFact[], knowledge: BandKnowledge): readonly BandSpan[] {
  const changes = Map.groupBy(facts.filter(isChange), ({ clientId = '' }) => clientId)
  const told = knowledge.present?.connection.clientId
  const clients = new Set([...changes.keys(), ...(told === undefined ? [] : [told])])
  if (clients.size === 0) {
    return [{ fromMs: knowledge.readFromMs, toMs: knowledge.toMs, state: 'unknown', why: BEFORE }]
  }
  return union([...clients].map((clientId) => bandOf(changes.get(clientId) ?? [], knowledge, clientId)))
}

const isChange = ({ eventType, status }: LogFact) =>
  (eventType === 'Connect' && status !== 'Failure') || eventType === 'Disconnect'

function bandOf(facts: readonly LogFact[], knowledge: BandKnowledge, clientId: string): readonly BandSpan[] {
  const { readFromMs, toMs } = knowledge
  const logged = changesOf(facts)
  const changes = [...logged, ...presentChange(logged.at(-1), knowledge, clientId)]
  const spans: BandSpan[] = []
  const add = (fromMs: number, untilMs: number, state: BandState, why?: string) => {
    if (untilMs > fromMs) spans.push({ fromMs, toMs: untilMs, state, ...(why !== undefined && { why }) })
  }
  add(readFromMs, Math.max(readFromMs, changes[0]?.atMs ?? toMs), 'unknown', BEFORE)
  for (const [index, { atMs, state }] of changes.entries()) {
    const next = changes[index + 1]
    const fromMs = Math.max(atMs, readFromMs)
    if (next && next.state !== state) add(fromMs, next.atMs, state)
    else if (next) add(fromMs, next.atMs, 'unknown', HOLE)
    else addEnd(add, fromMs, state, knowledge, clientId)
  }
  return spans
}

/** What is after the last change: known as long as somebody tells of it at present. */
function addEnd(
  add: (fromMs: number, untilMs: number, state: BandState, why?: string) => void,
  fromMs: number,
  state: BandState,
  { isLogged, present, toMs }: BandKnowledge,
  clientId: string,
): void {
  const tells = present && isAbout(present.connection, clientId) && stateOf(present.connection) === state
  const knownMs = Math.min(toMs, isLogged ? toMs : tells ? present.atMs : fromMs)
  add(fromMs, knownMs, state)
  add(Math.max(fromMs, knownMs), toMs, 'unknown', NOT_LOGGED)
}

/** Connects and disconnects in their order. Who loses the client id to another connection leaves it connected. */
function changesOf(facts: readonly LogFact[]): readonly Change[] {
  const connects = facts.filter(({ eventType }) => eventType === 'Connect')
  const losers = facts.filter(isTakenOver)
  const changes: Change[] = []
  for (const fact of facts) {
    const isConnect = fact.eventType === 'Connect'
    if (!isConnect && isTakenOver(fact) && hasNear(connects, fact)) continue
    // The winner of a takeover connects while the loser is: that is no hole.
    if (isConnect && changes.at(-1)?.state === 'connected' && hasNear(losers, fact)) continue
    changes.push({ atMs: fact.atMs, state: isConnect ? 'connected' : 'disconnected' })
  }
  return changes
}

const hasNear = (facts: readonly LogFact[], { atMs }: LogFact): boolean =>
  (facts[firstFrom(facts, atMs - TAKEOVER_MS)]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs + TAKEOVER_MS

const stateOf = ({ connected }: ThingConnection): 'connected' | 'disconnected' =>
  connected ? 'connected' : 'disconnected'

const isAbout = ({ clientId, toldBy }: ThingConnection, one: string) => toldBy !== 'nobody' && clientId === one

/** What is known of the present, where the entries do not say it already. */
function presentChange(
  last: Change | undefined,
  { present, toMs }: BandKnowledge,
  clientId: string,
): readonly Change[] {
  if (!present || !isAbout(present.connection, clientId)) return []
  const { connection } = present
  const since = connection.connected ? connection.connectedSince : connection.disconnectedSince
  if (since === undefined) return []
  const atMs = Date.parse(since)
  if (
    atMs > toMs ||
    (last && (atMs < last.atMs || (last.state === stateOf(connection) && atMs - last.atMs <= SAME_MS)))
  )
    return []
  return [{ atMs, state: stateOf(connection) }]
}

/** Connected while one is; not connected while one is known not to be and none may be; else unknown. */
function union(bands: readonly (readonly BandSpan[])[]): readonly BandSpan[] {
  const [only, ...others] = bands
  if (only && others.length === 0) return only
  const edges = [...new Set(bands.flatMap((band) => band.flatMap(({ fromMs, toMs }) => [fromMs, toMs])))].sort(
    (a, b) => a - b,
  )
  const at = bands.map(() => 0)
  const spans: BandSpan[] = []
  for (const [index, fromMs] of edges.entries()) {
    const toMs = edges[index + 1]
    if (toMs === undefined) break
    const here = bands.flatMap((band, number) => {
      while ((band[at[number] ?? 0]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) at[number] = (at[number] ?? 0) + 1
      const span = band[at[number] ?? 0]
      return span && span.fromMs <= fromMs ? [span] : []
    })
    const span = strongest(here)
    const before = spans.at(-1)
    if (before && before.toMs === fromMs && before.state === span.state && before.why === span.why) {
      spans[spans.length - 1] = { ...before, toMs }
    } else spans.push({ ...span, fromMs, toMs })
  }
  return spans
}

/** A client id that was never heard of before says nothing about the thing, one whose end is missing does. */
function strongest(spans: readonly BandSpan[]): Pick<BandSpan, 'state' | 'why'> {
  const connected = spans.find(({ state }) => state === 'connected')
  if (connected) return { state: 'connected' }
  const doubtful = spans.find(({ state, why }) => state === 'unknown' && why !== BEFORE)
  if (doubtful) return { state: 'unknown', ...(doubtful.why !== undefined && { why: doubtful.why }) }
  return spans.some(({ state }) => state === 'disconnected')
    ? { state: 'disconnected' }
    : { state: 'unknown', why: BEFORE }
}
