import { type IotLogEntry, type LoggingLevel, logsSuccesses } from '@thingdeck/contract'
import { isFailure } from '../../shared/iot-logs/reason-words.ts'

/** What became of a message for one receiver. */
export type Fate = 'delivered' | 'queued' | 'refused' | 'lost'

export interface Delivery {
  readonly clientId: string
  readonly fate: Fate
  readonly entry: IotLogEntry
}

/** What one rule did with it. */
export interface RuleRun {
  readonly ruleName: string
  readonly match: IotLogEntry | undefined
  /** Each of an action: begun, done, failed. */
  readonly steps: readonly IotLogEntry[]
}

/** Everything that was logged of one request, put in its place. */
export interface Trace {
  /** In the order of their times. */
  readonly entries: readonly IotLogEntry[]
  /** By which the rest was caused. Undefined: it is not logged, or not read. */
  readonly cause: IotLogEntry | undefined
  readonly deliveries: readonly Delivery[]
  readonly rules: readonly RuleRun[]
  readonly shadows: readonly IotLogEntry[]
}

/** Kinds that a request begins with; everything else follows from one. */
const CAUSES: ReadonlySet<string> = new Set([
  'Publish-In',
  'SendDirectMessage',
  'Connect',
  'Subscribe',
  'Unsubscribe',
  'Disconnect',
  'Ping',
  'DeleteConnection',
])
const SHADOWS: ReadonlySet<string> = new Set(['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow'])
const RULES: ReadonlySet<string> = new Set(['StartingRuleExecution', 'RuleExecution', 'FunctionExecution'])

/** @param logged of one trace id, in any order */
export function traceOf(logged: readonly IotLogEntry[]): Trace {
  const entries = logged.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || rank(one) - rank(other))
  return {
    entries,
    cause: entries.find(({ eventType = '' }) => CAUSES.has(eventType)),
    deliveries: deliveriesOf(entries),
    rules: rulesOf(entries),
    shadows: entries.filter(({ eventType = '' }) => SHADOWS.has(eventType)),
  }
}

/** Of one millisecond, what causes comes before what follows. */
const rank = ({ eventType = '' }: IotLogEntry): number => (CAUSES.has(eventType) ? 0 : 1)

/** The latest word for each receiver: what was queued may have been delivered later. */
function deliveriesOf(entries: readonly IotLogEntry[]): readonly Delivery[] {
  const byClient = new Map<string, Delivery>()
  for (const entry of entries) {
    const fate = fateOf(entry)
    if (fate !== undefined && entry.clientId !== undefined) {
      byClient.set(entry.clientId, { clientId: entry.clientId, fate, entry })
    }
  }
  return [...byClient.values()]
}

function fateOf(entry: IotLogEntry): Fate | undefined {
  if (entry.eventType === 'Publish-Out') {
    if (!isFailure(entry)) return 'delivered'
    return entry.reason === 'AUTHORIZATION_FAILURE' ? 'refused' : 'lost'
  }
  if (entry.eventType === 'Queued') return isFailure(entry) ? 'lost' : 'queued'
  return undefined
}

function rulesOf(entries: readonly IotLogEntry[]): readonly RuleRun[] {
  const names = [...new Set(entries.flatMap(({ ruleName }) => ruleName ?? []))]
  return names.map((ruleName) => {
    const own = entries.filter((entry) => entry.ruleName === ruleName)
    return {
      ruleName,
      match: own.find(({ eventType }) => eventType === 'RuleMatch'),
      steps: own.filter((entry) => RULES.has(entry.eventType ?? '') || isFailure(entry)),
    }
  })
}

/** What the log cannot tell at this level, in sentences; nothing where it is told, or the level not known. */
export function notLogged(trace: Trace, level: LoggingLevel | undefined): readonly string[] {
  if (level === undefined || logsSuccesses(level)) return []
  const at = level === 'DISABLED' ? 'logs nothing of itself' : `logs at ${level}`
  const sentences = [
    trace.cause === undefined &&
      `Who published it is not here: a publish that succeeds is logged at INFO, and the account ${at}.`,
    trace.deliveries.every(({ fate }) => fate === 'refused' || fate === 'lost') &&
      `To whom it went is not here: deliveries that succeed are logged at INFO, and the account ${at}.`,
    trace.rules.length === 0 && `Which rules matched is not here: a match is logged at INFO, and the account ${at}.`,
  ]
  return sentences.filter((sentence) => typeof sentence === 'string')
}

/** Where an entry stands on the axis, from 0 to 1; of a single moment all stand at its beginning. */
export function placeOf(entry: IotLogEntry, { entries }: Trace): number {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return 0
  const spanMs = Date.parse(last.at) - Date.parse(first.at)
  return spanMs === 0 ? 0 : (Date.parse(entry.at) - Date.parse(first.at)) / spanMs
}

/** `+0 ms`, `+1.204 s`: since the trace began. */
export function sinceStart(entry: IotLogEntry, { entries }: Trace): string {
  const ms = Date.parse(entry.at) - Date.parse(entries[0]?.at ?? entry.at)
  return ms < 1_000 ? `+${ms} ms` : `+${(ms / 1_000).toFixed(3)} s`
}

/** How sure it is that an entry is of a message that was received. */
export interface MessageMatch {
  readonly entry: IotLogEntry
  /** How long before it was received; below 0: after, as clocks differ. */
  readonly beforeMs: number
}

/** Publishes to the topic that may have been the message, the likeliest first. */
export function matchesOf(published: readonly IotLogEntry[], atMs: number): readonly MessageMatch[] {
  return published
    .map((entry) => ({ entry, beforeMs: atMs - Date.parse(entry.at) }))
    .toSorted((one, other) => unlikelihood(one.beforeMs) - unlikelihood(other.beforeMs))
}

/** A message is received after it was published: that a clock is wrong by as much is less likely. */
const unlikelihood = (beforeMs: number): number => (beforeMs >= 0 ? beforeMs : -beforeMs * 4)
