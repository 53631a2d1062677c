import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { JobId } from './jobs.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'
import { NextToken, ThingName } from './things.ts'

/** AWS IoT API reference, JobExecutionStatus; in the order in which a device comes through them. */
export const JOB_EXECUTION_STATUSES = [
  'QUEUED',
  'IN_PROGRESS',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'REJECTED',
  'REMOVED',
  'CANCELED',
] as const
export type JobExecutionStatus = (typeof JOB_EXECUTION_STATUSES)[number]

/** A device that works on a job reports now and then: one that said nothing for so long, in ms, may have stopped. */
export const JOB_SILENT_MS = 10 * 60_000

const DateTime = Type.Optional(Type.String({ format: 'date-time' }))

/** The latest execution of a job on a thing, as AWS lists it. */
export const JobExecutionSummary = Type.Object({
  jobId: Type.String(),
  thingName: Type.String(),
  status: Type.String(),
  executionNumber: Type.Integer(),
  retryAttempt: Type.Optional(Type.Integer({ description: '0 for the first; absent: AWS does not say' })),
  queuedAt: DateTime,
  startedAt: DateTime,
  lastUpdatedAt: DateTime,
})
export type JobExecutionSummary = Static<typeof JobExecutionSummary>

export const JobExecutionPage = Type.Object({
  executions: Type.Array(JobExecutionSummary),
  nextToken: Type.Optional(Type.String()),
})
export type JobExecutionPage = Static<typeof JobExecutionPage>

/** One attempt, with what the device said of it. */
export const JobExecution = Type.Object({
  jobId: Type.String(),
  thingName: Type.String(),
  status: Type.String(),
  executionNumber: Type.Integer(),
  versionNumber: Type.Integer({ description: 'One more with each update of the device' }),
  statusDetails: Type.Record(Type.String(), Type.String()),
  forceCanceled: Type.Optional(Type.Boolean()),
  queuedAt: DateTime,
  startedAt: DateTime,
  lastUpdatedAt: DateTime,
  secondsBeforeTimedOut: Type.Optional(
    Type.Integer({ description: 'About; while it is in progress and may time out' }),
  ),
})
export type JobExecution = Static<typeof JobExecution>

/** Whether a thing's device is there to take a job. */
export const JobThing = Type.Object({
  thingName: Type.String(),
  connected: Type.Optional(Type.Boolean({ description: 'Absent: nobody could tell' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When it connected or disconnected' })),
  clientId: Type.Optional(Type.String({ description: 'While it is connected' })),
})
export type JobThing = Static<typeof JobThing>

/** An execution that is not over, with what is known of its device. */
export const OpenJobExecution = Type.Interface([JobExecutionSummary], { thing: JobThing })
export type OpenJobExecution = Static<typeof OpenJobExecution>

export const OpenJobExecutions = Type.Object({
  executions: Type.Array(OpenJobExecution, { description: 'Those in progress first, the longest silent ones first' }),
  isAll: Type.Boolean({ description: 'Whether the job has no more that are not over' }),
  toldBy: oneOf(['index', 'connection'], {
    description:
      '`connection`: as the fleet index knows no connections, the client ids equal to the names were asked for',
  }),
})
export type OpenJobExecutions = Static<typeof OpenJobExecutions>

/** What can be known about why a thing does not start or finish an execution. */
export const JobExecutionCauses = Type.Object({
  job: Type.Object(
    {
      status: Type.String(),
      timeoutInMinutes: Type.Optional(Type.Integer({ description: 'Absent: what is in progress has no time-out' })),
      nextWindow: Type.Optional(
        Type.String({ description: 'When its next maintenance window begins, as AWS writes it' }),
      ),
    },
    { description: 'What of the job itself keeps its executions' },
  ),
  thing: JobThing,
  connectRefused: Type.Optional(
    Type.Object(
      { at: Type.String({ format: 'date-time' }), why: Type.Optional(Type.String()) },
      { description: 'When its client was last refused a connection since it is gone, by the log' },
    ),
  ),
  ahead: Type.Array(Type.Object({ jobId: Type.String(), status: Type.String(), since: DateTime }), {
    description: 'Executions of other jobs that the thing has to take first, in their order',
  }),
  subscriptions: Type.Object(
    {
      outcome: oneOf(['read', 'not-connected', 'not-allowed', 'not-served']),
      message: readOutcome.message,
      filters: Type.Array(Type.String(), { description: 'Of its client those that job notifications match' }),
    },
    { description: 'Whether its client hears of jobs' },
  ),
  notified: Type.Object(
    {
      outcome: oneOf(['read', 'logging-off', 'no-log-group', 'not-allowed']),
      message: readOutcome.message,
      from: Type.Optional(Type.String({ format: 'date-time', description: 'So far back the log was looked through' })),
      at: DateTime,
      refused: Type.Optional(
        Type.Object(
          {
            at: Type.String({ format: 'date-time' }),
            eventType: Type.String(),
            topicName: Type.String(),
            why: Type.Optional(Type.String()),
          },
          { description: 'What was last refused of what has to do with its jobs, by the log' },
        ),
      ),
      lastAsked: Type.Optional(
        Type.Object(
          { at: Type.String({ format: 'date-time' }), eventType: Type.String(), details: Type.Optional(Type.String()) },
          { description: 'The last thing that the device asked the jobs service, by the log' },
        ),
      ),
    },
    { description: 'When the log last has a notification handed to the device' },
  ),
})
export type JobExecutionCauses = Static<typeof JobExecutionCauses>

const ofThing = Type.Object({ thingName: ThingName, jobId: JobId })
/** The most that AWS lists at once (AWS IoT API reference, ListJobExecutionsForJob). */
export const MOST_LISTED_JOB_EXECUTIONS = 250

const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED_JOB_EXECUTIONS })),
  status: Type.Optional(oneOf(JOB_EXECUTION_STATUSES)),
}
const ExecutionNumber = Type.Integer({ minimum: 1 })

