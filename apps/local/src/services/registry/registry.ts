import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { FleetSources } from '../../foundation/fleet-sources.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { BillingGroups } from './billing-groups.ts'
import { DynamicGroups } from './dynamic-groups.ts'
import { Aggregations } from './fleet-index/aggregations.ts'
import { FleetIndex } from './fleet-index/fleet-index.ts'
import { FleetMetrics } from './fleet-metrics/fleet-metrics.ts'
import { IndexingEntries } from './indexing-entries.ts'
import { Memberships } from './memberships.ts'
import { ThingGroupTable } from './thing-group-table.ts'
import { ThingGroupWriter } from './thing-group-writer.ts'
import { ThingGroups } from './thing-groups.ts'
import { type PrincipalExists, ThingPrincipals } from './thing-principals.ts'
import { ThingSearchTable } from './thing-search-table.ts'
import { ThingTable } from './thing-table.ts'
import { ThingTypes } from './thing-types.ts'
import { Things } from './things.ts'

/** The registry of the embedded server. It keeps nothing in memory: `Database.clear()` empties it. */
export interface Registry {
  readonly things: Things
  readonly thingTypes: ThingTypes
  readonly thingGroups: ThingGroups
  readonly dynamicGroups: DynamicGroups
  readonly memberships: Memberships
  readonly billingGroups: BillingGroups
  readonly principals: ThingPrincipals
  readonly fleetIndex: FleetIndex
  readonly aggregations: Aggregations
  readonly fleetMetrics: FleetMetrics
  /** What the index shows beside the registry. */
  readonly sources: FleetSources
  /**
   * Told after each change, before the call that made it returns. (A change within a transaction of the caller is told
   * before that transaction ends.)
   */
  readonly changes: Changes<RegistryChange>
}

export interface RegistryOptions extends FleetSources {
  readonly tags: TagKeeper
  readonly principalExists: PrincipalExists
}

/** Builds the registry on the tables in `context.database`: first the tables, then the rules that look at them. */
export function createRegistry(context: LocalContext, options: RegistryOptions): Registry {
  const { tags, principalExists, ...sources } = options
  const { database, account } = context
  const changes = new Changes<RegistryChange>()
  const thingTable = new ThingTable(database, account)
  const groupTable = new ThingGroupTable(database, account)
  const thingTypes = new ThingTypes(context, thingTable, tags, changes)
  const billingGroups = new BillingGroups(context, thingTable, tags, changes)
  const principals = new ThingPrincipals(context, thingTable, principalExists, changes)
  const things = new Things(context, { table: thingTable, groupTable, thingTypes, billingGroups, principals }, changes)
  const groupWriter = new ThingGroupWriter(context, groupTable, tags, changes)
  const fleetIndex = new FleetIndex(context, new ThingSearchTable(database, thingTable, sources), groupTable, sources)
  const dynamicGroups = new DynamicGroups(groupTable, fleetIndex, groupWriter)
  const memberships = new Memberships(context, { thingTable, groupTable, dynamicGroups }, changes)
  const aggregations = new Aggregations(fleetIndex, (thing) => memberships.groupNamesOf(thing))
  new IndexingEntries(context, {
    ...{ things, memberships, index: fleetIndex, changes },
    shadowChanges: sources.shadowChanges,
  })
  return {
    things,
    thingTypes,
    thingGroups: new ThingGroups(context, groupTable, groupWriter),
    dynamicGroups,
    memberships,
    billingGroups,
    principals,
    fleetIndex,
    aggregations,
    fleetMetrics: new FleetMetrics(context, { index: fleetIndex, aggregations, tags }),
    sources,
    changes,
  }
}
