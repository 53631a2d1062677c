import * as iot from '@aws-sdk/client-iot'
import * as jobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { ANY_ROLE } from './rules.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const THING = 'tour-thing'
const GROUP = 'tour-group'
const TAGS = [{ Key: 'site', Value: 'north' }]

const CONFIGS = {
  description: 'd',
  presignedUrlConfig: { roleArn: ANY_ROLE, expiresInSec: 60 },
  jobExecutionsRolloutConfig: {
    maximumPerMinute: 50,
    exponentialRate: {
      baseRatePerMinute: 10,
      incrementFactor: 1.5,
      rateIncreaseCriteria: { numberOfNotifiedThings: 5 },
    },
  },
  abortConfig: {
    criteriaList: [{ failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 50, minNumberOfExecutedThings: 5 }],
  },
  timeoutConfig: { inProgressTimeoutInMinutes: 5 },
} satisfies Partial<iot.CreateJobCommandInput>
const RETRY = { jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'ALL' as const, numberOfRetries: 1 }] } }
const WINDOWS = [{ startTime: 'cron(0 3 * * ? *)', durationInMinutes: 10 }]

/** Not looked at, and why, in the words of `InputReads`. */
export const KNOWN_OF_JOBS: Readonly<Record<string, string>> = Object.fromEntries(
  ['CreateJob', 'CreateJobTemplate', 'UpdateJob']
    .flatMap((operation) => [
      `iot.${operation} abortConfig.criteriaList.action`,
      `iot.${operation} abortConfig.criteriaList.failureType`,
      `iot.${operation} presignedUrlConfig.expiresInSec`,
    ])
    .concat('iot.UpdateJob jobExecutionsRetryConfig.criteriaList.failureType')
    .map((member) => [member, 'kept, and looked at where it is kept']),
)

/**
 * Calls every operation of jobs with all that it can be given.
 * @param refusable awaits a call that may be refused
 */
export async function tourOfJobs(
  client: iot.IoTClient,
  data: jobsData.IoTJobsDataPlaneClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  await client.send(new iot.CreateThingCommand({ thingName: THING }))
  await client.send(new iot.CreateThingGroupCommand({ thingGroupName: GROUP }))
  await tourOfTemplates(client, refusable)
  const endTime = new Date(Date.now() + 7_200_000).toISOString().slice(0, 16).replace('T', ' ')
  const startTime = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const targets = [`${ARN}thinggroup/${GROUP}`]
  const job = { jobId: 'tour', targets, document: '{}', tags: TAGS, ...CONFIGS, ...RETRY }
  const schedulingConfig = { startTime, endTime, endBehavior: 'CANCEL' as const, maintenanceWindows: WINDOWS }
  const continuous = { targetSelection: 'CONTINUOUS' as const, schedulingConfig }
  await client.send(new iot.CreateJobCommand({ ...job, ...continuous }))
  const bySuccess = { numberOfSucceededThings: 5 }
  const exponentialRate = { ...CONFIGS.jobExecutionsRolloutConfig.exponentialRate, rateIncreaseCriteria: bySuccess }
  const plain = { jobId: 'tour-now', targets: [...targets, `${ARN}thing/${THING}`], document: '{}' }
  await client.send(new iot.CreateJobCommand({ ...plain, jobExecutionsRolloutConfig: { exponentialRate } }))
  const beyond: readonly Partial<iot.CreateJobCommandInput>[] = [
    { documentSource: 'https://s3.amazonaws.com/tour/none.json' },
    { jobTemplateArn: `${ARN}jobtemplate/none`, documentParameters: { a: 'b' } },
    { document: '{}', destinationPackageVersions: [`${ARN}package/none/version/1`] },
    { document: '{}', documentParameters: { a: 'b' } },
  ]
  for (const [index, one] of beyond.entries()) {
    await refusable(client.send(new iot.CreateJobCommand({ jobId: `tour-${index}`, targets, ...one })))
  }
  await client.send(new iot.CreateJobCommand({ ...plain, jobId: 'tour-namespace', namespaceId: 'n' }))
  await client.send(new iot.UpdateJobCommand({ jobId: 'tour', ...CONFIGS }))
  await client.send(new iot.UpdateJobCommand({ jobId: 'tour-namespace', namespaceId: 'n' }))
  await refusable(client.send(new iot.UpdateJobCommand({ jobId: 'tour', ...RETRY })))
  await client.send(new iot.DescribeJobCommand({ jobId: 'tour', beforeSubstitution: true }))
  await client.send(new iot.GetJobDocumentCommand({ jobId: 'tour', beforeSubstitution: true }))
  const filter = {
    status: 'IN_PROGRESS',
    targetSelection: 'SNAPSHOT',
    thingGroupName: GROUP,
    namespaceId: 'n',
  } as const
  await client.send(new iot.ListJobsCommand({ ...filter, maxResults: 10 }))
  await refusable(client.send(new iot.ListJobsCommand({ thingGroupId: 'id', nextToken: 'next' })))
  await client.send(new iot.ListJobExecutionsForJobCommand({ jobId: 'tour-now', status: 'QUEUED', maxResults: 10 }))
  await refusable(client.send(new iot.ListJobExecutionsForJobCommand({ jobId: 'tour-now', nextToken: 'next' })))
  const execution = { jobId: 'tour-now', thingName: THING }
  await client.send(new iot.DescribeJobExecutionCommand({ ...execution, executionNumber: 1 }))
  await tourOfDevices(data)
  const forced = { force: true, expectedVersion: 3, statusDetails: { a: 'b' } }
  await client.send(new iot.CancelJobExecutionCommand({ ...execution, ...forced }))
  const deleted = { ...execution, executionNumber: 1, force: true }
  await refusable(client.send(new iot.DeleteJobExecutionCommand({ ...deleted, namespaceId: 'n' })))
  await client.send(new iot.DeleteJobExecutionCommand(deleted))
  const widened = { jobId: 'tour', targets, comment: 'c', namespaceId: 'n' }
  await refusable(client.send(new iot.AssociateTargetsWithJobCommand(widened)))
  const always = { jobId: 'tour-always', targets, document: '{}', targetSelection: 'CONTINUOUS' as const }
  await client.send(new iot.CreateJobCommand(always))
  await client.send(new iot.AssociateTargetsWithJobCommand({ jobId: 'tour-always', targets, comment: 'c' }))
  await client.send(new iot.CancelJobCommand({ jobId: 'tour', comment: 'c', reasonCode: 'R', force: true }))
  await client.send(new iot.DeleteJobCommand({ jobId: 'tour-namespace', force: true, namespaceId: 'n' }))
}

