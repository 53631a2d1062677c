import { parseS3Url } from '@thingdeck/jobs'
import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { DataPlaneNeeds } from '../../foundation/data-plane-needs.ts'
import { readsFile } from '../../foundation/own-file.ts'

interface ExecutionInput {
  readonly jobId: string
  readonly thingName: string
}

const needOfExecution = ({ jobId, thingName }: ExecutionInput) => ({
  resources: [`job/${jobId}`, `thing/${thingName}`],
})

/** Whoever makes a job of a file sees what is in it, and so has to be one who may read it. */
const readOf = (documentSource = '') => readsFile(parseS3Url(documentSource)) // what is no file is refused with what would be right

/** Who may do what with jobs. @see Service Authorization Reference, "AWS IoT" */
export const JOB_NEEDS = {
  ListJobs: () => ({ resources: [] }),
  ListJobExecutionsForThing: ({ thingName }) => ({ resources: [`thing/${thingName}`] }),
  DescribeJobExecution: needOfExecution,
  CancelJobExecution: needOfExecution,
  DeleteJobExecution: needOfExecution,
  CreateJob: ({ jobId, targets, presignedUrlConfig, jobTemplateArn, documentSource }) => ({
    resources: [`job/${jobId}`, ...targets, ...(jobTemplateArn === undefined ? [] : [jobTemplateArn])],
    ...readOf(documentSource),
    ...(presignedUrlConfig?.roleArn !== undefined && { passedRoles: [presignedUrlConfig.roleArn] }),
  }),
  UpdateJob: ({ jobId, presignedUrlConfig }) => ({
    resources: [`job/${jobId}`],
    ...(presignedUrlConfig?.roleArn !== undefined && { passedRoles: [presignedUrlConfig.roleArn] }),
  }),
  CreateJobTemplate: ({ jobTemplateId, jobArn, presignedUrlConfig, documentSource }) => ({
    resources: [`jobtemplate/${jobTemplateId}`, ...(jobArn === undefined ? [] : [jobArn])],
    ...readOf(documentSource),
    ...(presignedUrlConfig?.roleArn !== undefined && { passedRoles: [presignedUrlConfig.roleArn] }),
  }),
  ListJobTemplates: () => ({ resources: [] }),
  ListManagedJobTemplates: () => ({ resources: [] }),
  // The reference names job templates, and not in which account AWS's own ones are: asked as if they were in this one.
  DescribeManagedJobTemplate: ({ templateName }) => ({ resources: [`jobtemplate/${templateName}`] }),
  AssociateTargetsWithJob: ({ jobId, targets }) => ({ resources: [`job/${jobId}`, ...targets] }),
} satisfies ControlPlaneNeeds

const onThing =
  (operation: string) =>
  ({ thingName }: { readonly thingName: string }) => [
    { action: `iotjobsdata:${operation}`, orAction: `iot:${operation}`, resources: [`thing/${thingName}`] },
  ]

/** Older policies spell the actions of devices with `iot:`. @see Service Authorization Reference, "AWS IoT Jobs DataPlane" */
export const DEVICE_NEEDS = {
  GetPendingJobExecutions: onThing('GetPendingJobExecutions'),
  StartNextPendingJobExecution: onThing('StartNextPendingJobExecution'),
  DescribeJobExecution: onThing('DescribeJobExecution'),
  UpdateJobExecution: onThing('UpdateJobExecution'),
} satisfies DataPlaneNeeds
