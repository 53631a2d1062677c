import type {
  AuditChange,
  BulkChange,
  BulkChangeChange,
  BulkChangeRequest,
  BulkChangeResult,
} from '@thingdeck/contract'
import type { Person } from '../../../person.ts'

/** Who began a bulk change, and by which request. */
export interface BulkChangeStarter {
  readonly person: Person
  readonly requestId: string
}

/** What is said of one target alone, beyond what the bulk change says of all. */
export interface LineInput {
  /** In place of the change of the whole. */
  readonly change?: BulkChangeChange
  /** Of what the target has (its certificates, by id) only these. */
  readonly only?: readonly string[]
  /** What an earlier bulk change made: where something else is found, somebody changed it since. */
  readonly expects?: readonly AuditChange[]
}

/** A target as it is kept: what people are told of it, and what it takes to go on after the end of a process. */
export interface KeptLine extends BulkChangeResult {
  readonly input?: LineInput
  /** Which run has it under way. */
  readonly by?: string
  /** It failed, and was written in part, or nobody knows whether: what is found done later, this bulk change did. */
  readonly mayBeDone?: true
  readonly effects?: Effects
  readonly made?: LineMade
}

/** What was made for a target, and cannot be asked for again: kept before anything else is done. */
export interface LineMade {
  /** A certificate was about to be asked for then (ISO 8601): it may be there though nobody noted it. */
  readonly issuingSince?: string
  readonly certificate?: { readonly certificateId: string; readonly certificatePem: string }
  /** Under which a command is sent: asked for again with it, AWS sends nothing again. */
  readonly commandToken?: string
  readonly executionId?: string
}

export type Effects = Readonly<Record<string, number>>

/** Who does the work at present; another console takes it over when this one is not heard of any more. */
export interface Lease {
  readonly by: string
  readonly until: string
}

/** A bulk change as it is kept, without its lines. */
export interface KeptBulkChange {
  readonly bulkChange: BulkChange
  readonly starter: BulkChangeStarter
  readonly confirmedCount?: BulkChangeRequest['confirmedCount']
  /** Of the request, where it has a token: whether another one with its token asks for the same. */
  readonly fingerprint?: string
  /** In how many documents its lines are. */
  readonly chunks: number
  /** What people want of it. */
  readonly wanted: 'go' | 'pause' | 'cancel'
  readonly lease?: Lease
  /** When it was worked on last (ISO 8601), and by which process. */
  readonly workedAt: string
  readonly workedBy?: string
  /** What its lines take as they are kept, in bytes; once it is over. */
  readonly bytes?: number
}

export const isOver = ({ endedAt }: Pick<BulkChange, 'endedAt'>): boolean => endedAt !== undefined

/** Lines by outcome, and what they did together. */
export function summaryOf(lines: Iterable<KeptLine>): Pick<BulkChange, 'total' | 'counts' | 'effects'> {
  const counts: Record<string, number> = {}
  const effects: Record<string, number> = {}
  let total = 0
  for (const { outcome, effects: own } of lines) {
    total += 1
    counts[outcome] = (counts[outcome] ?? 0) + 1
    if (outcome !== 'changed' && outcome !== 'would-change') continue
    for (const [name, count] of Object.entries(own ?? {})) effects[name] = (effects[name] ?? 0) + count
  }
  return { total, counts, effects }
}

/** What people are told of a line. */
export function resultOf({
  input: _,
  by: __,
  effects: ___,
  mayBeDone: ____,
  made,
  ...result
}: KeptLine): BulkChangeResult {
  return {
    ...result,
    ...(made?.certificate && { certificateId: made.certificate.certificateId }),
    ...(made?.executionId !== undefined && { executionId: made.executionId }),
  }
}
