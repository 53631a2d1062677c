/** How something ended, in the words of the metrics of `AWS/IoT` (`Connect.AuthError`). */
export type OutcomeKind = 'Success' | 'AuthError' | 'ClientError' | 'ClientIDThrottle' | 'Throttle' | 'ServerError'

/** How something ended, and why, in the words of the entries of `AWSIotLogsV2`. */
export interface Outcome {
  readonly kind: OutcomeKind
  /** A code, e.g. `AUTHORIZATION_FAILURE`; some failures have none. */
  readonly reason?: string | undefined
  /** A sentence. */
  readonly details?: string | undefined
}

export const SUCCESS: Outcome = { kind: 'Success' }

/** What policies refused. The words are those of real entries. */
export const AUTHORIZATION_FAILURE: Outcome = {
  kind: 'AuthError',
  reason: 'AUTHORIZATION_FAILURE',
  details: 'Authorization Failure',
}
