/**
 * Why a request about an execution is refused, in the codes of the jobs' MQTT API.
 * @see AWS IoT developer guide, "Jobs device MQTT API", "ErrorCode"
 */
export type JobErrorCode =
  | 'InvalidTopic'
  | 'InvalidJson'
  | 'InvalidRequest'
  | 'InvalidStateTransition'
  | 'ResourceNotFound'
  | 'VersionMismatch'
  | 'InternalError'
  | 'RequestThrottled'
  | 'TerminalStateReached'

export class JobError extends Error {
  override readonly name = 'JobError'
  readonly code: JobErrorCode

  /** @param message one sentence */
  constructor(code: JobErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Of a request that is not as it has to be. @param message one sentence */
export const refuse = (message: string): JobError => new JobError('InvalidRequest', message)
