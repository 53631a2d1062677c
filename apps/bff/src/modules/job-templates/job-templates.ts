import {
  CreateJobTemplateCommand,
  DeleteJobTemplateCommand,
  DescribeJobTemplateCommand,
  DescribeManagedJobTemplateCommand,
  type IoTClient,
  ListJobTemplatesCommand,
  ListManagedJobTemplatesCommand,
} from '@aws-sdk/client-iot'
import type {
  AnswerOf,
  BodyOf,
  endpoints,
  JobTemplate,
  ManagedJobTemplate,
  ManagedJobTemplateSummary,
} from '@thingdeck/contract'
import { readJobConfig, readMaintenanceWindows } from '../../aws/job-config.ts'
import { isoTime, present } from '../../aws/present.ts'
import { readTags, tagList } from '../../aws/tags.ts'

interface PageAsked {
  readonly nextToken?: string
  readonly maxResults?: number
}

/** Templates of jobs, the account's own and AWS's. Errors are AWS's own. */
export interface JobTemplates {
  list(page: PageAsked): Promise<AnswerOf<typeof endpoints.listJobTemplates>>
  describe(jobTemplateId: string): Promise<JobTemplate>
  create(
    template: BodyOf<typeof endpoints.createJobTemplate>,
  ): Promise<{ jobTemplateId: string; jobTemplateArn: string }>
  delete(jobTemplateId: string): Promise<void>
  listManaged(page: PageAsked): Promise<AnswerOf<typeof endpoints.listManagedJobTemplates>>
  describeManaged(templateName: string): Promise<ManagedJobTemplate>
}

export function createJobTemplates(iot: IoTClient): JobTemplates {
  return {
    async list(page) {
      const { jobTemplates = [], nextToken } = await iot.send(new ListJobTemplatesCommand(page))
      return {
        templates: jobTemplates.map(({ jobTemplateId = '', jobTemplateArn = '', description, createdAt }) => ({
          jobTemplateId,
          jobTemplateArn,
          ...present({ description, createdAt: isoTime(createdAt) }),
        })),
        ...(nextToken && { nextToken }),
      }
    },

    async describe(jobTemplateId) {
      const found = await iot.send(new DescribeJobTemplateCommand({ jobTemplateId }))
      const { jobTemplateArn = '', description, createdAt, document, documentSource } = found
      return {
        jobTemplateId,
        jobTemplateArn,
        ...readJobConfig(found),
        maintenanceWindows: readMaintenanceWindows(found.maintenanceWindows ?? []),
        destinationPackageVersions: found.destinationPackageVersions ?? [],
        ...present({
          description,
          createdAt: isoTime(createdAt),
          document,
          documentSource,
          tags: await readTags(iot, jobTemplateArn),
        }),
      }
    },

    async create({ tags = {}, ...template }) {
      const { jobTemplateId = template.jobTemplateId, jobTemplateArn = '' } = await iot.send(
        new CreateJobTemplateCommand({ ...template, ...(Object.keys(tags).length > 0 && { tags: tagList(tags) }) }),
      )
      return { jobTemplateId, jobTemplateArn }
    },

    async delete(jobTemplateId) {
      await iot.send(new DeleteJobTemplateCommand({ jobTemplateId }))
    },

    async listManaged(page) {
      const { managedJobTemplates = [], nextToken } = await iot.send(new ListManagedJobTemplatesCommand(page))
      return { templates: managedJobTemplates.map(managedOf), ...(nextToken && { nextToken }) }
    },

    async describeManaged(templateName) {
      const found = await iot.send(new DescribeManagedJobTemplateCommand({ templateName }))
      return {
        ...managedOf(found),
        documentParameters: (found.documentParameters ?? []).map(
          ({ key = '', description, regex, example, optional = false }) => ({
            key,
            optional,
            ...present({ description, regex, example }),
          }),
        ),
        ...present({ document: found.document }),
      }
    },
  }
}

interface ManagedOfAws {
  readonly templateName?: string | undefined
  readonly templateArn?: string | undefined
  readonly description?: string | undefined
  readonly environments?: string[] | undefined
  readonly templateVersion?: string | undefined
}

const managedOf = (found: ManagedOfAws): ManagedJobTemplateSummary => ({
  templateName: found.templateName ?? '',
  templateArn: found.templateArn ?? '',
  environments: found.environments ?? [],
  ...present({ description: found.description, templateVersion: found.templateVersion }),
})
