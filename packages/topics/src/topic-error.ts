/** What can be wrong with a topic name or a topic filter, as {@link TopicProblem.code}. */
export type TopicProblemCode =
  | 'EMPTY'
  | 'NUL'
  | 'LONE_SURROGATE'
  | 'WILDCARD_IN_TOPIC'
  | 'WILDCARD_IN_LEVEL'
  | 'HASH_NOT_LAST'
  | 'TOO_LONG'
  | 'TOO_MANY_SLASHES'
  | 'SHARE_NAME'
  | 'SHARE_FILTER_MISSING'

/** The first thing wrong with a topic name or a topic filter. */
export interface TopicProblem {
  readonly code: TopicProblemCode
  /** The 0-based level at fault: `a/b+/c` has its fault in level 1. */
  readonly level: number
  /** One sentence for a person. It never repeats the input. */
  readonly message: string
}

/** Thrown by `parseSharedSubscription`. */
export class TopicFilterError extends Error implements TopicProblem {
  override readonly name = 'TopicFilterError'
  readonly code: TopicProblemCode
  readonly level: number

  constructor(problem: TopicProblem) {
    super(problem.message)
    this.code = problem.code
    this.level = problem.level
  }
}
