import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { JobSchedule, jobConfig, ReadMaintenanceWindow, readJobConfig } from './job-configs.ts'
import { oneOf } from './one-of.ts'
import { DestinationPackageVersion } from './package-names.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken, ThingName } from './things.ts'

/** 1 to 64 of `a-zA-Z0-9_-` (AWS IoT API reference, CreateJob). */
export const JobId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9_-]+$' })

/** A job has at most so many targets: things and groups together (AWS IoT Device Management quotas). */
export const MOST_JOB_TARGETS = 100

/** So many package versions a job brings at most (AWS IoT API reference, CreateJob, `destinationPackageVersions`). */
export const MOST_DESTINATION_VERSIONS = 25

/** AWS IoT API reference, JobStatus. */
export const JOB_STATUSES = ['SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELED', 'DELETION_IN_PROGRESS'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]
export const JOB_TARGET_SELECTIONS = ['SNAPSHOT', 'CONTINUOUS'] as const

/** Executions of a job by their state, as AWS counts them: of a thing that was tried again, each attempt. */
export const JobCounts = Type.Object({
  QUEUED: Type.Integer(),
  IN_PROGRESS: Type.Integer(),
  SUCCEEDED: Type.Integer(),
  FAILED: Type.Integer(),
  TIMED_OUT: Type.Integer(),
  REJECTED: Type.Integer(),
  REMOVED: Type.Integer(),
  CANCELED: Type.Integer(),
})
export type JobCounts = Static<typeof JobCounts>

const DateTime = Type.Optional(Type.String({ format: 'date-time' }))

/** A row of the list. States that AWS may add are shown as they are. */
export const JobSummary = Type.Object({
  jobId: Type.String(),
  jobArn: Type.String(),
  status: Type.String(),
  targetSelection: Type.String(),
  createdAt: DateTime,
  lastUpdatedAt: DateTime,
  completedAt: DateTime,
})
export type JobSummary = Static<typeof JobSummary>

export const JobPage = Type.Object({ jobs: Type.Array(JobSummary), nextToken: Type.Optional(Type.String()) })
export type JobPage = Static<typeof JobPage>

/** What the list says of a job beyond what AWS lists. */
export const JobLook = Type.Object({
  jobId: Type.String(),
  description: Type.Optional(Type.String()),
  counts: JobCounts,
  isRollingOut: Type.Boolean({ description: 'There are things that were not told yet, and are not counted' }),
  targets: Type.Array(Type.String({ description: 'ARNs of things and thing groups' })),
  destinationPackageVersions: Type.Optional(Type.Array(Type.String())),
})
export type JobLook = Static<typeof JobLook>

export const Job = Type.Object({
  ...JobSummary.properties,
  ...readJobConfig,
  description: Type.Optional(Type.String()),
  targets: Type.Array(Type.String({ description: 'ARNs of things and thing groups' })),
  processingTargets: Type.Array(Type.String({ description: 'Whose executions are being made' })),
  counts: JobCounts,
  isConcurrent: Type.Optional(Type.Boolean({ description: 'It is one of those that roll out or are cancelled now' })),
  forceCanceled: Type.Optional(Type.Boolean()),
  reasonCode: Type.Optional(Type.String()),
  comment: Type.Optional(Type.String()),
  jobTemplateArn: Type.Optional(Type.String()),
  documentParameters: Type.Optional(Type.Record(Type.String(), Type.String())),
  destinationPackageVersions: Type.Optional(
    Type.Array(Type.String(), {
      description: 'ARNs of versions that it brings, `$default` by its name; `$null`: takes off',
    }),
  ),
  schedulingConfig: Type.Optional(
    Type.Object({
      startTime: Type.Optional(Type.String()),
      endTime: Type.Optional(Type.String()),
      endBehavior: Type.Optional(Type.String()),
      maintenanceWindows: Type.Optional(Type.Array(ReadMaintenanceWindow)),
    }),
  ),
  scheduledJobRollouts: Type.Array(Type.String(), { description: 'When its next windows begin, as AWS writes it' }),
  documentSource: Type.Optional(Type.String()),
  document: Type.Optional(Type.String({ description: 'With placeholders; of package versions with what AWS put in' })),
  tags: ReadTags,
})
export type Job = Static<typeof Job>

/** Whether there are devices that were not told yet, and are not counted. */
export const isRollingOut = ({ status, processingTargets = [] }: JobProgress): boolean =>
  status === 'IN_PROGRESS' && processingTargets.length > 0

/** What AWS says of how far a job is. */
interface JobProgress {
  readonly status?: string | undefined
  readonly processingTargets?: readonly string[] | undefined
}

/** What a job was made of, before AWS put in what it knows of package versions. */
export const JobAsWritten = Type.Object({
  document: Type.Optional(Type.String({ description: 'Absent: the console may not read it' })),
  destinationPackageVersions: Type.Array(Type.String({ description: 'ARNs, with `$default` as it was written' })),
})
export type JobAsWritten = Static<typeof JobAsWritten>

/** Which things and groups a job is for; both together are at most {@link MOST_JOB_TARGETS}. */
export const JobTargets = Type.Object({
  thingNames: Type.Array(ThingName, { maxItems: MOST_JOB_TARGETS }),
  thingGroupNames: Type.Array(ThingName, { maxItems: MOST_JOB_TARGETS }),
})
export type JobTargets = Static<typeof JobTargets>

/** CreateJob's `document`: at most 32,768 characters. */
export const JobDocument = Type.String({ minLength: 1, maxLength: 32_768 })

