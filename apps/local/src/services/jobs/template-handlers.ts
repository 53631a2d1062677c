import { checkConfigs, parseSchedule } from '@thingdeck/jobs'
import type { Account } from '../../foundation/account.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotHandlers, IotInput } from '../../foundation/iot-handlers.ts'
import { paginateByText } from '../../foundation/paging.ts'
import { inAwsWords } from './aws-words.ts'
import type { CreateJob } from './create-job.ts'
import { configsOf } from './job-definition.ts'
import { configShapes } from './job-shapes.ts'
import type { JobDefinition } from './job-table.ts'
import type { JobTemplate, JobTemplates } from './job-templates.ts'
import type { Jobs } from './jobs.ts'
import {
  ENVIRONMENTS,
  MANAGED_TEMPLATES,
  type ManagedTemplate,
  managedTemplateArn,
  TEMPLATE_VERSION,
} from './managed-templates.ts'

export interface TemplateHandlersParts {
  readonly account: Account
  readonly jobs: Jobs
  readonly templates: JobTemplates
  readonly createJob: CreateJob
}

/** The operations on job templates: the account's own, and AWS's. */
export function templateHandlers({ account, jobs, templates, createJob }: TemplateHandlersParts) {
  const summary = (template: JobTemplate) => ({
    jobTemplateArn: templates.arnOf(template.templateId),
    jobTemplateId: template.templateId,
    description: template.description,
    createdAt: new Date(template.createdMs),
  })
  const managedSummary = ({ templateName, description }: ManagedTemplate) => ({
    templateArn: managedTemplateArn(account.region, templateName),
    templateName,
    description,
    environments: ENVIRONMENTS,
    templateVersion: TEMPLATE_VERSION,
  })
  /** What a job that is there is made of. */
  const ofJob = (arn: string) => {
    const job = jobs.byArn(arn)
    const { documentSource, definition } = job
    const {
      targets: _,
      scheduling,
      documentParameters: __,
      jobTemplateArn: ___,
      beforeSubstitution,
      ...rest
    } = definition
    const written = beforeSubstitution && { destinationPackageVersions: beforeSubstitution.destinations }
    return {
      document: beforeSubstitution?.document ?? job.document,
      documentSource: documentSource ?? undefined,
      configs: { ...rest, ...written },
      maintenanceWindows: scheduling?.maintenanceWindows,
    }
  }
  return {
    CreateJobTemplate: async (input) => {
      const { jobTemplateId, jobArn, description, tags, maintenanceWindows } = input
      if (jobArn !== undefined && (input.document ?? input.documentSource) !== undefined) {
        throw invalidRequest('Give one of jobArn, document and documentSource')
      }
      const base = jobArn === undefined ? await createJob.content(input) : ofJob(jobArn)
      const configs = templateConfigs(input, base.configs)
      inAwsWords(() => {
        checkConfigs(configs)
        parseSchedule({ maintenanceWindows })
      })
      createJob.checkRole(configs.presignedUrlConfig?.roleArn)
      createJob.checkPlaceholders(base.document, configs)
      const { document, documentSource } = base
      const windows = maintenanceWindows ?? ('maintenanceWindows' in base ? base.maintenanceWindows : undefined)
      templates.create(
        jobTemplateId,
        { description, document, documentSource, configs, maintenanceWindows: windows },
        tags,
      )
      return { jobTemplateArn: templates.arnOf(jobTemplateId), jobTemplateId }
    },
    DescribeJobTemplate: ({ jobTemplateId }) => {
      const template = templates.require(jobTemplateId)
      const { document, documentSource, configs, maintenanceWindows } = template
      return {
        ...summary(template),
        document,
        ...(documentSource !== undefined && { documentSource }),
        ...configShapes(configs),
        ...(maintenanceWindows && { maintenanceWindows: [...maintenanceWindows] }),
      }
    },
    ListJobTemplates: (input) => {
      const { items, nextToken } = templates.list(input)
      return { jobTemplates: items.map(summary), nextToken }
    },
    DeleteJobTemplate: ({ jobTemplateId }) => {
      templates.delete(jobTemplateId)
      return {}
    },
    DescribeManagedJobTemplate: ({ templateName, templateVersion = TEMPLATE_VERSION }) => {
      const found = MANAGED_TEMPLATES.find((template) => template.templateName === templateName)
      if (!found) throw notFound(`Managed job template ${templateName} does not exist`)
      if (templateVersion !== TEMPLATE_VERSION) {
        throw notFound(
          `Managed job template ${templateName} has no version ${templateVersion}: it is ${TEMPLATE_VERSION}`,
        )
      }
      return { ...managedSummary(found), documentParameters: [...found.parameters], document: found.document }
    },
    ListManagedJobTemplates: ({ templateName, ...page }) => {
      const all = MANAGED_TEMPLATES.filter((one) => templateName === undefined || one.templateName === templateName)
      const { items, nextToken } = paginateByText(
        page,
        `ListManagedJobTemplates ${templateName ?? ''}`,
        (after, count) => all.filter((one) => one.templateName > after).slice(0, count),
        (one) => one.templateName,
      )
      return { managedJobTemplates: items.map(managedSummary), nextToken }
    },
  } satisfies IotHandlers
}

function templateConfigs(
  input: IotInput<'CreateJobTemplate'>,
  base: Omit<JobDefinition, 'targets'> | undefined,
): Omit<JobDefinition, 'targets'> {
  const { destinationPackageVersions } = input
  // The description is the template's own.
  const { description: _, ...configs } = configsOf(input)
  return { ...base, ...configs, ...(destinationPackageVersions && { destinationPackageVersions }) }
}
