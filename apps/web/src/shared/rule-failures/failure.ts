/** What is known of a failure: of an entry of the log. */
export interface Failure {
  readonly eventType?: string | undefined
  /** AWS's text of what went wrong. */
  readonly details?: string | undefined
  readonly reason?: string | undefined
  readonly ruleAction?: string | undefined
  /** What the action was to be done to, as the entry has it: templates resolved. */
  readonly resources: Readonly<Record<string, string>>
}

/** Where the cure is. */
export type CurePlace = 'rule' | 'role' | 'destinations' | 'rehearsal' | 'function' | 'elsewhere'

/** A right that is missing. */
export interface MissingRight {
  readonly action: string
  readonly resource: string | undefined
  /** The name of the role that lacks it, where the text says. */
  readonly role: string | undefined
}

/** Why a rule did not do what it was to, and what one can do about it. */
export interface FailureWords {
  readonly kind: FailureKind
  /** A sentence. */
  readonly why: string
  /** A sentence or two. */
  readonly cure: string
  readonly place: CurePlace
  readonly right?: MissingRight
}

export type FailureKind =
  | 'permission'
  | 'role'
  | 'throttled'
  | 'gone'
  | 'destination'
  | 'key'
  | 'template'
  | 'function'
  | 'too large'
  | 'not json'
  | 'loop'
  | 'topic'
  | 'endpoint'
  | 'value'
  | 'sql'
  | 'no rule'
  | 'dropped'
  | 'service'
  | 'not known'