export const NewJob = Type.Object({
  jobId: JobId,
  targets: JobTargets,
  targetSelection: oneOf(JOB_TARGET_SELECTIONS),
  document: Type.Optional(JobDocument),
  documentSource: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1_350, description: 'An S3 URL; AWS reads it once, when the job is made' }),
  ),
  jobTemplateArn: Type.Optional(Type.String({ minLength: 1, maxLength: 2_048, description: 'Own or managed' })),
  documentParameters: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.String({ minLength: 1, maxLength: 30_720 }), {
      description: 'Of a managed template alone',
    }),
  ),
  description: Type.Optional(Type.String({ maxLength: 2_028 })),
  ...jobConfig,
  schedulingConfig: Type.Optional(JobSchedule),
  destinationPackageVersions: Type.Optional(
    Type.Array(DestinationPackageVersion, { maxItems: MOST_DESTINATION_VERSIONS }),
  ),
  tags: Type.Optional(Tags),
})
export type NewJob = Static<typeof NewJob>

/** How many things a job would be for, counted before it is made. */
export const JobTargetsCount = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'More than were counted' }),
  sample: Type.Array(Type.String(), {
    description: `Names, at most ${MOST_JOB_TARGETS}; of a query that finds no more these are all`,
  }),
  connected: Type.Optional(
    Type.Integer({ description: 'Of those that were looked at; absent: the fleet index does not know connections' }),
  ),
  missing: Type.Array(Type.String(), {
    description: 'Things that were named and are not there: AWS refuses a job for them',
  }),
  toldBy: oneOf(['index', 'registry'], { description: '`index`: it lags a little' }),
})
export type JobTargetsCount = Static<typeof JobTargetsCount>

/** What may be changed of a job; what is left out stays, and AWS takes nothing away. */
export const JobChange = Type.Object({ description: Type.Optional(Type.String({ maxLength: 2_028 })), ...jobConfig })
export type JobChange = Static<typeof JobChange>

/** The same as AWS gives it. */
export const JobSettings = Type.Object({ description: Type.Optional(Type.String()), ...readJobConfig })
export type JobSettings = Static<typeof JobSettings>

const params = Type.Object({ jobId: JobId })
const comment = Type.Optional(Type.String({ maxLength: 2_028 }))

export const jobEndpoints = defineEndpoints({
  listJobs: {
    method: 'GET',
    path: '/api/jobs',
    summary: 'A page of jobs, the newest first',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      status: Type.Optional(oneOf(JOB_STATUSES)),
      targetSelection: Type.Optional(oneOf(JOB_TARGET_SELECTIONS)),
      thingGroupName: Type.Optional(ThingName),
    }),
    answer: json(JobPage),
  },
  listJobLooks: {
    method: 'GET',
    path: '/api/job-looks',
    summary: 'How far a few jobs are; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ jobId: Type.Array(JobId, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ jobs: Type.Array(JobLook) })),
  },
  countJobTargets: {
    method: 'POST',
    path: '/api/job-targets',
    summary: 'How many things a job would be for, and how many of them are connected',
    access: 'operator',
    audit: false, // nothing is written
    body: Type.Union([
      JobTargets,
      Type.Object({ query: Type.String({ minLength: 1, maxLength: 1_000, description: 'Of the fleet index' }) }),
    ]),
    answer: json(JobTargetsCount),
  },
  createJob: {
    method: 'POST',
    path: '/api/jobs',
    summary: 'Makes a job: something that each of its things is to do',
    access: 'operator',
    audit: 'CreateJob',
    body: NewJob,
    answer: json(Type.Object({ jobId: Type.String(), jobArn: Type.String() })),
  },
  describeJob: {
    method: 'GET',
    path: '/api/jobs/:jobId',
    summary: 'A job with its document, how far it is, and its tags',
    access: 'viewer',
    params,
    answer: json(Job),
  },
  describeJobAsWritten: {
    method: 'GET',
    path: '/api/jobs/:jobId/as-written',
    summary: 'Document and package versions of a job before AWS put in what it knows of these',
    access: 'viewer',
    params,
    answer: json(JobAsWritten),
  },
  updateJob: {
    method: 'PATCH',
    path: '/api/jobs/:jobId',
    summary: 'Changes how a job goes on; executions that have begun keep the time-out that they began with',
    access: 'operator',
    audit: 'UpdateJob',
    params,
    body: JobChange,
    answer: json(JobSettings),
  },
  cancelJob: {
    method: 'POST',
    path: '/api/jobs/:jobId/cancellation',
    summary: 'Cancels a job: what is queued, and by force what is in progress',
    access: 'operator',
    audit: 'CancelJob',
    params,
    body: Type.Object({
      force: Type.Boolean(),
      reasonCode: Type.Optional(Type.String({ maxLength: 128, pattern: '^[A-Z0-9_]*$' })),
      comment,
    }),
    answer: EMPTY,
  },
  deleteJob: {
    method: 'DELETE',
    path: '/api/jobs/:jobId',
    summary: 'Deletes a job with all its executions; by force one that is not over',
    access: 'admin',
    audit: 'DeleteJob',
    params,
    query: Type.Object({ force: Type.Optional(Type.Boolean()) }),
    answer: EMPTY,
  },
  associateTargetsWithJob: {
    method: 'POST',
    path: '/api/jobs/:jobId/targets',
    summary: 'Adds groups to a continuous job that is in progress',
    access: 'operator',
    audit: 'AssociateTargetsWithJob',
    params,
    body: Type.Object({
      thingGroupNames: Type.Array(ThingName, { minItems: 1, maxItems: MOST_JOB_TARGETS }),
      comment,
    }),
    answer: EMPTY,
  },
})
