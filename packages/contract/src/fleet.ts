import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { NextToken, Thing, ThingName } from './things.ts'

/**
 * Whether things can be searched. `BUILDING` answers no query yet; `REBUILDING` answers by what
 * it had before (AWS IoT API reference, DescribeIndex).
 */
export const FleetIndexStatus = Type.Object({
  status: Type.Union([
    Type.Literal('OFF'),
    Type.Literal('BUILDING'),
    Type.Literal('REBUILDING'),
    Type.Literal('ACTIVE'),
  ]),
  connectivity: Type.Boolean({ description: 'Whether the index knows which devices are connected' }),
})
export type FleetIndexStatus = Static<typeof FleetIndexStatus>

/** Turns the index on; what it indexes already stays. */
export const TurnOnFleetIndex = Type.Object({ connectivity: Type.Boolean() })
export type TurnOnFleetIndex = Static<typeof TurnOnFleetIndex>

/** A thing as the fleet index has it: no ARN and no version, but its groups and, where indexed, its connection. */
export const FleetThing = Type.Object({
  thingName: Type.String(),
  thingTypeName: Type.Optional(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  thingGroupNames: Type.Array(Type.String()),
  connectivity: Type.Optional(
    Type.Object({
      connected: Type.Boolean(),
      changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When it connected or disconnected' })),
      disconnectReason: Type.Optional(Type.String()),
      clientId: Type.Optional(Type.String()),
    }),
  ),
})
export type FleetThing = Static<typeof FleetThing>

/**
 * A page may be short or empty and still have a token: the search goes on behind it.
 * Refused with AWS's `ResourceNotFoundException` or `IndexNotReadyException` while there is no index.
 */
export const FleetThingPage = Type.Object({
  things: Type.Array(FleetThing),
  nextToken: Type.Optional(Type.String()),
})
export type FleetThingPage = Static<typeof FleetThingPage>

/**
 * A search that needs no index. It looks through the beginning of the registry, and asks for
 * the thing that has the text as its whole name wherever that is. The token is of this search only.
 */
export const RegistrySearchPage = Type.Object({
  things: Type.Array(Thing),
  nextToken: Type.Optional(Type.String()),
  onlyFirst: Type.Optional(
    Type.Integer({ description: 'So many things were looked through, and the registry has more' }),
  ),
})
export type RegistrySearchPage = Static<typeof RegistrySearchPage>

/** The index lags behind the registry a little, hence `about`; absent where AWS does not count. */
export const FleetCount = Type.Object({ about: Type.Optional(Type.Integer()) })
export type FleetCount = Static<typeof FleetCount>

/** A search in the query syntax of fleet indexing. */
export const FleetQuery = Type.Object({
  queryString: Type.String(),
  isExact: Type.Boolean({
    description: 'Not so: the syntax has no place for some character, and finds things that only look like it, too',
  }),
})
export type FleetQuery = Static<typeof FleetQuery>

/** What the registry knows of a thing, too. */
const registryFilter = {
  name: Type.Optional(ThingName),
  namePrefix: Type.Optional(ThingName),
  nameContains: Type.Optional(ThingName),
  thingTypeName: Type.Optional(ThingName),
  attribute: Type.Optional(
    Type.Array(Type.String({ maxLength: 930 }), { maxItems: 8, description: '`name=value`, or `name^beginning`' }),
  ),
}
const filter = {
  ...registryFilter,
  thingGroupName: Type.Optional(ThingName),
  connected: Type.Optional(Type.Boolean()),
  disconnectReason: Type.Optional(
    Type.String({ pattern: '^[A-Z_]{1,64}$', description: 'As lifecycle events have it, e.g. `CONNECTION_LOST`' }),
  ),
  changedAfter: Type.Optional(
    Type.String({ format: 'date-time', description: 'Connected or disconnected since then' }),
  ),
}
const nextToken = Type.Optional(NextToken)

/** Not below `/api/things/`, where every word is a thing's name. */
export const fleetEndpoints = defineEndpoints({
  describeFleetIndex: {
    method: 'GET',
    path: '/api/fleet/index',
    summary: 'Whether things can be searched',
    access: 'viewer',
    answer: json(FleetIndexStatus),
  },
  turnOnFleetIndex: {
    method: 'POST',
    path: '/api/fleet/index',
    summary: 'Turns the fleet index on',
    access: 'admin',
    audit: 'UpdateIndexingConfiguration',
    body: TurnOnFleetIndex,
    answer: json(FleetIndexStatus),
  },
  searchFleet: {
    method: 'GET',
    path: '/api/fleet/things',
    summary: 'A page of the things that the fleet index finds',
    access: 'viewer',
    query: Type.Object({
      ...filter,
      nextToken,
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answer: json(FleetThingPage),
  },
  searchRegistry: {
    method: 'GET',
    path: '/api/fleet/registry',
    summary: 'A page of the things that are found without an index',
    access: 'viewer',
    query: Type.Object({
      ...registryFilter,
      nextToken,
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(RegistrySearchPage),
  },
  countFleet: {
    method: 'GET',
    path: '/api/fleet/count',
    summary: 'About how many things match',
    access: 'viewer',
    query: Type.Object(filter),
    answer: json(FleetCount),
  },
  formatFleetQuery: {
    method: 'GET',
    path: '/api/fleet/query',
    summary: 'A search in the words of the fleet index',
    access: 'viewer',
    query: Type.Object(filter),
    answer: json(FleetQuery),
  },
})
