import type { AuditEntry, TimelineSubject } from '@thingdeck/contract'
import { activityMoments } from './activity-moments.ts'
import { certificateMoments } from './certificate-moments.ts'
import { withFlappingJoined } from './flapping.ts'
import { logWords } from './log-words.ts'
import { inRuns, withWritesJoined } from './merge-moments.ts'
import { type LogFact, loggedId, type Moment } from './moment.ts'
import { conflictsOf } from './takeovers.ts'

export interface TimelineSources {
  /** In any order; one that came twice counts once. */
  readonly log: readonly LogFact[]
  readonly activity: readonly AuditEntry[]
  readonly subject: Pick<TimelineSubject, 'principals'> | undefined
  /** Which moments are still to come. */
  readonly nowMs: number
}

/** Everything that the sources tell as moments on one axis, oldest first. */
export function timelineOf({ log, activity, subject, nowMs }: TimelineSources): readonly Moment[] {
  const facts = inOrder(log)
  const conflicts = conflictsOf(facts)
  const told = facts.flatMap((fact): Moment[] => {
    const words = conflicts.told.has(fact.id) ? undefined : logWords(fact)
    return words ? [{ ...words, id: loggedId(fact), atMs: fact.atMs, times: 1, log: [fact], activity: [] }] : []
  })
  const joined = withWritesJoined(told, activityMoments(unique(activity)))
  const moments = [
    ...withFlappingJoined(inRuns([...joined].sort(byTime))),
    ...conflicts.moments,
    ...(subject ? certificateMoments(subject, nowMs) : []),
  ]
  return moments.sort(byTime)
}

/** By time, and what came at one time in one order whenever it is read. */
const byTime = (one: Moment, other: Moment) => one.atMs - other.atMs || (one.id < other.id ? -1 : 1)

/** Oldest first, each once. */
export function inOrder(log: readonly LogFact[]): readonly LogFact[] {
  return unique(log).sort((one, other) => one.atMs - other.atMs || (one.id < other.id ? -1 : 1))
}

/** Each once, by its id; of two the later. */
export const unique = <Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] => [
  ...new Map(entries.map((entry) => [entry.id, entry])).values(),
]
