import { DeleteRoleCommand, DeleteRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import {
  DeleteThingShadowCommand,
  ListNamedShadowsForThingCommand,
  PublishCommand,
} from '@aws-sdk/client-iot-data-plane'
import { DeleteBucketCommand, DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Clients } from './clients.ts'
import type { ResourceKind } from './resource-kind.ts'

/** Removes one of a kind with all that hangs on it, whatever state it is in. What is not there is no failure. */
type Remove = (clients: Clients, name: string) => Promise<void>

/** How each kind is removed. A failure that passes by itself, as that of a type just deprecated, is thrown. */
export const REMOVALS: Readonly<Record<ResourceKind, Remove>> = {
  'retained message': async ({ data }, topic) => {
    await data.send(new PublishCommand({ topic, retain: true, qos: 1, payload: new Uint8Array() }))
  },
  'topic rule': async ({ iot: client }, ruleName) => {
    await client.send(new iot.DeleteTopicRuleCommand({ ruleName }))
  },
  job: async ({ iot: client }, jobId) => {
    await client.send(new iot.DeleteJobCommand({ jobId, force: true }))
  },
  'job template': async ({ iot: client }, jobTemplateId) => {
    await client.send(new iot.DeleteJobTemplateCommand({ jobTemplateId }))
  },
  command: removeCommand,
  stream: async ({ iot: client }, streamId) => {
    await client.send(new iot.DeleteStreamCommand({ streamId }))
  },
  package: removePackage,
  'fleet metric': async ({ iot: client }, metricName) => {
    await client.send(new iot.DeleteFleetMetricCommand({ metricName }))
  },
  'provisioning template': async ({ iot: client }, templateName) => {
    await client.send(new iot.DeleteProvisioningTemplateCommand({ templateName }))
  },
  'role alias': async ({ iot: client }, roleAlias) => {
    await client.send(new iot.DeleteRoleAliasCommand({ roleAlias }))
  },
  certificate: removeCertificate,
  policy: removePolicy,
  shadow: async ({ data }, name) => {
    const [thingName = '', shadowName = ''] = name.split('~')
    await data.send(new DeleteThingShadowCommand({ thingName, ...(shadowName !== '' && { shadowName }) }))
  },
  thing: removeThing,
  'dynamic thing group': async ({ iot: client }, thingGroupName) => {
    await client.send(new iot.DeleteDynamicThingGroupCommand({ thingGroupName }))
  },
  'thing group': async ({ iot: client }, thingGroupName) => {
    await client.send(new iot.DeleteThingGroupCommand({ thingGroupName }))
  },
  'billing group': async ({ iot: client }, billingGroupName) => {
    await client.send(new iot.DeleteBillingGroupCommand({ billingGroupName }))
  },
  'thing type': async ({ iot: client }, thingTypeName) => {
    const { thingTypeMetadata } = await client.send(new iot.DescribeThingTypeCommand({ thingTypeName }))
    if (!thingTypeMetadata?.deprecated) await client.send(new iot.DeprecateThingTypeCommand({ thingTypeName }))
    await client.send(new iot.DeleteThingTypeCommand({ thingTypeName }))
  },
  bucket: async ({ s3 }, Bucket) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
    for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    await s3.send(new DeleteBucketCommand({ Bucket }))
  },
  role: async ({ iam }, RoleName) => {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
    await iam.send(new DeleteRoleCommand({ RoleName }))
  },
}

/** A command is deleted at once only while it is deprecated and nobody gets it any more. */
async function removeCommand({ iot: client }: Clients, commandId: string): Promise<void> {
  const { commandArn } = await client.send(new iot.GetCommandCommand({ commandId }))
  const { commandExecutions = [] } = await client.send(new iot.ListCommandExecutionsCommand({ commandArn }))
  for (const { executionId, targetArn } of commandExecutions) {
    await client.send(new iot.DeleteCommandExecutionCommand({ executionId, targetArn }))
  }
  await client.send(new iot.DeleteCommandCommand({ commandId }))
}

/** AWS takes it in this order alone: no default version, each version, the package. */
async function removePackage({ iot: client }: Clients, packageName: string): Promise<void> {
  await client.send(new iot.UpdatePackageCommand({ packageName, unsetDefaultVersion: true }))
  const { packageVersionSummaries = [] } = await client.send(new iot.ListPackageVersionsCommand({ packageName }))
  for (const { versionName } of packageVersionSummaries) {
    await client.send(new iot.DeletePackageVersionCommand({ packageName, versionName }))
  }
  await client.send(new iot.DeletePackageCommand({ packageName }))
}

async function removeCertificate({ iot: client }: Clients, certificateId: string): Promise<void> {
  const { certificateDescription } = await client.send(new iot.DescribeCertificateCommand({ certificateId }))
  const { certificateArn: target, status } = certificateDescription ?? {}
  const { policies = [] } = await client.send(new iot.ListAttachedPoliciesCommand({ target }))
  for (const { policyName } of policies) await client.send(new iot.DetachPolicyCommand({ policyName, target }))
  const { things = [] } = await client.send(new iot.ListPrincipalThingsCommand({ principal: target }))
  for (const thingName of things) {
    await client.send(new iot.DetachThingPrincipalCommand({ thingName, principal: target }))
  }
  if (status === 'ACTIVE') {
    await client.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  }
  await client.send(new iot.DeleteCertificateCommand({ certificateId }))
}

async function removePolicy({ iot: client }: Clients, policyName: string): Promise<void> {
  const { targets = [] } = await client.send(new iot.ListTargetsForPolicyCommand({ policyName }))
  for (const target of targets) await client.send(new iot.DetachPolicyCommand({ policyName, target }))
  const { policyVersions = [] } = await client.send(new iot.ListPolicyVersionsCommand({ policyName }))
  for (const { versionId, isDefaultVersion } of policyVersions) {
    if (isDefaultVersion) continue
    await client.send(new iot.DeletePolicyVersionCommand({ policyName, policyVersionId: versionId }))
  }
  await client.send(new iot.DeletePolicyCommand({ policyName }))
}

/** With its shadows, which AWS would leave behind. */
async function removeThing({ iot: client, data }: Clients, thingName: string): Promise<void> {
  const { results = [] } = await data.send(new ListNamedShadowsForThingCommand({ thingName }))
  for (const shadowName of [undefined, ...results]) {
    await unlessMissing(data.send(new DeleteThingShadowCommand({ thingName, ...(shadowName && { shadowName }) })))
  }
  const { principals = [] } = await client.send(new iot.ListThingPrincipalsCommand({ thingName }))
  for (const principal of principals) {
    await client.send(new iot.DetachThingPrincipalCommand({ thingName, principal }))
  }
  await client.send(new iot.DeleteThingCommand({ thingName }))
}

/** What was asked for is not there, in the words of each service. */
const MISSING = /^(?:ResourceNotFoundException|NoSuchEntity(?:Exception)?|NoSuchBucket|NotFoundException)$/

/** @returns whether it was there */
export async function unlessMissing(call: Promise<unknown>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof Error && MISSING.test(error.name)) return false
    throw error
  }
}
