/** Messages that were sent together, and failed together. */
export interface FailedBatch {
  readonly size: number
  /** Whether they may be of several topics. */
  readonly isAcrossTopics: boolean
}

/** Why an action was not done. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure'
  /** What it was to be done to. */
  readonly resource: string
  /** Where messages were sent together: the same failure is then that of each of them. */
  readonly batch: FailedBatch | undefined

  constructor(resource: string, message: string, cause?: unknown, batch?: FailedBatch) {
    super(message, cause === undefined ? undefined : { cause })
    this.resource = resource
    this.batch = batch
  }
}

/** An action that AWS would not take; the sentence names the member, and says what would be right. */
export class InvalidAction extends Error {
  override readonly name = 'InvalidAction'
}
