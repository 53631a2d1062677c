import type { IotLogEntry } from '@thingdeck/contract'
import { isFailure } from '../../../shared/iot-logs/reason-words.ts'
import { resourcesOf } from '../../../shared/rule-failures/failure-of-entry.ts'

/** How an action ended for one message. `begun`: it is not told yet, or not logged. */
export type RunOutcome = 'done' | 'failed' | 'begun'

/** One action of a rule for one message. */
export interface ActionRun {
  /** As the log calls it: `SqsAction`. */
  readonly label: string
  readonly outcome: RunOutcome
  /** The entry that says so. */
  readonly entry: IotLogEntry
  readonly resources: Readonly<Record<string, string>>
}

/** What became of a message at a rule, as far as the log tells. */
export interface Firing {
  /** Once among the firings of a rule. */
  readonly id: string
  readonly traceId: string | undefined
  /** Of its first entry, ISO 8601. */
  readonly at: string
  readonly topic: string | undefined
  readonly clientId: string | undefined
  readonly principalId: string | undefined
  /** Whether the log has that FROM matched. */
  readonly isMatchLogged: boolean
  /** In the order in which they ended. */
  readonly runs: readonly ActionRun[]
  /** Of the rule itself: its SQL failed, it was throttled, or there was none. */
  readonly failures: readonly IotLogEntry[]
  /** Oldest first. */
  readonly entries: readonly IotLogEntry[]
}

/** Entries that belong to an action. */
const OF_ACTIONS: ReadonlySet<string> = new Set(['StartingRuleExecution', 'RuleExecution', 'FunctionExecution'])

/**
 * Puts a rule's entries together by the messages that they are of, newest first. A message that was republished has the
 * trace id of the one that caused it, and another topic.
 * @param logged of one rule, in any order
 */
export function firingsOf(logged: readonly IotLogEntry[]): readonly Firing[] {
  const groups = new Map<string, IotLogEntry[]>()
  for (const entry of logged) {
    const id = firingIdOf(entry)
    const group = groups.get(id)
    if (group) group.push(entry)
    else groups.set(id, [entry])
  }
  return [...groups].map(([id, entries]) => firingOf(id, entries)).sort(newestFirst)
}

/** Of entries without a trace id, as batches have none, each stands for itself. */
const firingIdOf = ({ traceId, topicName, eventId }: IotLogEntry): string =>
  traceId === undefined ? eventId : `${traceId} ${topicName ?? ''}`

function firingOf(id: string, unordered: readonly IotLogEntry[]): Firing {
  const entries = unordered.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || rank(one) - rank(other) || byId(one, other),
  )
  const of = (member: 'traceId' | 'topicName' | 'clientId' | 'principalId') =>
    entries.map((entry) => entry[member]).find((text) => text !== undefined && text !== 'N/A')
  return {
    id,
    traceId: of('traceId'),
    at: entries[0]?.at ?? '',
    topic: of('topicName'),
    clientId: of('clientId'),
    principalId: of('principalId'),
    isMatchLogged: entries.some(({ eventType }) => eventType === 'RuleMatch'),
    runs: runsOf(entries),
    failures: entries.filter((entry) => isFailure(entry) && !isOfAction(entry)),
    entries,
  }
}

const newestFirst = (one: Firing, other: Firing): number => Date.parse(other.at) - Date.parse(one.at)

/** Of one millisecond, what comes first. */
const ORDER = ['RuleMatch', 'StartingRuleExecution', 'FunctionExecution', 'RuleExecution']
const rank = ({ eventType = '' }: IotLogEntry): number => ORDER.indexOf(eventType)

/** Ids of events are numbers, of which a later event has the greater one. */
const byId = ({ eventId: one }: IotLogEntry, { eventId: other }: IotLogEntry): number =>
  one.length - other.length || (one < other ? -1 : Number(one > other))

const isOfAction = ({ eventType = '', ruleAction }: IotLogEntry): boolean =>
  OF_ACTIONS.has(eventType) && ruleAction !== undefined

/** Each end is a run; of beginnings those whose end is not among the entries. */
function runsOf(entries: readonly IotLogEntry[]): readonly ActionRun[] {
  const ended = entries.filter(({ eventType, ruleAction }) => eventType === 'RuleExecution' && ruleAction !== undefined)
  const left = new Map<string, number>()
  for (const { ruleAction = '' } of ended) left.set(ruleAction, (left.get(ruleAction) ?? 0) + 1)
  const unended = entries.filter(({ eventType, ruleAction = '' }) => {
    if (eventType !== 'StartingRuleExecution') return false
    const ends = left.get(ruleAction) ?? 0
    left.set(ruleAction, ends - 1)
    return ends <= 0
  })
  return [
    ...ended.map((entry) => runOf(entry, isFailure(entry) ? 'failed' : 'done')),
    ...unended.map((entry) => runOf(entry, 'begun')),
  ]
}

const runOf = (entry: IotLogEntry, outcome: RunOutcome): ActionRun => ({
  label: entry.ruleAction ?? '',
  outcome,
  entry,
  resources: resourcesOf(entry),
})

/**
 * Which run of a firing was that of the rule's error action: the last of its kind, once another failed.
 * @param actionsOfKind how many of the rule's actions the log calls the same
 */
export function errorRunOf(
  { runs }: Firing,
  errorLabel: string | undefined,
  actionsOfKind: number,
): ActionRun | undefined {
  const last = runs.findLastIndex(({ label }) => label === errorLabel)
  const run = runs[last]
  // One more than there are actions is the error action's, whatever stands first of what is of one millisecond.
  const isOneMore = runs.filter(({ label }) => label === errorLabel).length > actionsOfKind
  // Alone it is what failed; the error action follows a failure.
  const others = isOneMore ? runs.toSpliced(last, 1) : runs.slice(0, Math.max(last, 0))
  return run && others.some(({ outcome }) => outcome === 'failed') ? run : undefined
}

export const hasFailed = ({ runs, failures }: Firing): boolean =>
  failures.length > 0 || runs.some(({ outcome }) => outcome === 'failed')
