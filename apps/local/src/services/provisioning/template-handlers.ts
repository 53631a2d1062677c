import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { paginateBySeq, paginateByText } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { TemplateRecord, TemplateTable } from './template-table.ts'
import type { Templates } from './templates.ts'

/** "The claim is valid for five minutes". @see AWS IoT developer guide, "Provisioning by trusted user" */
const CLAIM_LIFE_MS = 5 * 60_000

/** The control plane's operations on provisioning templates. */
export function templateHandlers({ certificates }: ServiceContext, table: TemplateTable, templates: Templates) {
  const summary = (record: TemplateRecord) => ({
    templateArn: templates.arnOf(record.templateName),
    templateName: record.templateName,
    description: record.description ?? undefined,
    creationDate: new Date(record.createdAtMs),
    lastModifiedDate: new Date(record.modifiedAtMs),
    enabled: record.enabled,
    type: record.type,
  })
  return {
    CreateProvisioningTemplate: (input) => {
      const { templateName, defaultVersionId } = templates.create(input)
      return { templateArn: templates.arnOf(templateName), templateName, defaultVersionId }
    },
    UpdateProvisioningTemplate: (input) => {
      templates.update(input)
      return {}
    },
    DescribeProvisioningTemplate: ({ templateName }) => {
      const record = templates.require(templateName)
      const { defaultVersionId, roleArn, hookArn, hookPayloadVersion } = record
      return {
        ...summary(record),
        defaultVersionId,
        templateBody: templates.requireVersion(templateName, defaultVersionId).body,
        provisioningRoleArn: roleArn,
        ...(hookArn !== null && {
          preProvisioningHook: { targetArn: hookArn, payloadVersion: hookPayloadVersion ?? undefined },
        }),
      }
    },
    ListProvisioningTemplates: (input) => {
      const page = paginateByText(
        input,
        'provisioning templates',
        (after, count) => table.read(after, count),
        ({ templateName }) => templateName,
      )
      return { templates: page.items.map(summary), nextToken: page.nextToken }
    },
    DeleteProvisioningTemplate: async ({ templateName }) => {
      await templates.delete(templateName)
      return {}
    },
    CreateProvisioningTemplateVersion: (input) => ({
      templateArn: templates.arnOf(input.templateName),
      templateName: input.templateName,
      ...templates.createVersion(input),
    }),
    DescribeProvisioningTemplateVersion: ({ templateName, versionId }) => {
      const { body, createdAtMs } = templates.requireVersion(templateName, versionId)
      return {
        versionId,
        creationDate: new Date(createdAtMs),
        templateBody: body,
        isDefaultVersion: versionId === templates.require(templateName).defaultVersionId,
      }
    },
    ListProvisioningTemplateVersions: ({ templateName, ...page }) => {
      const { defaultVersionId } = templates.require(templateName)
      const { items, nextToken } = paginateBySeq(page, `versions of ${templateName}`, (after, count) =>
        table.versions(templateName, after, count),
      )
      const versions = items.map(({ versionId, createdAtMs }) => ({
        versionId,
        creationDate: new Date(createdAtMs),
        isDefaultVersion: versionId === defaultVersionId,
      }))
      return { versions, nextToken }
    },
    DeleteProvisioningTemplateVersion: ({ templateName, versionId }) => {
      templates.deleteVersion(templateName, versionId)
      return {}
    },
    CreateProvisioningClaim: async ({ templateName }) => {
      templates.require(templateName)
      const { certificate, publicKeyPem, privateKeyPem, expiresAtMs } = await certificates.createClaim(
        templateName,
        CLAIM_LIFE_MS,
      )
      return {
        certificateId: certificate.id,
        certificatePem: certificate.pem,
        keyPair: { PublicKey: publicKeyPem, PrivateKey: privateKeyPem },
        expiration: new Date(expiresAtMs),
      }
    },
  } satisfies IotHandlers
}

/** @see Service Authorization Reference, "Actions defined by AWS IoT" */
export const TEMPLATE_NEEDS: ControlPlaneNeeds = {
  CreateProvisioningTemplate: ({ templateName, provisioningRoleArn }) => ({
    resources: [`provisioningtemplate/${templateName}`],
    passedRoles: [provisioningRoleArn],
  }),
  UpdateProvisioningTemplate: ({ templateName, provisioningRoleArn }) => ({
    resources: [`provisioningtemplate/${templateName}`],
    ...(provisioningRoleArn !== undefined && { passedRoles: [provisioningRoleArn] }),
  }),
  ListProvisioningTemplates: () => ({ resources: [] }),
}
