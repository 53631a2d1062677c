/** One act of a plan. */
export interface PlanStep {
  /** Once among the steps of its plan. */
  readonly id: string
  /** What it does, 'Detach the policy base'. */
  readonly words: string
  /**
   * Does it, and tells how far it is where it takes long, '120 of 1,000'. It may be done again after it failed, when
   * nobody knows whether it was done: that must be no fault.
   */
  readonly run: (tell: (note: string) => void) => Promise<unknown>
  /** It is done in parts, so that some of it may be done when it fails: that is put back, too. */
  readonly isInParts?: true
  /** Puts back what was before, where AWS permits. */
  readonly undo?: (tell: (note: string) => void) => Promise<unknown>
}

/** Acts that are done one after the other, and belong together. */
export interface Plan {
  /** Once in the console: as long as one of this id is under way, no other is begun. `delete certificate 5f2c…` */
  readonly id: string
  /** 'Delete the certificate 5f2c…' */
  readonly title: string
  /** Said of it once all is done: 'The certificate 5f2c… was deleted'. */
  readonly done: string
  readonly steps: readonly PlanStep[]
  /** Something may be different from before: after each step that was done, or undone, or failed. */
  readonly onChange?: () => void
  readonly onDone?: () => void
  /** It goes no further: it is done, put back, or stopped on the way. */
  readonly onEnd?: () => void
}

export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone' | 'undo-failed'

/** How far a step is. */
export interface StepProgress {
  readonly id: string
  readonly words: string
  readonly state: StepState
  /** How far it is, while it is under way. */
  readonly note?: string
}

/**
 * How far a plan is. `stopped`: a step failed, or somebody said stop; `undo-stopped`: what was done could not be put
 * back whole.
 */
export type PlanPhase = 'running' | 'stopped' | 'done' | 'undoing' | 'undo-stopped' | 'undone'

export interface PlanProgress {
  readonly phase: PlanPhase
  readonly steps: readonly StepProgress[]
  /** Why the step that failed did. */
  readonly error?: Error
  /** Somebody said stop: it ends with the step that is under way. */
  readonly isStopping: boolean
  /** Whether anything that was done can be put back. */
  readonly canUndo: boolean
}
