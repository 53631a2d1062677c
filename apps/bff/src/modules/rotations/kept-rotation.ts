import type { Rotation, RotationThing } from '@thingdeck/contract'
import type { Person } from '../../person.ts'

/** A thing of a rotation as it is kept: what people are told of it, and what it takes to go on after the end of a process. */
export interface KeptThing extends RotationThing {
  /** Of the key that was made in a browser, until its certificate is there. */
  readonly certificateSigningRequest?: string
  /** A certificate was about to be asked for then: it may be there though nobody noted it. */
  readonly issuingSince?: string
  /** Until it was downloaded. */
  readonly certificatePem?: string
  /** Policies that the old certificates have. */
  readonly policyNames?: readonly string[]
  /** The old certificate belongs to this thing alone, and so does the new one. */
  readonly isExclusive?: boolean
  /** Of the old certificates those that this rotation deactivated. */
  readonly deactivatedIds?: readonly string[]
  /** When it is undone, it begins anew: its keys were lost. */
  readonly isRenewed?: boolean
  /** How often AWS could not do the next step, one time after the other. */
  readonly attempts?: number
  /** The next step is not tried before. */
  readonly retryAt?: string
}

/** Who does the work at present; another console takes it over when this one is not heard of any more. */
export interface Lease {
  readonly by: string
  readonly until: string
}

/** A rotation as it is kept, without its things. */
export interface KeptRotation extends Pick<Rotation, 'rotationId' | 'startedAt' | 'requestsPerSecond' | 'sight'> {
  readonly starter: { readonly person: Person; readonly requestId: string }
  readonly pauseSeconds?: number
  /** In how many documents its things are. */
  readonly chunks: number
  readonly lease?: Lease
  /** From here on the log was not read yet. */
  readonly readFrom?: string
}

/** What a thing becomes by what was learnt of it; what is undefined is taken away. */
export type ThingChange = { readonly [Key in keyof KeptThing]?: KeptThing[Key] | undefined }

/** A thing that has got to another stage: what was about the one before is over. */
export const inStage = (stage: KeptThing['stage'], nowMs: number, change: ThingChange = {}): ThingChange => ({
  stage,
  since: new Date(nowMs).toISOString(),
  failure: undefined,
  attempts: undefined,
  retryAt: undefined,
  ...change,
})

/** Is there something to ask AWS for, or has time to pass? Of the other stages somebody or a device has the next turn. */
const WORK: readonly KeptThing['stage'][] = ['requested', 'delivered', 'deactivating', 'deleting', 'undoing']
const OVER: readonly KeptThing['stage'][] = ['replaced', 'finished', 'undone']

/** Whether its certificate was replaced, or stays as it was. */
export const isThingOver = ({ stage }: Pick<KeptThing, 'stage'>): boolean => OVER.includes(stage)

/** Whether AWS is to be asked for something now. */
export function isDue(thing: KeptThing, { pauseSeconds }: Pick<KeptRotation, 'pauseSeconds'>, nowMs: number): boolean {
  if (thing.retryAt !== undefined ? Date.parse(thing.retryAt) > nowMs : thing.failure !== undefined) return false
  if (thing.stage === 'seen')
    return pauseSeconds !== undefined && Date.parse(thing.since) + pauseSeconds * 1_000 <= nowMs
  return WORK.includes(thing.stage)
}

/** Counts, and whether anything is left to do. */
export function summaryOf(things: readonly KeptThing[]): Pick<Rotation, 'total' | 'counts' | 'failed' | 'isOver'> {
  const counts: Record<string, number> = {}
  for (const { stage } of things) counts[stage] = (counts[stage] ?? 0) + 1
  return {
    total: things.length,
    counts,
    failed: things.filter(({ failure }) => failure !== undefined).length,
    isOver: things.every(isThingOver),
  }
}

/** What people are told of a thing. */
export function toldOf(kept: KeptThing): RotationThing {
  const { thingName, stage, since, oldCertificateIds, newCertificateId, seenAt, seenBy, failure } = kept
  return {
    thingName,
    stage,
    since,
    oldCertificateIds: [...oldCertificateIds],
    ...(newCertificateId !== undefined && { newCertificateId }),
    ...(seenAt !== undefined && { seenAt }),
    ...(seenBy !== undefined && { seenBy }),
    ...(failure && { failure }),
  }
}

/** What people are told of a rotation. */
export function rotationOf(head: KeptRotation, things: readonly KeptThing[]): Rotation {
  const { rotationId, startedAt, starter, pauseSeconds, requestsPerSecond, sight } = head
  return {
    rotationId,
    startedBy: starter.person.name,
    startedAt,
    requestsPerSecond,
    ...(pauseSeconds !== undefined && { pauseSeconds }),
    sight,
    ...summaryOf(things),
  }
}
