import {
  AssociateTargetsWithJobCommand,
  CancelJobCommand,
  CreateJobCommand,
  DeleteJobCommand,
  DescribeJobCommand,
  GetJobDocumentCommand,
  type GetJobDocumentRequest,
  type IoTClient,
  ListJobsCommand,
  type ListJobsRequest,
  type SchedulingConfig,
  UpdateJobCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  DestinationPackageVersion,
  endpoints,
  Job,
  JobAsWritten,
  JobChange,
  JobPage,
  JobSettings,
  JobSummary,
  JobTargets,
  NewJob,
} from '@thingdeck/contract'
import type { Arns } from '../../aws/arns.ts'
import { readJobConfig, readMaintenanceWindows } from '../../aws/job-config.ts'
import { isoTime, present } from '../../aws/present.ts'
import { readTags, tagList } from '../../aws/tags.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import { jobCounts } from './job-counts.ts'

/** Jobs as AWS IoT has them. Errors are AWS's own. */
export interface Jobs {
  list(request: ListJobsRequest): Promise<JobPage>
  describe(jobId: string): Promise<Job>
  /** What is lost with a job. */
  beforeDeletion(jobId: string): Promise<Pick<Job, 'status' | 'targets' | 'counts' | 'document'>>
  create(job: NewJob): Promise<{ jobId: string; jobArn: string }>
  /** Before AWS put in what it knows of package versions. */
  asWritten(jobId: string): Promise<JobAsWritten>
  /** What an update changes, as it is now. */
  settings(jobId: string): Promise<JobSettings>
  update(jobId: string, change: JobChange): Promise<void>
  cancel(jobId: string, how: BodyOf<typeof endpoints.cancelJob>): Promise<void>
  delete(jobId: string, force: boolean): Promise<void>
  associate(jobId: string, more: BodyOf<typeof endpoints.associateTargetsWithJob>): Promise<void>
}

export function createJobs(iot: IoTClient, arns: Pick<Arns, 'thing' | 'prefix'>): Jobs {
  const groupArn = (name: string) => `${arns.prefix}:thinggroup/${name}`
  const versionArn = ({ packageName, versionName }: DestinationPackageVersion) =>
    `${arns.prefix}:package/${packageName}/version/${versionName}`
  const targetArns = ({ thingNames, thingGroupNames }: JobTargets) => [
    ...thingNames.map((name) => arns.thing(name).arn ?? ''),
    ...thingGroupNames.map(groupArn),
  ]
  return {
    async list(request) {
      const { jobs = [], nextToken } = await iot.send(new ListJobsCommand(request))
      return { jobs: jobs.map(summaryOf), ...(nextToken && { nextToken }) }
    },

    async describe(jobId) {
      const [{ job = {}, documentSource }, document] = await Promise.all([
        iot.send(new DescribeJobCommand({ jobId })),
        documentOf(iot, { jobId }),
      ])
      return {
        ...summaryOf(job),
        ...readJobConfig(job),
        targets: job.targets ?? [],
        processingTargets: job.jobProcessDetails?.processingTargets ?? [],
        counts: jobCounts(job.jobProcessDetails),
        scheduledJobRollouts: (job.scheduledJobRollouts ?? []).flatMap(({ startTime }) => startTime ?? []),
        ...present({
          description: job.description,
          isConcurrent: job.isConcurrent,
          forceCanceled: job.forceCanceled,
          reasonCode: job.reasonCode,
          comment: job.comment,
          jobTemplateArn: job.jobTemplateArn,
          documentParameters: job.documentParameters,
          destinationPackageVersions: job.destinationPackageVersions,
          schedulingConfig: job.schedulingConfig && scheduleOf(job.schedulingConfig),
          documentSource,
          document,
          tags: job.jobArn === undefined ? undefined : await readTags(iot, job.jobArn),
        }),
      }
    },

    async beforeDeletion(jobId) {
      const [{ job = {} }, document] = await Promise.all([
        iot.send(new DescribeJobCommand({ jobId })),
        documentOf(iot, { jobId }),
      ])
      const { status = '', targets = [], jobProcessDetails } = job
      return { status, targets, counts: jobCounts(jobProcessDetails), ...(document !== undefined && { document }) }
    },

    async asWritten(jobId) {
      const asked = { jobId, beforeSubstitution: true }
      const [{ job = {} }, document] = await Promise.all([
        iot.send(new DescribeJobCommand(asked)),
        documentOf(iot, asked),
      ])
      const { destinationPackageVersions = [] } = job
      return { destinationPackageVersions, ...(document !== undefined && { document }) }
    },

    async settings(jobId) {
      const { job = {} } = await iot.send(new DescribeJobCommand({ jobId }))
      return { ...readJobConfig(job), ...present({ description: job.description }) }
    },

    async create({ targets, tags = {}, destinationPackageVersions = [], ...rest }) {
      const { jobId = rest.jobId, jobArn = '' } = await iot.send(
        new CreateJobCommand({
          ...rest,
          targets: targetArns(targets),
          ...(destinationPackageVersions.length > 0 && {
            destinationPackageVersions: destinationPackageVersions.map(versionArn),
          }),
          ...(Object.keys(tags).length > 0 && { tags: tagList(tags) }),
        }),
      )
      return { jobId, jobArn }
    },

    async update(jobId, change) {
      await iot.send(new UpdateJobCommand({ jobId, ...change }))
    },

    async cancel(jobId, { force, reasonCode, comment }) {
      await iot.send(
        new CancelJobCommand({ jobId, force, ...(reasonCode && { reasonCode }), ...(comment && { comment }) }),
      )
    },

    async delete(jobId, force) {
      await iot.send(new DeleteJobCommand({ jobId, force }))
    },

    async associate(jobId, { thingGroupNames, comment }) {
      await iot.send(
        new AssociateTargetsWithJobCommand({
          jobId,
          targets: thingGroupNames.map(groupArn),
          ...(comment && { comment }),
        }),
      )
    },
  }
}

interface SummaryOfAws {
  readonly jobId?: string | undefined
  readonly jobArn?: string | undefined
  readonly status?: string | undefined
  readonly targetSelection?: string | undefined
  readonly createdAt?: Date | undefined
  readonly lastUpdatedAt?: Date | undefined
  readonly completedAt?: Date | undefined
}

const summaryOf = (job: SummaryOfAws): JobSummary => ({
  jobId: job.jobId ?? '',
  jobArn: job.jobArn ?? '',
  status: job.status ?? '',
  targetSelection: job.targetSelection ?? '',
  ...present({
    createdAt: isoTime(job.createdAt),
    lastUpdatedAt: isoTime(job.lastUpdatedAt),
    completedAt: isoTime(job.completedAt),
  }),
})

const scheduleOf = ({ startTime, endTime, endBehavior, maintenanceWindows }: SchedulingConfig) =>
  present({
    startTime,
    endTime,
    endBehavior,
    maintenanceWindows: maintenanceWindows && readMaintenanceWindows(maintenanceWindows),
  })

/** Undefined: the console's role lacks it. The rest of the job is worth showing without it. */
async function documentOf(iot: IoTClient, asked: GetJobDocumentRequest): Promise<string | undefined> {
  try {
    return (await iot.send(new GetJobDocumentCommand(asked))).document
  } catch (error) {
    if (whyUnread(error)) return undefined
    throw error
  }
}
