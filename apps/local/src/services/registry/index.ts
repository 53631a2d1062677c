import type { LocalContext } from '../../foundation/context.ts'
import type { RegistryAnswers } from '../../foundation/fleet-answers.ts'
import type { Json } from '../../foundation/fleet-sources.ts'
import type { Service } from '../../foundation/service.ts'
import type { ThingDirectory } from '../../foundation/thing-directory.ts'
import { indexBehind } from './fleet-index/index-behind.ts'
import { type EmissionParts, FleetMetricEmission } from './fleet-metrics/emission.ts'
import { registryHandlers } from './handlers.ts'
import { registryNeeds } from './needs.ts'
import { createRegistry, type Registry, type RegistryOptions } from './registry.ts'

/** What the registry is for the rest of the server. */
export interface RegistryService extends Service {
  readonly directory: ThingDirectory
  readonly answers: RegistryAnswers
}

/** Things, thing types, thing groups, billing groups, what is attached to things, and the index to find them by. */
export function registryService(
  context: LocalContext,
  { after, ...options }: RegistryOptions & Pick<EmissionParts, 'after'>,
): RegistryService {
  const registry = createRegistry(context, options)
  const { fleetMetrics: metrics, aggregations } = registry
  const handlers = registryHandlers(registry)
  const emission = new FleetMetricEmission(context, { metrics, aggregations, after })
  const endIndexing = indexBehind(context, after, registry.fleetIndex)
  return {
    name: 'registry',
    handlers: { iot: handlers },
    resources: {
      thingGroupName: 'thinggroup',
      thingName: 'thing',
      thingTypeName: 'thingtype',
      billingGroupName: 'billinggroup',
    },
    controlPlaneNeeds: registryNeeds(context.account),
    directory: directoryOf(registry),
    answers: {
      describeThing: (thingName) => jsonOf(handlers.DescribeThing({ thingName })),
      listThingGroupsForThing: (thingName) => jsonOf(handlers.ListThingGroupsForThing({ thingName })),
    },
    reset: () => registry.fleetIndex.reset(),
    close: () => {
      endIndexing()
      return emission.close()
    },
  }
}

function directoryOf(registry: Registry): ThingDirectory {
  const { things, thingTypes, thingGroups, memberships, principals, changes } = registry
  const groupArn = (name: string) => thingGroups.arnOf(name)
  return {
    thing: (thingName) => things.get(thingName),
    thingsOf: (principal) => principals.thingsOf(principal),
    exclusiveThingOf: (principal) => principals.exclusiveThingOf(principal),
    isAttached: (thingName, principal) => principals.isAttached(thingName, principal),
    groupArnsOf: (thingName) => memberships.ancestorsOf(thingName).map(groupArn),
    thingsIn: (thingGroupName, { token: nextToken, count: maxResults, examined }) => {
      const page = memberships.listThings({ thingGroupName, recursive: true, maxResults, nextToken }, examined)
      return { things: page.items, token: page.nextToken }
    },
    groupNameOf: (thingGroupId) => thingGroups.nameOf(thingGroupId),
    group: (name) => {
      const group = thingGroups.get(name)
      return group && { ancestors: group.ancestors.map(groupArn), dynamic: group.query !== undefined }
    },
    propagatingAttributesOf: (name) =>
      thingTypes.get(name)?.thingTypeProperties.mqtt5Configuration?.propagatingAttributes ?? [],
    changes,
  }
}

/** As an answer goes over the wire, where what is undefined is not there. */
const jsonOf = (answer: object): Json => JSON.parse(JSON.stringify(answer)) as Json // which is what JSON has
