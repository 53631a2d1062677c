import type { TextEdit } from '@thingdeck/json'
import type { PolicyProblemCode } from '../policy-error.ts'

/** What can be said of a policy beside what its parser refuses; `FINDING_REFERENCE` says when. */
export const POLICY_FINDING_CODES = [
  'SIZE',
  'ACTION_UNKNOWN',
  'ACTION_TOO_WIDE',
  'ACTION_WITHOUT_RESOURCE',
  'TOPIC_FOR_FILTER',
  'FILTER_FOR_TOPIC',
  'RESOURCE_KIND',
  'RESOURCE_ARN',
  'RESOURCE_TOO_WIDE',
  'RESERVED_REACHED',
  'LITERAL_WILDCARD',
  'TOPIC_DOUBT',
  'CLIENT_ID_FREE',
  'CLIENT_ID_PROVES_NOTHING',
  'CLIENT_OF_NO_THING',
  'CONNECT_MISSING',
  'RECEIVE_MISSING',
  'PUBLISH_MISSING',
  'VARIABLE_UNKNOWN',
  'VARIABLE_FORMER',
  'VARIABLE_LOOKALIKE',
  'VARIABLE_LIST',
  'VARIABLE_DOOR',
  'VARIABLE_PRINCIPAL',
  'VARIABLE_EMPTY',
  'VARIABLE_IN_DENY',
  'CONDITION_KEY',
  'CONDITION_OPERATOR_KIND',
  'CONDITION_QUANTIFIER',
  'CONDITION_WILDCARD',
  'CONDITION_NEVER',
  'CONDITION_ABSENT',
  'NOT_RESOURCE',
  'DENY_SHADOWS',
  'DENY_SUBSCRIBE_ALONE',
  'STATEMENT_TWICE',
] as const

/** Of what AWS takes, and of what it refuses. */
export type PolicyFindingCode = PolicyProblemCode | (typeof POLICY_FINDING_CODES)[number]

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
