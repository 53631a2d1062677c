import type { AuditEntry, TimelineLogEntry } from '@thingdeck/contract'

/** What moments are about: the lanes of the axis, from the top down. */
export const MOMENT_KINDS = [
  'connection',
  'conflict',
  'refusal',
  'shadow',
  'job',
  'rule',
  'access',
  'registry',
] as const
export type MomentKind = (typeof MOMENT_KINDS)[number]

/** What the lanes are called, and what is in them. */
export const KIND_WORDS: Readonly<Record<MomentKind, { readonly title: string; readonly about: string }>> = {
  connection: { title: 'Connection', about: 'connects and disconnects' },
  conflict: { title: 'Client id', about: 'connections that took the client id from each other' },
  refusal: { title: 'Refusals', about: 'what the device was not allowed to do' },
  shadow: { title: 'Shadow', about: 'updates and deletions of its shadows' },
  job: { title: 'Jobs and commands', about: 'executions of jobs and commands' },
  rule: { title: 'Rules', about: 'rule actions that failed for its messages' },
  access: { title: 'Access', about: 'certificates, policies and what is attached' },
  registry: { title: 'Registry', about: 'attributes, type, groups and indexing' },
}

export type MomentTone = 'success' | 'error' | 'warning' | 'info' | 'stopped'

/** One side of a fight for a client id. What the log does not say is absent. */
export interface Party {
  readonly principalId?: string
  readonly sourceIps: readonly string[]
  /** How often it took the client id. */
  readonly took: number
  /** When it last connected, if the log says. */
  readonly lastConnectedAtMs?: number
}

export interface Conflict {
  readonly clientId: string
  readonly takeovers: number
  readonly parties: readonly Party[]
}

/** What happened at one time, or from one time to another, in words. */
export interface Moment {
  /** Stands in addresses; the same each time that the sources are read. */
  readonly id: string
  readonly kind: MomentKind
  readonly tone: MomentTone
  readonly atMs: number
  /** When the last of a run was; absent: it was once. */
  readonly untilMs?: number
  /** How often it happened from `atMs` to `untilMs`. */
  readonly times: number
  readonly title: string
  /** Why, in words. */
  readonly why?: string
  readonly conflict?: Conflict
  /** Ids of moments that became a part of this one: whoever has a link to one of them is led here. */
  readonly parts?: readonly string[]
  /** Where it is known from; of a run the first and the last. */
  readonly log: readonly LogFact[]
  readonly activity: readonly AuditEntry[]
}

/** An entry of the log with its time as a number (epoch ms). */
export interface LogFact extends TimelineLogEntry {
  readonly atMs: number
  /** It is no entry of the log: this page heard the lifecycle event. */
  readonly isHeard?: true
}

export const logFact = (entry: TimelineLogEntry): LogFact => ({ ...entry, atMs: Date.parse(entry.time) })

/** The id of the moment that an entry of the log is where it stands alone. */
export const loggedId = ({ id }: LogFact): string => `log:${id}`

/** When the last of it was. */
export const endOf = ({ atMs, untilMs }: Moment): number => untilMs ?? atMs
