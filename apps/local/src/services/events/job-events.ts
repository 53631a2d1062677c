import { randomUUID } from 'node:crypto'
import type { EventType } from '@aws-sdk/client-iot'
import { formatReservedTopic } from '@thingdeck/topics'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { JobChange } from '../../foundation/job-change.ts'

/** One message on `$aws/events/job/…` or `$aws/events/jobExecution/…`. */
export interface JobEvent {
  readonly topic: string
  readonly document: Readonly<Record<string, unknown>>
}

/** What has to be on for it. */
export const eventTypeOf = ({ type }: JobChange): EventType => (type === 'job' ? 'JOB' : 'JOB_EXECUTION')

/**
 * What AWS IoT tells of a change of jobs; members in the order of the guide's samples. The message's own time is in seconds,
 * the job's are in milliseconds.
 * @see AWS IoT developer guide, "Jobs events"
 */
export function jobEvent(change: JobChange, account: Account, nowMs: number): JobEvent {
  const head = { eventId: randomUUID(), timestamp: Math.floor(nowMs / 1000), operation: change.operation }
  return change.type === 'job' ? ofJob(change, head) : ofExecution(change, head, account)
}

interface EventHead {
  readonly eventId: string
  readonly timestamp: number
  readonly operation: string
}

function ofJob({ operation, job, counts }: Extract<JobChange, { type: 'job' }>, head: EventHead): JobEvent {
  const isCompleted = operation === 'completed'
  return {
    topic: formatReservedTopic({ kind: 'event', family: 'job', event: operation, jobId: job.jobId }),
    document: {
      eventType: 'JOB',
      ...head,
      jobId: job.jobId,
      status: operation.toUpperCase(),
      targetSelection: job.targetSelection,
      targets: job.targets,
      description: job.description,
      ...(isCompleted && { completedAt: job.completedAtMs }),
      createdAt: job.createdAtMs,
      lastUpdatedAt: job.lastUpdatedAtMs,
      ...(isCompleted && {
        jobProcessDetails: {
          numberOfCanceledThings: counts.CANCELED,
          numberOfRejectedThings: counts.REJECTED,
          numberOfFailedThings: counts.FAILED,
          numberOfRemovedThings: counts.REMOVED,
          numberOfSucceededThings: counts.SUCCEEDED,
        },
      }),
      ...(operation !== 'completed' && operation !== 'canceled' && { comment: job.comment }),
    },
  }
}

function ofExecution(
  { operation, job, thingName, status, statusDetails }: Extract<JobChange, { type: 'execution' }>,
  head: EventHead,
  account: Account,
): JobEvent {
  return {
    topic: formatReservedTopic({ kind: 'event', family: 'jobExecution', event: operation, jobId: job.jobId }),
    document: {
      eventType: 'JOB_EXECUTION',
      ...head,
      jobId: job.jobId,
      thingArn: arnOf(account, 'iot', `thing/${thingName}`),
      status: operation === 'deleted' ? 'DELETED' : status,
      statusDetails,
    },
  }
}
