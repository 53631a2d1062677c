import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { RoleArn } from './role-aliases.ts'
import { Tags } from './tags.ts'
import { NextToken } from './things.ts'

const Moment = Type.String({ format: 'date-time' })

/** 1 to 36 of `0-9A-Za-z_-` (AWS IoT API reference, CreateProvisioningTemplate). */
export const ProvisioningTemplateName = Type.String({ minLength: 1, maxLength: 36, pattern: '^[0-9A-Za-z_-]+$' })

/** AWS judges it; so many characters (AWS IoT API reference, `templateBody`). */
export const ProvisioningTemplateBody = Type.String({ minLength: 1, maxLength: 10_240, description: 'JSON' })

/** AWS IoT API reference, CreateProvisioningTemplate. */
export const ProvisioningTemplateDescription = Type.String({ maxLength: 500 })

/** AWS keeps as many of a template (AWS IoT Core quotas, "Fleet provisioning"). */
export const MOST_TEMPLATE_VERSIONS = 5

/** By claim or trusted user; or at the first connection with a certificate of one's own CA. Never changes. */
export const ProvisioningTemplateType = oneOf(['FLEET_PROVISIONING', 'JITP'] as const)
export type ProvisioningTemplateType = Static<typeof ProvisioningTemplateType>

/** A function of Lambda, perhaps one version or alias of it. */
export const ProvisioningFunctionArn = Type.String({
  minLength: 1,
  maxLength: 2_048,
  pattern: '^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+(:[a-zA-Z0-9_$-]+)?$',
})

/** The function that is asked before a device is provisioned (AWS IoT API reference, ProvisioningHook). */
export const ProvisioningHook = Type.Object({
  targetArn: ProvisioningFunctionArn,
  payloadVersion: Type.Optional(
    Type.String({ minLength: 10, maxLength: 32, pattern: '^[0-9-]+$', description: "AWS's own where none is given" }),
  ),
})
export type ProvisioningHook = Static<typeof ProvisioningHook>

/** What AWS lists of a provisioning template. */
export const ProvisioningTemplateRow = Type.Object({
  templateName: Type.String(),
  templateArn: Type.String(),
  description: Type.Optional(Type.String()),
  enabled: Type.Boolean({ description: 'Else nobody is provisioned by it' }),
  type: ProvisioningTemplateType,
  createdAt: Type.Optional(Moment),
  changedAt: Type.Optional(Moment),
})
export type ProvisioningTemplateRow = Static<typeof ProvisioningTemplateRow>

export const ProvisioningTemplatePage = Type.Object({
  templates: Type.Array(ProvisioningTemplateRow),
  nextToken: Type.Optional(Type.String()),
})
export type ProvisioningTemplatePage = Static<typeof ProvisioningTemplatePage>

export const ProvisioningTemplateVersion = Type.Object({
  versionId: Type.Integer(),
  isDefault: Type.Boolean(),
  createdAt: Type.Optional(Moment),
})
export type ProvisioningTemplateVersion = Static<typeof ProvisioningTemplateVersion>

/** A template whole, with the body of its default version. */
export const ProvisioningTemplateDetail = Type.Interface([ProvisioningTemplateRow], {
  templateBody: Type.String(),
  defaultVersionId: Type.Integer(),
  provisioningRoleArn: Type.String(),
  preProvisioningHook: Type.Optional(
    Type.Object({ targetArn: Type.String(), payloadVersion: Type.Optional(Type.String()) }),
  ),
  versions: Type.Array(ProvisioningTemplateVersion, { description: 'Newest first' }),
})
export type ProvisioningTemplateDetail = Static<typeof ProvisioningTemplateDetail>

export const ProvisioningTemplateVersionBody = Type.Object({
  versionId: Type.Integer(),
  isDefault: Type.Boolean(),
  templateBody: Type.String(),
})
export type ProvisioningTemplateVersionBody = Static<typeof ProvisioningTemplateVersionBody>

const params = Type.Object({ templateName: ProvisioningTemplateName })
const versionParams = Type.Object({
  templateName: ProvisioningTemplateName,
  versionId: Type.String({ minLength: 1, maxLength: 9, pattern: '^[0-9]+$' }),
})

export const provisioningTemplateEndpoints = defineEndpoints({
  listProvisioningTemplates: {
    method: 'GET',
    path: '/api/provisioning-templates',
    summary: 'A page of the provisioning templates',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(ProvisioningTemplatePage),
  },
  createProvisioningTemplate: {
    method: 'POST',
    path: '/api/provisioning-templates',
    summary: 'Makes a provisioning template',
    access: 'admin',
    audit: 'CreateProvisioningTemplate',
    body: Type.Object({
      templateName: ProvisioningTemplateName,
      templateBody: ProvisioningTemplateBody,
      description: Type.Optional(ProvisioningTemplateDescription),
      enabled: Type.Boolean(),
      type: ProvisioningTemplateType,
      provisioningRoleArn: RoleArn,
      preProvisioningHook: Type.Optional(ProvisioningHook),
      tags: Type.Optional(Tags),
    }),
    answer: json(ProvisioningTemplateDetail),
  },
  describeProvisioningTemplate: {
    method: 'GET',
    path: '/api/provisioning-templates/:templateName',
    summary: 'A provisioning template with the body of its default version',
    access: 'viewer',
    params,
    answer: json(ProvisioningTemplateDetail),
  },
  updateProvisioningTemplate: {
    method: 'PATCH',
    path: '/api/provisioning-templates/:templateName',
    summary: 'Enables or disables a template, changes its role or its hook, or makes another version the default',
    access: 'admin',
    audit: 'UpdateProvisioningTemplate',
    params,
    body: Type.Object(
      {
        description: Type.Optional(ProvisioningTemplateDescription),
        enabled: Type.Optional(Type.Boolean()),
        defaultVersionId: Type.Optional(Type.Integer({ minimum: 1 })),
        provisioningRoleArn: Type.Optional(RoleArn),
        preProvisioningHook: Type.Optional(ProvisioningHook),
        removePreProvisioningHook: Type.Optional(Type.Boolean()),
      },
      { minProperties: 1 },
    ),
    answer: json(ProvisioningTemplateDetail),
  },
  deleteProvisioningTemplate: {
    method: 'DELETE',
    path: '/api/provisioning-templates/:templateName',
    summary: 'Deletes a template',
    access: 'admin',
    audit: 'DeleteProvisioningTemplate',
    params,
    answer: EMPTY,
  },
  createProvisioningTemplateVersion: {
    method: 'POST',
    path: '/api/provisioning-templates/:templateName/versions',
    summary: 'Makes a version of a template',
    access: 'admin',
    audit: 'CreateProvisioningTemplateVersion',
    params,
    body: Type.Object({ templateBody: ProvisioningTemplateBody, setAsDefault: Type.Boolean() }),
    answer: json(Type.Object({ versionId: Type.Integer(), isDefault: Type.Boolean() })),
  },
  describeProvisioningTemplateVersion: {
    method: 'GET',
    path: '/api/provisioning-templates/:templateName/versions/:versionId',
    summary: 'The body of a version',
    access: 'viewer',
    params: versionParams,
    answer: json(ProvisioningTemplateVersionBody),
  },
  deleteProvisioningTemplateVersion: {
    method: 'DELETE',
    path: '/api/provisioning-templates/:templateName/versions/:versionId',
    summary: 'Deletes a version that is not the default one',
    access: 'admin',
    audit: 'DeleteProvisioningTemplateVersion',
    params: versionParams,
    answer: EMPTY,
  },
})
