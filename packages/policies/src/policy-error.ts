import { positionAt } from '@thingdeck/json'
import type { TextSpan } from './place.ts'

/** What can be wrong with a policy document, as {@link PolicyProblem.code}. */
export type PolicyProblemCode =
  | 'JSON'
  | 'DUPLICATE_MEMBER'
  | 'UNKNOWN_MEMBER'
  | 'MISSING_MEMBER'
  | 'TYPE'
  | 'VERSION'
  | 'SID'
  | 'EFFECT'
  | 'ACTION'
  | 'RESOURCE'
  | 'PRINCIPAL'
  | 'CONDITION_OPERATOR'
  | 'CONDITION_VALUE'
  | 'VARIABLE'

/** The first thing wrong with a policy document: what AWS IoT answers with MalformedPolicyException. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode
  /** The member at fault, such as `Statement[1].Condition.StringEqual`; empty for the document as a whole. */
  readonly path: string
  /** Where it stands in the text, in UTF-16 code units from 0. */
  readonly offset: number
  /** Behind what is at fault, in the same units; of what is missing, behind the beginning of what it is missing in. */
  readonly to: number
  /** The same place for a person, from 1. */
  readonly line: number
  readonly column: number
  /** One sentence. */
  readonly message: string
}

/** Thrown by `parsePolicyDocument`. */
export class MalformedPolicyError extends Error implements PolicyProblem {
  override readonly name = 'MalformedPolicyError'
  readonly code: PolicyProblemCode
  readonly path: string
  readonly offset: number
  readonly to: number
  readonly line: number
  readonly column: number

  constructor(code: PolicyProblemCode, message: string, path: string, text: string, { from: offset, to }: TextSpan) {
    super(message)
    this.code = code
    this.path = path
    this.offset = offset
    this.to = to
    const { line, column } = positionAt(text, offset)
    this.line = line
    this.column = column
  }
}
