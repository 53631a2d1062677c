import { ListRolesCommand } from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import { ListRetainedMessagesCommand } from '@aws-sdk/client-iot-data-plane'
import { ListBucketsCommand } from '@aws-sdk/client-s3'
import type { Clients } from './clients.ts'
import { isOf } from './prefix.ts'
import { unlessMissing } from './removal.ts'
import type { ResourceKind } from './resource-kind.ts'

/** Something that is in the account. */
export interface Found {
  readonly kind: ResourceKind
  readonly name: string
}

/** A page of names, and the token of the next. */
interface Page {
  readonly names: readonly (string | undefined)[]
  readonly next: string | undefined
}

type ReadPage = (clients: Clients, nextToken: string | undefined) => Promise<Page>

const SIZE = 100

/** How the names of each kind are listed. Certificates have none, and shadows go with their things. */
const LISTINGS: Readonly<Partial<Record<ResourceKind, ReadPage>>> = {
  'retained message': async ({ data }, nextToken) => {
    const { retainedTopics = [], nextToken: next } = await data.send(new ListRetainedMessagesCommand({ nextToken }))
    return { names: retainedTopics.map(({ topic }) => topic), next }
  },
  'topic rule': async ({ iot: client }, nextToken) => {
    const { rules = [], nextToken: next } = await client.send(new iot.ListTopicRulesCommand({ nextToken }))
    return { names: rules.map(({ ruleName }) => ruleName), next }
  },
  job: async ({ iot: client }, nextToken) => {
    const { jobs = [], nextToken: next } = await client.send(new iot.ListJobsCommand({ nextToken, maxResults: SIZE }))
    return { names: jobs.map(({ jobId }) => jobId), next }
  },
  'job template': async ({ iot: client }, nextToken) => {
    const { jobTemplates = [], nextToken: next } = await client.send(new iot.ListJobTemplatesCommand({ nextToken }))
    return { names: jobTemplates.map(({ jobTemplateId }) => jobTemplateId), next }
  },
  command: async ({ iot: client }, nextToken) => {
    const { commands = [], nextToken: next } = await client.send(new iot.ListCommandsCommand({ nextToken }))
    return { names: commands.map(({ commandId }) => commandId), next }
  },
  stream: async ({ iot: client }, nextToken) => {
    const { streams = [], nextToken: next } = await client.send(new iot.ListStreamsCommand({ nextToken }))
    return { names: streams.map(({ streamId }) => streamId), next }
  },
  package: async ({ iot: client }, nextToken) => {
    const { packageSummaries = [], nextToken: next } = await client.send(new iot.ListPackagesCommand({ nextToken }))
    return { names: packageSummaries.map(({ packageName }) => packageName), next }
  },
  'fleet metric': async ({ iot: client }, nextToken) => {
    const { fleetMetrics = [], nextToken: next } = await client.send(new iot.ListFleetMetricsCommand({ nextToken }))
    return { names: fleetMetrics.map(({ metricName }) => metricName), next }
  },
  'provisioning template': async ({ iot: client }, nextToken) => {
    const { templates = [], nextToken: next } = await client.send(
      new iot.ListProvisioningTemplatesCommand({ nextToken }),
    )
    return { names: templates.map(({ templateName }) => templateName), next }
  },
  'role alias': async ({ iot: client }, marker) => {
    const { roleAliases = [], nextMarker: next } = await client.send(new iot.ListRoleAliasesCommand({ marker }))
    return { names: roleAliases, next }
  },
  policy: async ({ iot: client }, marker) => {
    const { policies = [], nextMarker: next } = await client.send(
      new iot.ListPoliciesCommand({ marker, pageSize: SIZE }),
    )
    return { names: policies.map(({ policyName }) => policyName), next }
  },
  thing: async ({ iot: client }, nextToken) => {
    const { things = [], nextToken: next } = await client.send(
      new iot.ListThingsCommand({ nextToken, maxResults: SIZE }),
    )
    return { names: things.map(({ thingName }) => thingName), next }
  },
  'thing type': async ({ iot: client }, nextToken) => {
    const { thingTypes = [], nextToken: next } = await client.send(new iot.ListThingTypesCommand({ nextToken }))
    return { names: thingTypes.map(({ thingTypeName }) => thingTypeName), next }
  },
  bucket: async ({ s3 }) => {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
    return { names: Buckets.map(({ Name }) => Name), next: undefined }
  },
  role: async ({ iam }, Marker) => {
    const { Roles = [], Marker: next } = await iam.send(new ListRolesCommand({ Marker }))
    return { names: Roles.map(({ RoleName }) => RoleName), next }
  },
}

/** Whether {@link findByPrefix} finds all of a kind: not certificates that hang on nothing, and not shadows. */
export const isListed = (kind: ResourceKind): boolean => kind !== 'certificate' && kind !== 'shadow'

/**
 * Everything in the account whose name begins with the prefix, and the certificates that such things and policies are
 * attached to. It looks through all of the account: a large one takes a while.
 */
export async function findByPrefix(clients: Clients, prefix: string): Promise<Found[]> {
  const found: Found[] = []
  for (const [kind, readPage] of Object.entries(LISTINGS) as [ResourceKind, ReadPage][]) {
    for (const name of await namesOf(readPage, clients)) if (isOf(prefix, name)) found.push({ kind, name })
  }
  found.push(...(await findGroups(clients, prefix)))
  for (const certificateId of await findCertificates(clients, found)) {
    found.push({ kind: 'certificate', name: certificateId })
  }
  return found
}

async function namesOf(readPage: ReadPage, clients: Clients): Promise<string[]> {
  const all: string[] = []
  let token: string | undefined
  do {
    const { names, next } = await readPage(clients, token)
    all.push(...names.filter((name) => name !== undefined))
    token = next
  } while (token)
  return all
}

/** AWS finds these by their prefix itself. */
async function findGroups({ iot: client }: Clients, prefix: string): Promise<Found[]> {
  const found: Found[] = []
  const { thingGroups = [] } = await client.send(new iot.ListThingGroupsCommand({ namePrefixFilter: prefix }))
  for (const { groupName = '' } of thingGroups) {
    const { queryString } = await client.send(new iot.DescribeThingGroupCommand({ thingGroupName: groupName }))
    found.push({ kind: queryString === undefined ? 'thing group' : 'dynamic thing group', name: groupName })
  }
  const { billingGroups = [] } = await client.send(new iot.ListBillingGroupsCommand({ namePrefixFilter: prefix }))
  for (const { groupName = '' } of billingGroups) found.push({ kind: 'billing group', name: groupName })
  return found
}

async function findCertificates({ iot: client }: Clients, found: readonly Found[]): Promise<Set<string>> {
  const arns: string[] = []
  for (const { kind, name } of found) {
    if (kind === 'policy') {
      await unlessMissing(
        client.send(new iot.ListTargetsForPolicyCommand({ policyName: name })).then(({ targets = [] }) => {
          arns.push(...targets)
        }),
      )
    }
    if (kind === 'thing') {
      await unlessMissing(
        client.send(new iot.ListThingPrincipalsCommand({ thingName: name })).then(({ principals = [] }) => {
          arns.push(...principals)
        }),
      )
    }
  }
  const ids = arns.map((arn) => /:cert\/([0-9a-f]{64})$/.exec(arn)?.[1])
  return new Set(ids.filter((id) => id !== undefined))
}
