import type { LocalContext } from '../../foundation/context.ts'
import { Tags } from '../tags/tags.ts'
import { BillingGroups } from './billing-groups.ts'
import { Changes, type RegistryListener } from './changes.ts'
import { DynamicGroups } from './dynamic-groups.ts'
import { FleetIndex, type FleetSources } from './fleet-index/fleet-index.ts'
import { Memberships } from './memberships.ts'
import type { Thing } from './thing.ts'
import { ThingGroupTable } from './thing-group-table.ts'
import { ThingGroupWriter } from './thing-group-writer.ts'
import { ThingGroups } from './thing-groups.ts'
import { ThingPrincipals } from './thing-principals.ts'
import { ThingSearchTable } from './thing-search-table.ts'
import { ThingTable } from './thing-table.ts'
import { ThingTypes } from './thing-types.ts'
import { type ThingNeighbours, Things } from './things.ts'

/** The registry of the embedded server. It keeps nothing in memory: `Database.clear()` empties it. */
export interface Registry {
  readonly things: Things
  readonly thingTypes: ThingTypes
  readonly thingGroups: ThingGroups
  readonly dynamicGroups: DynamicGroups
  readonly memberships: Memberships
  readonly billingGroups: BillingGroups
  readonly principals: ThingPrincipals
  readonly tags: Tags
  readonly fleetIndex: FleetIndex
  /**
   * Calls the listener after each change, before the call that made it returns. (A change within a transaction of the
   * caller is told before that transaction ends.)
   * @returns a function that ends the subscription
   */
  onChanged(listener: RegistryListener): () => void
}

export interface RegistryOptions extends FleetSources {
  /** Whether there is this certificate (by ARN) or this Cognito identity (by id). */
  readonly principalExists: (principal: string) => boolean
}

/** Builds the registry on the tables in `context.database`. */
export function createRegistry(context: LocalContext, { principalExists, ...sources }: RegistryOptions): Registry {
  const changes = new Changes()
  const tags = new Tags(context)
  const thingTable = new ThingTable(context.database, context.account)
  const groupTable = new ThingGroupTable(context.database, context.account)
  const groupWriter = new ThingGroupWriter(context, groupTable, tags, changes)
  const thingTypes = new ThingTypes(context, (name) => things.isTypeUsed(name), tags, changes)
  const thingGroups = new ThingGroups(context, groupTable, groupWriter)
  const fleetIndex = new FleetIndex(context, new ThingSearchTable(context.database, thingTable), groupTable, {
    ...sources,
    staticGroupNamesOf: (thing) => withBillingGroup(memberships.ancestorsOf(thing.thingName), thing),
    groupNamesOf: (thing) => {
      const direct = memberships.groupsOf(thing).map(({ thingGroupName }) => thingGroupName)
      return withBillingGroup([...new Set([...memberships.ancestorsOf(thing.thingName), ...direct])], thing)
    },
    hasDynamicGroups: () => groupTable.hasDynamic(),
  })
  const dynamicGroups = new DynamicGroups(groupTable, fleetIndex, groupWriter)
  const requireThing = (name: string): Thing => things.require(name)
  const memberships = new Memberships(context, groupTable, { requireThing, dynamicGroups }, changes)
  const principals = new ThingPrincipals(context, { requireThing, principalExists }, changes)
  const neighbours: ThingNeighbours = {
    isTypeDeprecated: (name) => thingTypes.require(name).thingTypeMetadata.deprecated,
    requireBillingGroup: (name) => billingGroups.require(name),
    hasPrincipals: (name) => principals.hasPrincipals(name),
    leaveAllGroups: (name) => memberships.leaveAll(name),
  }
  const things = new Things(context, thingTable, neighbours, changes)
  const billingGroups = new BillingGroups(context, things, tags, changes)
  return {
    things,
    thingTypes,
    thingGroups,
    dynamicGroups,
    memberships,
    billingGroups,
    principals,
    tags,
    fleetIndex,
    onChanged: (listener) => changes.subscribe(listener),
  }
}

const withBillingGroup = (names: readonly string[], { billingGroupName }: Thing): readonly string[] =>
  billingGroupName === undefined ? names : [...names, billingGroupName]
