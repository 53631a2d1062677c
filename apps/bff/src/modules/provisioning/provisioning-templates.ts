import {
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  DescribeProvisioningTemplateVersionCommand,
  type IoTClient,
  ListProvisioningTemplatesCommand,
  type ProvisioningTemplateSummary,
  paginateListProvisioningTemplateVersions,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  ProvisioningTemplateDetail,
  ProvisioningTemplatePage,
  ProvisioningTemplateRow,
  ProvisioningTemplateVersion,
  ProvisioningTemplateVersionBody,
} from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'

/** Provisioning templates. Errors are AWS's own. */
export interface ProvisioningTemplates {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<ProvisioningTemplatePage>
  describe(templateName: string): Promise<ProvisioningTemplateDetail>
  create(template: BodyOf<typeof endpoints.createProvisioningTemplate>): Promise<ProvisioningTemplateDetail>
  update(
    templateName: string,
    change: BodyOf<typeof endpoints.updateProvisioningTemplate>,
  ): Promise<ProvisioningTemplateDetail>
  delete(templateName: string): Promise<void>
  createVersion(
    templateName: string,
    version: BodyOf<typeof endpoints.createProvisioningTemplateVersion>,
  ): Promise<{ readonly versionId: number; readonly isDefault: boolean }>
  describeVersion(templateName: string, versionId: number): Promise<ProvisioningTemplateVersionBody>
  deleteVersion(templateName: string, versionId: number): Promise<void>
}

export function createProvisioningTemplates(iot: IoTClient): ProvisioningTemplates {
  const templates: ProvisioningTemplates = {
    async list({ nextToken, maxResults }) {
      const { templates: found = [], nextToken: next } = await iot.send(
        new ListProvisioningTemplatesCommand({ nextToken, maxResults }),
      )
      return { templates: found.map(rowOf), ...(next && { nextToken: next }) }
    },

    async describe(templateName) {
      const [found, versions] = await Promise.all([
        iot.send(new DescribeProvisioningTemplateCommand({ templateName })),
        versionsOf(iot, templateName),
      ])
      const { preProvisioningHook: hook } = found
      return {
        ...rowOf(found),
        templateBody: found.templateBody ?? '',
        defaultVersionId: found.defaultVersionId ?? 0,
        provisioningRoleArn: found.provisioningRoleArn ?? '',
        ...(hook?.targetArn && {
          preProvisioningHook: {
            targetArn: hook.targetArn,
            ...(hook.payloadVersion && { payloadVersion: hook.payloadVersion }),
          },
        }),
        versions,
      }
    },

    async create({ tags = {}, ...template }) {
      const asked = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
      await iot.send(new CreateProvisioningTemplateCommand({ ...template, ...(asked.length > 0 && { tags: asked }) }))
      return templates.describe(template.templateName)
    },

    async update(templateName, change) {
      await iot.send(new UpdateProvisioningTemplateCommand({ templateName, ...change }))
      return templates.describe(templateName)
    },

    async delete(templateName) {
      await iot.send(new DeleteProvisioningTemplateCommand({ templateName }))
    },

    async createVersion(templateName, version) {
      const { versionId = 0, isDefaultVersion = false } = await iot.send(
        new CreateProvisioningTemplateVersionCommand({ templateName, ...version }),
      )
      return { versionId, isDefault: isDefaultVersion }
    },

    async describeVersion(templateName, versionId) {
      const found = await iot.send(new DescribeProvisioningTemplateVersionCommand({ templateName, versionId }))
      return { versionId, isDefault: found.isDefaultVersion === true, templateBody: found.templateBody ?? '' }
    },

    async deleteVersion(templateName, versionId) {
      await iot.send(new DeleteProvisioningTemplateVersionCommand({ templateName, versionId }))
    },
  }
  return templates
}

/** Newest first. */
async function versionsOf(iot: IoTClient, templateName: string): Promise<ProvisioningTemplateVersion[]> {
  const found = await collected(
    paginateListProvisioningTemplateVersions({ client: iot }, { templateName }),
    ({ versions }) => versions,
  )
  return found
    .map(({ versionId = 0, isDefaultVersion, creationDate }) => ({
      versionId,
      isDefault: isDefaultVersion === true,
      ...(creationDate && { createdAt: creationDate.toISOString() }),
    }))
    .sort((one, other) => other.versionId - one.versionId)
}

function rowOf(found: ProvisioningTemplateSummary): ProvisioningTemplateRow {
  const { templateName = '', templateArn = '', description, enabled, type, creationDate, lastModifiedDate } = found
  return {
    templateName,
    templateArn,
    ...(description && { description }),
    enabled: enabled === true,
    type: type ?? 'FLEET_PROVISIONING', // AWS's own where none was given
    ...(creationDate && { createdAt: creationDate.toISOString() }),
    ...(lastModifiedDate && { changedAt: lastModifiedDate.toISOString() }),
  }
}
