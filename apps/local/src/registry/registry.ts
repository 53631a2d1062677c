import type { LocalContext } from '../context.ts'
import { BillingGroups } from './billing-groups.ts'
import { Changes, type RegistryListener } from './changes.ts'
import { Memberships } from './memberships.ts'
import { Tags } from './tags.ts'
import { ThingGroupTable } from './thing-group-table.ts'
import { ThingGroups } from './thing-groups.ts'
import { ThingPrincipals } from './thing-principals.ts'
import { ThingTypes } from './thing-types.ts'
import { Things } from './things.ts'

/** The registry of the embedded server. It keeps nothing in memory: `Database.clear()` empties it. */
export interface Registry {
  readonly things: Things
  readonly thingTypes: ThingTypes
  readonly thingGroups: ThingGroups
  readonly memberships: Memberships
  readonly billingGroups: BillingGroups
  readonly principals: ThingPrincipals
  readonly tags: Tags
  /**
   * Calls the listener after each change, before the call that made it returns. (A change within a transaction of the
   * caller is told before that transaction ends.)
   * @returns a function that ends the subscription
   */
  onChanged(listener: RegistryListener): () => void
}

export interface RegistryOptions {
  /** Whether there is this certificate (by ARN) or this Cognito identity (by id). */
  readonly principalExists: (principal: string) => boolean
}

/** Builds the registry on the tables in `context.database`. */
export function createRegistry(context: LocalContext, { principalExists }: RegistryOptions): Registry {
  const changes = new Changes()
  const tags = new Tags(context)
  const thingTypes = new ThingTypes(context, (name) => things.isTypeUsed(name), tags, changes)
  const groupTable = new ThingGroupTable(context.database, context.account)
  const thingGroups = new ThingGroups(context, groupTable, tags, changes)
  const memberships = new Memberships(context, groupTable, (name) => things.require(name), changes)
  const principals = new ThingPrincipals(
    context,
    { requireThing: (name) => things.require(name), principalExists },
    changes,
  )
  const things: Things = new Things(
    context,
    {
      isTypeDeprecated: (name) => thingTypes.require(name).thingTypeMetadata.deprecated,
      requireBillingGroup: (name) => billingGroups.require(name),
      hasPrincipals: (name) => principals.hasPrincipals(name),
      leaveAllGroups: (name) => memberships.leaveAll(name),
    },
    changes,
  )
  const billingGroups: BillingGroups = new BillingGroups(context, things, tags, changes)
  return {
    things,
    thingTypes,
    thingGroups,
    memberships,
    billingGroups,
    principals,
    tags,
    onChanged: (listener) => changes.subscribe(listener),
  }
}
