import type { TextEdit } from '@thingdeck/json'
import type { PolicyProblemCode } from '../policy-error.ts'

/** What can be said of a policy that AWS takes, as {@link PolicyFinding.code}; and what AWS refuses. */
export type PolicyFindingCode = PolicyProblemCode | 'SIZE'

/** `error`: AWS refuses the document. `warning`: it does not do what it looks like, or allows too much. */
export type PolicyFindingSeverity = 'error' | 'warning' | 'info'

/** Something about a policy document that its writer should know, with its place in the text. */
export interface PolicyFinding {
  readonly code: PolicyFindingCode
  readonly severity: PolicyFindingSeverity
  /** A sentence or two: what is so, and what would be right. */
  readonly words: string
  /** The member it is about, such as `Statement[1].Resource[0]`; empty for the document as a whole. */
  readonly path: string
  /** Where it stands in the text, in UTF-16 code units from 0, up to, not including, `to`. */
  readonly from: number
  readonly to: number
  /** From 1, of `from`. */
  readonly line: number
  readonly column: number
  /** What would mend it; the most likely first. Empty where only a person knows. */
  readonly fixes: readonly PolicyFix[]
}

/** One way to mend a finding. */
export interface PolicyFix {
  /** What a button says: `Use topicfilter/a/*`. */
  readonly words: string
  /** By the text that was looked at; sorted, and none overlaps another. */
  readonly edits: readonly TextEdit[]
}
