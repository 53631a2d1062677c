import type { AuditChange, AuditResource } from '@thingdeck/contract'
import type { Effects, LineInput, LineMade } from '../engine/kept-bulk-change.ts'

/** What a kind has of the bulk change that it works for. */
export interface KindContext {
  /** Waits for one's turn before a request to AWS. */
  readonly turn: () => Promise<void>
  /**
   * Takes something that several targets share, so that it is counted and changed once.
   * @returns the target that has taken it before; undefined: it is this one's
   */
  readonly take: (what: string, target: string) => string | undefined
  /** Whether it is one of all the targets of this bulk change. */
  readonly isMeant: (target: string) => boolean
  /** The same, and those that a person chose and that would not change themselves: they were told of by the dry run. */
  readonly isChosen: (target: string) => boolean
  /** It only reads: whatever was prepared is not done. */
  readonly dryRun: boolean
  /**
   * Waits until nobody else of this bulk change has any of these, and has them until its target is done. Asked for once
   * for a target, with all of them, so that no two wait for each other.
   */
  readonly hold: (what: readonly string[]) => Promise<void>
  /** What was begun of the target before, and may be done in part. */
  readonly begun: readonly AuditChange[]
  /** What was made for the target already, and what keeps it. */
  readonly made: LineMade
  readonly keep: (made: LineMade) => Promise<void>
  /** Of what the target has only these. */
  readonly only: LineInput['only']
}

/** What a change would do to one target. */
export type Prepared<Plan> =
  | { readonly outcome: 'unchanged'; readonly version?: number; readonly message?: string }
  | { readonly outcome: 'left-out'; readonly message: string }
  | { readonly outcome: 'not-there'; readonly message: string }
  | {
      readonly outcome: 'would-change'
      readonly changes: readonly AuditChange[]
      readonly version?: number
      /** What follows for others. */
      readonly message?: string
      readonly effects?: Effects
      readonly plan: Plan
    }

/** A write, for the audit trail. */
export interface Written {
  readonly action: string
  readonly resource: AuditResource
  readonly changes: readonly AuditChange[]
}

/**
 * A kind of change. Reading, writing and undoing are asked of one target at a time, each request in its turn; what is so
 * already is never an error, so that a target may be asked for again after nobody answered. Errors are AWS's own.
 */
export interface Kind<Change, Plan = unknown> {
  /** @throws {Problem} BAD_REQUEST of what AWS would refuse for every target */
  check?(change: Change): void
  /** Only reads. */
  prepare(target: string, change: Change, context: KindContext): Promise<Prepared<Plan>>
  /** @returns the version that it made, where there is one */
  apply(target: string, change: Change, plan: Plan, context: KindContext): Promise<number | undefined>
  /** What would put back what a target had; undefined: it cannot be put back. */
  undo?(change: Change, changes: readonly AuditChange[]): Pick<LineInput, 'change' | 'only'> | undefined
  /** As the trail has them: of what was changed, or could not be. */
  written(target: string, change: Change, changes: readonly AuditChange[]): readonly Written[]
}
