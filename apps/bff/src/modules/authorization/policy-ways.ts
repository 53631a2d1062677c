import {
  GetPolicyCommand,
  type IoTClient,
  paginateListAttachedPolicies,
  paginateListThingGroupsForThing,
} from '@aws-sdk/client-iot'
import type { EffectivePolicy, PolicyWay } from '@thingdeck/contract'
import type { PolicyText } from '../../aws/connection-facts.ts'
import type { Pace } from '../../aws/pace.ts'
import { collected } from '../../aws/pages.ts'
import { isRefused } from '../../aws/why-unread.ts'

interface Asked {
  readonly iot: IoTClient
  readonly pace: Pace
}

/** Says of each policy which version it is and how it reaches the principal; what may not be read is left out. */
export async function withWays(
  asked: Asked,
  principal: string,
  thingName: string | undefined,
  policies: readonly PolicyText[],
): Promise<EffectivePolicy[]> {
  const ways = await waysOf(asked, principal, thingName, policies)
  return Promise.all(
    policies.map(async ({ policyName, document }) => {
      const versionId = await unlessRefused(defaultVersion(asked, policyName))
      return { policyName, document, ways: ways.get(policyName) ?? [], ...(versionId !== undefined && { versionId }) }
    }),
  )
}

async function waysOf(
  asked: Asked,
  principal: string,
  thingName: string | undefined,
  policies: readonly PolicyText[],
): Promise<ReadonlyMap<string, PolicyWay[]>> {
  const ways = new Map<string, PolicyWay[]>()
  const add = (names: readonly string[] | undefined, way: PolicyWay) => {
    for (const name of names ?? []) ways.set(name, [...(ways.get(name) ?? []), way])
  }
  const own = await unlessRefused(attached(asked, principal))
  add(own, { kind: 'principal' })
  if (thingName === undefined || policies.every(({ policyName }) => own?.includes(policyName))) return ways
  for (const { groupName = '', groupArn = '' } of (await unlessRefused(groupsOf(asked, thingName))) ?? []) {
    add(await unlessRefused(attached(asked, groupArn)), { kind: 'thing-group', thingGroupName: groupName })
  }
  return ways
}

/** Those of a group are also those of the groups above it. */
async function attached({ iot, pace }: Asked, target: string): Promise<string[]> {
  await pace.turn()
  const pages = paginateListAttachedPolicies({ client: iot }, { target, recursive: true })
  return collected(pages, ({ policies = [] }) => policies.flatMap(({ policyName }) => policyName ?? []))
}

const groupsOf = ({ iot }: Asked, thingName: string) =>
  collected(paginateListThingGroupsForThing({ client: iot }, { thingName }), ({ thingGroups }) => thingGroups)

async function defaultVersion({ iot, pace }: Asked, policyName: string): Promise<string | undefined> {
  await pace.turn()
  return (await iot.send(new GetPolicyCommand({ policyName }))).defaultVersionId
}

async function unlessRefused<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}
