import type { Job, JobChange, JobSettings } from '@thingdeck/contract'
import { DEFAULT_MAXIMUM_PER_MINUTE } from '@thingdeck/jobs'
import { keptOnce } from '../../../shared/form/kept-once.ts'
import type { Rule } from '../../../shared/form/use-form.ts'
import { capitalised, formatCounted } from '../../../shared/format.ts'
import { jobRules } from '../create/job-rules.ts'
import { abortOf, type JobValues, NEW_JOB, rolloutOf } from '../create/job-values.ts'
import { configValues } from '../create/values-from.ts'
import { nearestAbort } from '../words/abort.ts'
import { abortInWords, rolloutInWords } from '../words/config.ts'

/** A job that there is as a new one is typed: what may be changed of it has the same names. */
export const editValuesOf = (job: JobSettings): JobValues => ({
  ...NEW_JOB,
  ...configValues(job),
  description: job.description ?? '',
})

export const hasRetries = ({ jobExecutionsRetryConfig }: JobSettings): boolean =>
  (jobExecutionsRetryConfig?.criteriaList ?? []).some(({ numberOfRetries }) => numberOfRetries > 0)

/** Whether what fails is to be tried again no more: AWS lets retries of a job that there is only be turned off. */
export const retriesNoMore = (job: JobSettings, { retryFailed, retryTimedOut }: JobValues): boolean =>
  hasRetries(job) && retryFailed === '0' && retryTimedOut === '0'

type Rules = { readonly [K in keyof JobValues]?: Rule<JobValues[K], JobValues> }

const KEEPS = 'AWS takes it no more away from a job'

/** As of a new job; but what a job has, AWS takes no more away. */
export function editRules(job: JobSettings, nowMs: () => number): Rules {
  const { roleArn, expiresInSec, perMinute, base, factor, every, aborts, timeout } = jobRules(nowMs)
  return {
    ...(expiresInSec && { expiresInSec }),
    ...(perMinute && { perMinute }),
    ...(base && { base }),
    ...(factor && { factor }),
    ...(every && { every }),
    description: keptOnce(job.description),
    roleArn: (arn, values) =>
      arn === '' && job.presignedUrlConfig?.roleArn !== undefined
        ? `${KEEPS}: name another role.`
        : roleArn?.(arn, values),
    aborts: (rows, values) =>
      rows.length === 0 && (job.abortConfig?.criteriaList ?? []).length > 0
        ? `${KEEPS}: leave a criterion, with a share that is never reached say.`
        : aborts?.(rows, values),
    timeout: (text, values) =>
      text === '' && job.timeoutConfig?.inProgressTimeoutInMinutes !== undefined
        ? `${KEEPS}: say a long one, up to 10,080 minutes (7 days).`
        : timeout?.(text, values),
  }
}

/** What of a job is sent: those members alone that are other than they were, so that what others change meanwhile stays. */
export function changeOf(job: JobSettings, values: JobValues): JobChange {
  const before = editValuesOf(job)
  const differs = (of: (values: JobValues) => unknown) => JSON.stringify(of(before)) !== JSON.stringify(of(values))
  const abortConfig = abortOf(values)
  const { description, roleArn, expiresInSec, timeout } = values
  return {
    ...(differs((each) => each.description) && { description }),
    ...(differs((each) => [each.roleArn, each.expiresInSec]) &&
      roleArn !== '' && {
        presignedUrlConfig: { roleArn, ...(expiresInSec !== '' && { expiresInSec: Number(expiresInSec) }) },
      }),
    ...(differs(rolloutOf) && {
      jobExecutionsRolloutConfig: rolloutOf(values) ?? { maximumPerMinute: DEFAULT_MAXIMUM_PER_MINUTE },
    }),
    ...(differs(abortOf) && abortConfig && { abortConfig }),
    ...(differs((each) => each.timeout) &&
      timeout !== '' && { timeoutConfig: { inProgressTimeoutInMinutes: Number(timeout) } }),
    ...(retriesNoMore(job, values) && {
      jobExecutionsRetryConfig: {
        criteriaList: (job.jobExecutionsRetryConfig?.criteriaList ?? []).flatMap(({ failureType }) => {
          const known = (['FAILED', 'TIMED_OUT', 'ALL'] as const).find((each) => each === failureType)
          return known === undefined ? [] : [{ failureType: known, numberOfRetries: 0 }]
        }),
      },
    }),
  }
}

/**
 * What a change means, for those under way too, each a sentence.
 * @see AWS IoT developer guide, "Jobs": a time-out is taken over when an execution begins
 */
export function changeInWords(job: Job, change: JobChange): readonly string[] {
  const { jobExecutionsRolloutConfig, abortConfig, timeoutConfig, presignedUrlConfig, jobExecutionsRetryConfig } =
    change
  const { counts } = job
  const begun = counts.IN_PROGRESS
  return [
    ...(change.description === undefined ? [] : ['The description is for people: devices notice nothing.']),
    ...(jobExecutionsRolloutConfig
      ? [
          `From now on it is told to ${rolloutInWords(jobExecutionsRolloutConfig)}. Those that were told are not told again.`,
        ]
      : []),
    ...(abortConfig ? abortSentences(job, abortConfig) : []),
    ...(timeoutConfig?.inProgressTimeoutInMinutes === undefined
      ? []
      : [
          `A device that begins from now on times out after ${formatCounted(timeoutConfig.inProgressTimeoutInMinutes, 'minute')}.${
            begun === 0
              ? ''
              : ` ${formatCounted(begun, 'device')} in the middle of it ${begun === 1 ? 'keeps' : 'keep'} the time-out that ${begun === 1 ? 'it' : 'they'} began with.`
          }`,
        ]),
    ...(presignedUrlConfig
      ? ['URLs that are made from now on are made so; those that devices have been given stay as they are.']
      : []),
    ...(jobExecutionsRetryConfig
      ? [
          'What fails from now on stays failed. Retries that are queued go on. AWS lets retries be turned on for no job that there is.',
        ]
      : []),
  ]
}

function abortSentences(job: Job, abortConfig: NonNullable<JobChange['abortConfig']>): readonly string[] {
  const standing = nearestAbort({ abortConfig, counts: job.counts })
  const isReached =
    standing !== undefined && standing.once === undefined && standing.failures >= standing.at && standing.failures > 0
  return [
    ...abortConfig.criteriaList.map((criterion) => `${capitalised(`it ${abortInWords(criterion)}`)}.`),
    isReached
      ? `That is reached: ${formatCounted(standing.failures, 'failure')} of those that are through. AWS cancels the job when the next device reports, or sooner.`
      : 'All that are through count, those of before too.',
  ]
}