async function tourOfTemplates(
  client: iot.IoTClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const template = { jobTemplateId: 'tour', ...CONFIGS, ...RETRY, maintenanceWindows: WINDOWS, tags: TAGS }
  const destinationPackageVersions = [`${ARN}package/none/version/1`]
  await client.send(new iot.CreateJobTemplateCommand({ ...template, document: '{}', destinationPackageVersions }))
  for (const source of [{ jobArn: `${ARN}job/none` }, { documentSource: 'https://s3.amazonaws.com/tour/none.json' }]) {
    await refusable(client.send(new iot.CreateJobTemplateCommand({ ...template, jobTemplateId: 'other', ...source })))
  }
  await client.send(new iot.DescribeJobTemplateCommand({ jobTemplateId: 'tour' }))
  await client.send(new iot.ListJobTemplatesCommand({ maxResults: 10 }))
  await refusable(client.send(new iot.ListJobTemplatesCommand({ nextToken: 'next' })))
  await client.send(new iot.DeleteJobTemplateCommand({ jobTemplateId: 'tour' }))
  const managed = { templateName: 'AWS-Reboot' }
  await client.send(new iot.DescribeManagedJobTemplateCommand({ ...managed, templateVersion: '1.0' }))
  await client.send(new iot.ListManagedJobTemplatesCommand({ ...managed, maxResults: 10 }))
  await refusable(client.send(new iot.ListManagedJobTemplatesCommand({ nextToken: 'next' })))
}

async function tourOfDevices(data: jobsData.IoTJobsDataPlaneClient): Promise<void> {
  const thing = { thingName: THING }
  const said = { statusDetails: { a: 'b' }, stepTimeoutInMinutes: 5 }
  await data.send(new jobsData.GetPendingJobExecutionsCommand(thing))
  await data.send(new jobsData.StartNextPendingJobExecutionCommand({ ...thing, ...said }))
  const execution = { ...thing, jobId: 'tour-now', executionNumber: 1, includeJobDocument: true }
  await data.send(new jobsData.DescribeJobExecutionCommand(execution))
  const update = { status: 'IN_PROGRESS' as const, expectedVersion: 2, includeJobExecutionState: true }
  await data.send(new jobsData.UpdateJobExecutionCommand({ ...execution, ...said, ...update }))
}
