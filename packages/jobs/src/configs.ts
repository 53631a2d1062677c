import type { AbortCriteria } from './abort.ts'
import { refuse } from './job-error.ts'
import { MAX_RETRIES, type RetryCriteria } from './retry.ts'
import { DEFAULT_MAXIMUM_PER_MINUTE, type RolloutConfig } from './rollout.ts'
import { MAX_TIMEOUT_MINUTES } from './timers.ts'

/** How a job is rolled out and ended, as `CreateJob` has it. */
export interface JobConfigs {
  readonly rollout?: RolloutConfig | undefined
  readonly abort?: readonly AbortCriteria[] | undefined
  readonly retry?: readonly RetryCriteria[] | undefined
  readonly inProgressTimeoutInMinutes?: number | undefined
}

/**
 * What the API's model does not say of single members: which go together.
 * @throws {JobError} InvalidRequest, naming the member and what would be right
 * @see AWS IoT developer guide, "Job configurations"; API Reference, "CreateJob"
 */
export function checkConfigs({ rollout, abort = [], retry, inProgressTimeoutInMinutes }: JobConfigs): void {
  if (rollout) checkRollout(rollout)
  for (const { thresholdPercentage = 0 } of abort) {
    if (thresholdPercentage < 0 || thresholdPercentage > 100) throw refuse('thresholdPercentage has to be 0 to 100')
    if (!hasDigits(thresholdPercentage, 2)) throw refuse('thresholdPercentage has at most two digits behind the point')
  }
  if (inProgressTimeoutInMinutes !== undefined) checkTimeout(inProgressTimeoutInMinutes)
  if (retry) checkRetry(retry, inProgressTimeoutInMinutes !== undefined)
}

/** The model has no bounds; AWS IoT API Reference, "TimeoutConfig": between 1 minute and 7 days. */
function checkTimeout(minutes: number): void {
  if (minutes >= 1 && minutes <= MAX_TIMEOUT_MINUTES) return
  throw refuse(`inProgressTimeoutInMinutes is ${minutes}; it has to be 1 to ${MAX_TIMEOUT_MINUTES}`)
}

function checkRollout({ maximumPerMinute = DEFAULT_MAXIMUM_PER_MINUTE, exponentialRate }: RolloutConfig): void {
  if (!exponentialRate) return
  const { baseRatePerMinute = 1, incrementFactor = 0, rateIncreaseCriteria = {} } = exponentialRate
  if (baseRatePerMinute > maximumPerMinute) {
    throw refuse(`baseRatePerMinute is ${baseRatePerMinute}, more than maximumPerMinute, ${maximumPerMinute}`)
  }
  if (incrementFactor < 1.1 || incrementFactor > 5) throw refuse('incrementFactor has to be 1.1 to 5')
  if (!hasDigits(incrementFactor, 1)) throw refuse('incrementFactor has at most one digit behind the point')
  const { numberOfNotifiedThings, numberOfSucceededThings } = rateIncreaseCriteria
  if ((numberOfNotifiedThings === undefined) === (numberOfSucceededThings === undefined)) {
    throw refuse('rateIncreaseCriteria has to be one of numberOfNotifiedThings and numberOfSucceededThings')
  }
}

function checkRetry(criteria: readonly RetryCriteria[], hasTimeout: boolean): void {
  const types = criteria.map(({ failureType }) => failureType)
  if (new Set(types).size < types.length) throw refuse('jobExecutionsRetryConfig names a failureType twice')
  if (types.includes('ALL') && types.length > 1) throw refuse('failureType ALL stands alone')
  const total = criteria.reduce((sum, { numberOfRetries = 0 }) => sum + numberOfRetries, 0)
  if (total > MAX_RETRIES) throw refuse(`There can be at most ${MAX_RETRIES} retries of a thing, not ${total}`)
  const isOnTimeout = criteria.some(
    ({ failureType, numberOfRetries = 0 }) => failureType === 'TIMED_OUT' && numberOfRetries > 0,
  )
  if (isOnTimeout && !hasTimeout) throw refuse('Retries of TIMED_OUT need a timeoutConfig')
}

/** Whether a number has so many digits behind its point at the most. */
function hasDigits(value: number, digits: number): boolean {
  return Number(value.toFixed(digits)) === value
}
