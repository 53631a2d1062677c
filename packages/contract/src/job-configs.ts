import { type Static, Type } from 'typebox'
import { oneOf } from './one-of.ts'

/*
 * How a job is rolled out, aborted, retried, timed and scheduled: AWS's own members under AWS's own names, so that what is
 * read of one job or template is what makes the next (AWS IoT API reference, CreateJob).
 */

const PerMinute = Type.Integer({ minimum: 1, maximum: 1_000 })

const JobRollout = Type.Object({
  maximumPerMinute: Type.Optional(PerMinute),
  exponentialRate: Type.Optional(
    Type.Object({
      baseRatePerMinute: PerMinute,
      incrementFactor: Type.Number({ minimum: 1.1, maximum: 5 }),
      rateIncreaseCriteria: Type.Object({
        numberOfNotifiedThings: Type.Optional(Type.Integer({ minimum: 1 })),
        numberOfSucceededThings: Type.Optional(Type.Integer({ minimum: 1 })),
      }),
    }),
  ),
})

export const JOB_ABORT_FAILURES = ['FAILED', 'REJECTED', 'TIMED_OUT', 'ALL'] as const
const JOB_RETRY_FAILURES = ['FAILED', 'TIMED_OUT', 'ALL'] as const
export const JOB_END_BEHAVIORS = ['STOP_ROLLOUT', 'CANCEL', 'FORCE_CANCEL'] as const

const JobAbort = Type.Object({
  criteriaList: Type.Array(
    Type.Object({
      failureType: oneOf(JOB_ABORT_FAILURES),
      action: Type.Literal('CANCEL'),
      thresholdPercentage: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
      minNumberOfExecutedThings: Type.Integer({ minimum: 1 }),
    }),
    { minItems: 1 },
  ),
})

const JobTimeout = Type.Object({
  inProgressTimeoutInMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_080 })),
})

const JobRetries = Type.Object({
  criteriaList: Type.Array(
    Type.Object({
      failureType: oneOf(JOB_RETRY_FAILURES),
      numberOfRetries: Type.Integer({ minimum: 0, maximum: 10 }),
    }),
    { minItems: 1, maxItems: 2 },
  ),
})

/** `YYYY-MM-DD HH:MM`, in UTC (AWS IoT developer guide, "Job scheduling configuration"). */
const ScheduleTime = Type.String({ minLength: 1, maxLength: 64 })

export const JobMaintenanceWindow = Type.Object({
  startTime: Type.String({ minLength: 1, maxLength: 256, description: 'A cron expression, in UTC' }),
  durationInMinutes: Type.Integer({ minimum: 1, maximum: 1_430 }),
})
export type JobMaintenanceWindow = Static<typeof JobMaintenanceWindow>

export const JobSchedule = Type.Object({
  startTime: Type.Optional(ScheduleTime),
  endTime: Type.Optional(ScheduleTime),
  endBehavior: Type.Optional(oneOf(JOB_END_BEHAVIORS)),
  maintenanceWindows: Type.Optional(Type.Array(JobMaintenanceWindow)),
})
export type JobSchedule = Static<typeof JobSchedule>

const JobPresignedUrls = Type.Object({
  roleArn: Type.Optional(Type.String({ minLength: 20, maxLength: 2_048 })),
  expiresInSec: Type.Optional(Type.Integer({ minimum: 60, maximum: 3_600 })),
})

/** What an operator says of a new job, and may change while it runs. */
export const jobConfig = {
  presignedUrlConfig: Type.Optional(JobPresignedUrls),
  jobExecutionsRolloutConfig: Type.Optional(JobRollout),
  abortConfig: Type.Optional(JobAbort),
  timeoutConfig: Type.Optional(JobTimeout),
  jobExecutionsRetryConfig: Type.Optional(JobRetries),
}

/** The same as AWS gives it of a job that there is: AWS's ranges may grow, and what it says is shown. */
export const readJobConfig = {
  presignedUrlConfig: Type.Optional(
    Type.Object({ roleArn: Type.Optional(Type.String()), expiresInSec: Type.Optional(Type.Integer()) }),
  ),
  jobExecutionsRolloutConfig: Type.Optional(
    Type.Object({
      maximumPerMinute: Type.Optional(Type.Integer()),
      exponentialRate: Type.Optional(
        Type.Object({
          baseRatePerMinute: Type.Integer(),
          incrementFactor: Type.Number(),
          rateIncreaseCriteria: Type.Object({
            numberOfNotifiedThings: Type.Optional(Type.Integer()),
            numberOfSucceededThings: Type.Optional(Type.Integer()),
          }),
        }),
      ),
    }),
  ),
  abortConfig: Type.Optional(
    Type.Object({
      criteriaList: Type.Array(
        Type.Object({
          failureType: Type.String(),
          action: Type.String(),
          thresholdPercentage: Type.Number(),
          minNumberOfExecutedThings: Type.Integer(),
        }),
      ),
    }),
  ),
  timeoutConfig: Type.Optional(Type.Object({ inProgressTimeoutInMinutes: Type.Optional(Type.Integer()) })),
  jobExecutionsRetryConfig: Type.Optional(
    Type.Object({
      criteriaList: Type.Array(Type.Object({ failureType: Type.String(), numberOfRetries: Type.Integer() })),
    }),
  ),
}

/** A window as AWS gives it of a job or template that there is. */
export const ReadMaintenanceWindow = Type.Object({ startTime: Type.String(), durationInMinutes: Type.Integer() })
export type ReadMaintenanceWindow = Static<typeof ReadMaintenanceWindow>

export const ReadJobConfig = Type.Object(readJobConfig)
export type ReadJobConfig = Static<typeof ReadJobConfig>