export const jobExecutionEndpoints = defineEndpoints({
  listJobExecutions: {
    method: 'GET',
    path: '/api/jobs/:jobId/executions',
    summary: 'A page of the executions of a job',
    access: 'viewer',
    params: Type.Object({ jobId: JobId }),
    query: Type.Object(page),
    answer: json(JobExecutionPage),
  },
  listOpenJobExecutions: {
    method: 'GET',
    path: '/api/jobs/:jobId/open-executions',
    summary: 'Executions of a job that are not over, with whether their devices are connected',
    access: 'viewer',
    params: Type.Object({ jobId: JobId }),
    answer: json(OpenJobExecutions),
  },
  listThingJobs: {
    method: 'GET',
    path: '/api/things/:thingName/jobs',
    summary: 'A page of the executions of a thing, of all jobs or of one with all attempts',
    access: 'viewer',
    params: Type.Object({ thingName: ThingName }),
    query: Type.Object({ ...page, jobId: Type.Optional(JobId) }),
    answer: json(JobExecutionPage),
  },
  describeJobExecution: {
    method: 'GET',
    path: '/api/things/:thingName/jobs/:jobId',
    summary: 'An execution with what the device said of it, the latest unless a number is given',
    access: 'viewer',
    params: ofThing,
    query: Type.Object({ executionNumber: Type.Optional(ExecutionNumber) }),
    answer: json(JobExecution),
  },
  explainJobExecution: {
    method: 'GET',
    path: '/api/things/:thingName/jobs/:jobId/causes',
    summary: 'What keeps a thing from starting or finishing an execution, as far as it can be known',
    access: 'viewer',
    params: ofThing,
    answer: json(JobExecutionCauses),
  },
  cancelJobExecution: {
    method: 'POST',
    path: '/api/things/:thingName/jobs/:jobId/cancellation',
    summary: 'Cancels the execution of a thing; by force one that is in progress',
    access: 'operator',
    audit: 'CancelJobExecution',
    params: ofThing,
    body: Type.Object({ force: Type.Boolean(), expectedVersion: Type.Optional(Type.Integer({ minimum: 1 })) }),
    answer: EMPTY,
  },
  deleteJobExecution: {
    method: 'DELETE',
    path: '/api/things/:thingName/jobs/:jobId',
    summary: 'Deletes an execution; by force one that is in progress',
    access: 'admin',
    audit: 'DeleteJobExecution',
    params: ofThing,
    query: Type.Object({ executionNumber: ExecutionNumber, force: Type.Optional(Type.Boolean()) }),
    answer: EMPTY,
  },
})
