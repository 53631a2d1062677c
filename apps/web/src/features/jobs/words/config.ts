import type { Job, ReadJobConfig } from '@thingdeck/contract'
import { DEFAULT_MAXIMUM_PER_MINUTE, failuresToAbort } from '@thingdeck/jobs'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { localSchedule } from './schedule.ts'

type Config = Pick<
  ReadJobConfig,
  'jobExecutionsRolloutConfig' | 'abortConfig' | 'timeoutConfig' | 'jobExecutionsRetryConfig'
>
type Rollout = NonNullable<Config['jobExecutionsRolloutConfig']>
type AbortCriterion = NonNullable<Config['abortConfig']>['criteriaList'][number]

/** `begins with 50 a minute, 2 times as many after each 1,000 that were told, at most 500 a minute` */
export function rolloutInWords({
  maximumPerMinute = DEFAULT_MAXIMUM_PER_MINUTE,
  exponentialRate,
}: Rollout = {}): string {
  const most = `at most ${formatCount(maximumPerMinute)} devices a minute`
  if (!exponentialRate) return most
  const { baseRatePerMinute, incrementFactor, rateIncreaseCriteria } = exponentialRate
  const { numberOfNotifiedThings: told, numberOfSucceededThings: succeeded } = rateIncreaseCriteria
  const after =
    told === undefined
      ? `${formatCounted(succeeded ?? 0, 'device')} that succeeded`
      : `${formatCounted(told, 'device')} that ${told === 1 ? 'was' : 'were'} told`
  return `begins with ${formatCount(baseRatePerMinute)} devices a minute, ${incrementFactor} times as many after each ${after}, ${most}`
}

const FAILURES: Readonly<Record<string, string>> = {
  FAILED: 'failed',
  REJECTED: 'rejected it',
  TIMED_OUT: 'timed out',
  ALL: 'failed, rejected it or timed out',
}

/** What is rejected is never tried again. */
const RETRIED: Readonly<Record<string, string>> = {
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ALL: 'failed or timed out',
}

/** `stops as soon as 10 % failed, once 30 devices are through: at 3 failures at the earliest` */
export function abortInWords(criterion: AbortCriterion): string {
  const { thresholdPercentage, minNumberOfExecutedThings } = criterion
  const fewest = failuresToAbort(
    { failureType: undefined, action: 'CANCEL', thresholdPercentage, minNumberOfExecutedThings },
    minNumberOfExecutedThings,
  )
  const failures = formatCounted(fewest, 'failure')
  return `${criterionInWords(criterion)}: at ${failures} at the earliest`
}

/** `stops as soon as 10 % failed, once 30 devices are through` */
export function criterionInWords(criterion: AbortCriterion): string {
  const { failureType, thresholdPercentage, minNumberOfExecutedThings: least } = criterion
  const what = FAILURES[failureType] ?? failureType
  return `stops as soon as ${thresholdPercentage} % ${what}, once ${formatCounted(least, 'device')} ${least === 1 ? 'is' : 'are'} through`
}

export function retriesInWords({ jobExecutionsRetryConfig }: Config): string | undefined {
  const criteria = jobExecutionsRetryConfig?.criteriaList.filter(({ numberOfRetries }) => numberOfRetries > 0) ?? []
  if (criteria.length === 0) return undefined
  return criteria
    .map(
      ({ failureType, numberOfRetries }) =>
        `tried again up to ${formatCounted(numberOfRetries, 'time')} where it ${RETRIED[failureType] ?? failureType}`,
    )
    .join(', ')
}

/** `after 30 minutes in progress`; undefined: a device that goes silent is waited for without end. */
export function timeoutInWords({ timeoutConfig }: Config): string | undefined {
  const minutes = timeoutConfig?.inProgressTimeoutInMinutes
  return minutes === undefined ? undefined : `timed out ${formatCounted(minutes, 'minute')} after a device began`
}

const ENDS: Readonly<Record<string, string>> = {
  STOP_ROLLOUT: 'no further device is told; those that were told go on',
  CANCEL: 'what is queued is canceled; what is in progress goes on',
  FORCE_CANCEL: 'what is queued and what is in progress is canceled',
}

/** What the schedule of a job says, in sentences without their ends, in local time. */
export function scheduleInWords({ schedulingConfig }: Pick<Job, 'schedulingConfig'>): readonly string[] {
  if (!schedulingConfig) return []
  const { startTime, endTime, endBehavior = 'STOP_ROLLOUT', maintenanceWindows = [] } = schedulingConfig
  return [
    ...(startTime === undefined ? [] : [`begins at ${localSchedule(startTime)}`]),
    ...(endTime === undefined ? [] : [`ends at ${localSchedule(endTime)}: ${ENDS[endBehavior] ?? endBehavior}`]),
    ...maintenanceWindows.map(
      ({ startTime: cron, durationInMinutes }) =>
        `goes on only in windows of ${formatCounted(durationInMinutes, 'minute')} that begin at ${cron} (UTC)`,
    ),
  ]
}
