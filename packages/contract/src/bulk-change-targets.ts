import { type Static, Type } from 'typebox'
import { PlannedThing } from './planned-thing.ts'
import { ThingName } from './things.ts'

/** What one bulk change takes at most. */
export const MOST_BULK_CHANGE_TARGETS = 10_000

/**
 * What a change is meant for: things that are named one by one, new ones, those in a group (with the groups below), those that a
 * filter leaves or a query of the fleet index finds; for tags, resources by their ARNs.
 */
export const BulkChangeTargets = Type.Union([
  Type.Object({ thingNames: Type.Array(ThingName, { minItems: 1, maxItems: MOST_BULK_CHANGE_TARGETS }) }),
  Type.Object({ thingGroupName: ThingName }),
  Type.Object({ newThings: Type.Array(PlannedThing, { minItems: 1, maxItems: MOST_BULK_CHANGE_TARGETS }) }),
  Type.Object({
    query: Type.String({ minLength: 1, maxLength: 1_000, description: 'In the query syntax of fleet indexing' }),
  }),
  Type.Object({
    resourceArns: Type.Array(Type.String({ pattern: '^arn:[\\w-]+:iot:', maxLength: 2_048 }), {
      minItems: 1,
      maxItems: MOST_BULK_CHANGE_TARGETS,
    }),
  }),
  Type.Object(
    {
      thingTypeName: Type.Optional(ThingName),
      attributeName: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      attributeValue: Type.Optional(Type.String({ maxLength: 800 })),
    },
    { minProperties: 1 },
  ),
])
export type BulkChangeTargets = Static<typeof BulkChangeTargets>
