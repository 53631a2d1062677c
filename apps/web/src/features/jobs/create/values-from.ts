import {
  type DestinationPackageVersion,
  JOB_ABORT_FAILURES,
  JOB_END_BEHAVIORS,
  type Job,
  type JobAsWritten,
  type JobTemplate,
  parsePackageVersionArn,
  type ReadJobConfig,
} from '@thingdeck/contract'
import { localText, scheduleMs } from '../words/schedule.ts'
import { targetOf } from '../words/targets.ts'
import { type AbortValues, type JobValues, NEW_JOB, type WindowValues } from './job-values.ts'

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

/** What a job or a template says of how it goes on, as it is typed. */
export function configValues(config: ReadJobConfig): Partial<JobValues> {
  const { presignedUrlConfig, jobExecutionsRolloutConfig, abortConfig, timeoutConfig, jobExecutionsRetryConfig } =
    config
  const { maximumPerMinute, exponentialRate } = jobExecutionsRolloutConfig ?? {}
  const { numberOfNotifiedThings: told, numberOfSucceededThings } = exponentialRate?.rateIncreaseCriteria ?? {}
  const retriesFor = (...types: readonly string[]) =>
    String(
      jobExecutionsRetryConfig?.criteriaList.find(({ failureType }) => types.includes(failureType))?.numberOfRetries ??
        0,
    )
  return {
    roleArn: presignedUrlConfig?.roleArn ?? '',
    expiresInSec: textOf(presignedUrlConfig?.expiresInSec),
    perMinute: textOf(maximumPerMinute),
    ...(exponentialRate && {
      pace: 'exponential',
      base: String(exponentialRate.baseRatePerMinute),
      factor: String(exponentialRate.incrementFactor),
      after: told === undefined ? 'succeeded' : 'told',
      every: textOf(told ?? numberOfSucceededThings),
    }),
    aborts: (abortConfig?.criteriaList ?? []).map(
      ({ failureType, thresholdPercentage, minNumberOfExecutedThings }): AbortValues => ({
        failureType: JOB_ABORT_FAILURES.find((each) => each === failureType) ?? 'ALL',
        percent: String(thresholdPercentage),
        least: String(minNumberOfExecutedThings),
      }),
    ),
    timeout: textOf(timeoutConfig?.inProgressTimeoutInMinutes),
    retryFailed: retriesFor('FAILED', 'ALL'),
    // Without a time-out nothing times out, and AWS takes no retries of it.
    retryTimedOut: timeoutConfig?.inProgressTimeoutInMinutes === undefined ? '0' : retriesFor('TIMED_OUT', 'ALL'),
  }
}

const windowsOf = (windows: readonly { readonly startTime: string; readonly durationInMinutes: number }[] = []) =>
  windows.map(
    ({ startTime, durationInMinutes }): WindowValues => ({ cron: startTime, minutes: String(durationInMinutes) }),
  )

/** `fw-2.5` → `fw-2_5`; a second one of `fw` is `fw-2`, the next `fw-3`. At most 64 characters. */
export function nextJobId(jobId: string): string {
  const [, stem = jobId, digits] = /^(.*)-(\d{1,3})$/.exec(jobId) ?? []
  const suffix = `-${digits === undefined ? 2 : Number(digits) + 1}`
  return `${stem.slice(0, 64 - suffix.length)}${suffix}`
}

/** Versions as a job or a template names them, by their ARNs. */
const versionsOf = (arns: readonly string[] = []): readonly DestinationPackageVersion[] =>
  arns.flatMap((arn) => parsePackageVersionArn(arn) ?? [])

/**
 * One like another, for the same targets unless others are named. A start that has passed is not taken over.
 * @param written before AWS put in what it knows of package versions: the next job gets what is known then
 */
export function valuesLike(
  job: Job,
  left: readonly string[] | undefined,
  nowMs: number,
  written?: JobAsWritten,
): JobValues {
  const targets = job.targets.map(targetOf)
  const groups = targets.flatMap(({ kind, name }) => (kind === 'group' ? [name] : []))
  const things = targets.flatMap(({ kind, name }) => (kind === 'thing' ? [name] : []))
  const { startTime, endTime, endBehavior, maintenanceWindows } = job.schedulingConfig ?? {}
  const later = (time: string | undefined) => {
    const atMs = time === undefined ? undefined : scheduleMs(time)
    return atMs === undefined || atMs <= nowMs ? '' : localText(atMs)
  }
  return {
    ...NEW_JOB,
    ...configValues(job),
    jobId: nextJobId(job.jobId),
    description: job.description ?? '',
    ...(left
      ? { who: 'things', names: left.join('\n') }
      : groups.length > 0
        ? { who: 'group', groups, beside: things.join('\n') }
        : { who: 'things', names: things.join('\n') }),
    // Things by name are those that they are: nobody joins them.
    selection: job.targetSelection === 'CONTINUOUS' && !left ? 'CONTINUOUS' : 'SNAPSHOT',
    source: job.document === undefined && job.documentSource !== undefined ? 's3' : 'document',
    document: written?.document ?? job.document ?? NEW_JOB.document,
    packageVersions: versionsOf((written ?? job).destinationPackageVersions),
    documentSource: job.documentSource ?? '',
    start: later(startTime),
    end: later(endTime),
    endBehavior: JOB_END_BEHAVIORS.find((each) => each === endBehavior) ?? 'STOP_ROLLOUT',
    windows: windowsOf(maintenanceWindows),
    tags: Object.entries(job.tags ?? {}).map(([key, value]) => ({ key, value })),
  }
}

const configOfTemplate = ({
  presignedUrlConfig,
  jobExecutionsRolloutConfig,
  abortConfig,
  timeoutConfig,
  jobExecutionsRetryConfig,
}: JobTemplate): ReadJobConfig => ({
  ...(presignedUrlConfig && { presignedUrlConfig }),
  ...(jobExecutionsRolloutConfig && { jobExecutionsRolloutConfig }),
  ...(abortConfig && { abortConfig }),
  ...(timeoutConfig && { timeoutConfig }),
  ...(jobExecutionsRetryConfig && { jobExecutionsRetryConfig }),
})

/** What a template says; of what it leaves out, as the form was. */
export const valuesOfTemplate = (template: JobTemplate): Partial<JobValues> => ({
  ...configValues(template),
  source: 'template',
  template: template.jobTemplateId,
  templateArn: template.jobTemplateArn,
  templateConfig: configOfTemplate(template),
  packageVersions: versionsOf(template.destinationPackageVersions),
  document: template.document ?? '',
  windows: windowsOf(template.maintenanceWindows),
  ...(template.maintenanceWindows.length > 0 && { selection: 'CONTINUOUS' }),
})
