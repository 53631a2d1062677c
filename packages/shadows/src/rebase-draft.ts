import { type MergeConflict, mergeThreeWay, resolveConflict } from './merge-three-way.ts'
import type { ShadowState } from './shadow.ts'

/** A draft, what it was made from, and what the service holds now. */
export interface RebasedDraft {
  /** The same as `theirs`, but for the places of the conflicts, where it is what both sides had before. */
  readonly base: ShadowState
  /** What is to be in the shadow: my changes and theirs; at a conflict, mine. */
  readonly draft: ShadowState
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Carries a draft over to what the service holds now. What is in dispute is never remembered apart from the documents:
 * the base keeps the old value there until somebody chooses, so that the next arrival finds the same conflict again,
 * with their newest value, or none if they went back or I came to agree.
 *
 *     base {"a":1}, draft {"a":2}, theirs {"a":3}  →  base {"a":1}, draft {"a":2}, one conflict at a
 */
export function rebaseDraft(base: ShadowState, draft: ShadowState, theirs: ShadowState): RebasedDraft {
  const { merged, conflicts } = mergeThreeWay(base, theirs, draft)
  const disputed = conflicts.reduce((state, conflict) => resolveConflict(state, conflict, 'base'), theirs)
  return { base: disputed, draft: merged, conflicts }
}

/** The draft after somebody chose one side of one of its conflicts. */
export function settleConflict(
  rebased: RebasedDraft,
  conflict: MergeConflict,
  side: 'base' | 'theirs' | 'mine',
): RebasedDraft {
  return {
    base: resolveConflict(rebased.base, conflict, 'theirs'),
    draft: resolveConflict(rebased.draft, conflict, side),
    conflicts: rebased.conflicts.filter((other) => other !== conflict),
  }
}
