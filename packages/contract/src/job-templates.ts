import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { JobMaintenanceWindow, jobConfig, ReadMaintenanceWindow, readJobConfig } from './job-configs.ts'
import { JobDocument, JobId } from './jobs.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** AWS IoT API reference, CreateJobTemplate: as a job's. */
export const JobTemplateId = JobId

export const JobTemplateSummary = Type.Object({
  jobTemplateId: Type.String(),
  jobTemplateArn: Type.String(),
  description: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type JobTemplateSummary = Static<typeof JobTemplateSummary>

export const JobTemplate = Type.Object({
  ...JobTemplateSummary.properties,
  ...readJobConfig,
  document: Type.Optional(Type.String()),
  documentSource: Type.Optional(Type.String()),
  maintenanceWindows: Type.Array(ReadMaintenanceWindow),
  destinationPackageVersions: Type.Array(Type.String()),
  tags: ReadTags,
})
export type JobTemplate = Static<typeof JobTemplate>

/** A template of AWS's, for what many devices are told to do. */
export const ManagedJobTemplateSummary = Type.Object({
  templateName: Type.String(),
  templateArn: Type.String(),
  description: Type.Optional(Type.String()),
  environments: Type.Array(Type.String()),
  templateVersion: Type.Optional(Type.String()),
})
export type ManagedJobTemplateSummary = Static<typeof ManagedJobTemplateSummary>

export const ManagedJobTemplate = Type.Object({
  ...ManagedJobTemplateSummary.properties,
  document: Type.Optional(Type.String()),
  documentParameters: Type.Array(
    Type.Object({
      key: Type.String(),
      description: Type.Optional(Type.String()),
      regex: Type.Optional(Type.String({ description: 'What a value is like' })),
      example: Type.Optional(Type.String()),
      optional: Type.Boolean(),
    }),
  ),
})
export type ManagedJobTemplate = Static<typeof ManagedJobTemplate>

const params = Type.Object({ jobTemplateId: JobTemplateId })
const page = Type.Object({
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
})

export const jobTemplateEndpoints = defineEndpoints({
  listJobTemplates: {
    method: 'GET',
    path: '/api/job-templates',
    summary: 'A page of the job templates of the account',
    access: 'viewer',
    query: page,
    answer: json(Type.Object({ templates: Type.Array(JobTemplateSummary), nextToken: Type.Optional(Type.String()) })),
  },
  createJobTemplate: {
    method: 'POST',
    path: '/api/job-templates',
    summary: 'Keeps what jobs are made of: a document and how it is rolled out',
    access: 'operator',
    audit: 'CreateJobTemplate',
    body: Type.Object({
      jobTemplateId: JobTemplateId,
      description: Type.String({ minLength: 1, maxLength: 2_028 }),
      jobArn: Type.Optional(Type.String({ minLength: 1, maxLength: 2_048, description: 'The job that it is made of' })),
      document: Type.Optional(JobDocument),
      documentSource: Type.Optional(Type.String({ minLength: 1, maxLength: 1_350 })),
      ...jobConfig,
      maintenanceWindows: Type.Optional(Type.Array(JobMaintenanceWindow)),
      tags: Type.Optional(Tags),
    }),
    answer: json(Type.Object({ jobTemplateId: Type.String(), jobTemplateArn: Type.String() })),
  },
  describeJobTemplate: {
    method: 'GET',
    path: '/api/job-templates/:jobTemplateId',
    summary: 'A job template',
    access: 'viewer',
    params,
    answer: json(JobTemplate),
  },
  deleteJobTemplate: {
    method: 'DELETE',
    path: '/api/job-templates/:jobTemplateId',
    summary: 'Deletes a job template; jobs that were made of it stay',
    access: 'operator',
    audit: 'DeleteJobTemplate',
    params,
    answer: EMPTY,
  },
  listManagedJobTemplates: {
    method: 'GET',
    path: '/api/managed-job-templates',
    summary: "A page of AWS's own job templates",
    access: 'viewer',
    query: page,
    answer: json(
      Type.Object({ templates: Type.Array(ManagedJobTemplateSummary), nextToken: Type.Optional(Type.String()) }),
    ),
  },
  describeManagedJobTemplate: {
    method: 'GET',
    path: '/api/managed-job-templates/:templateName',
    summary: "One of AWS's own job templates, with what it has to be told",
    access: 'viewer',
    params: Type.Object({ templateName: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9_-]+$' }) }),
    answer: json(ManagedJobTemplate),
  },
})
