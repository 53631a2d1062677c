import { type Static, Type } from 'typebox'
import { Thing } from './things.ts'

/**
 * `GET /api/fleet/index`: whether things can be searched. `BUILDING` answers no query yet; `REBUILDING` answers by what
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

/** `POST /api/fleet/index`: turns the index on; what it indexes already stays. */
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
    }),
  ),
})
export type FleetThing = Static<typeof FleetThing>

/**
 * `GET /api/fleet/things`. A page may be short or empty and still have a token: the search goes on behind it.
 * Refused with AWS's `ResourceNotFoundException` or `IndexNotReadyException` while there is no index.
 */
export const FleetThingPage = Type.Object({
  things: Type.Array(FleetThing),
  nextToken: Type.Optional(Type.String()),
})
export type FleetThingPage = Static<typeof FleetThingPage>

/**
 * `GET /api/fleet/registry`: a search that needs no index. It looks through the beginning of the registry, and asks for
 * the thing that has the text as its whole name wherever that is. The token is of this route only.
 */
export const RegistrySearchPage = Type.Object({
  things: Type.Array(Thing),
  nextToken: Type.Optional(Type.String()),
  onlyFirst: Type.Optional(
    Type.Integer({ description: 'So many things were looked through, and the registry has more' }),
  ),
})
export type RegistrySearchPage = Static<typeof RegistrySearchPage>

/** `GET /api/fleet/count`: the index lags behind the registry a little, hence `about`; absent where AWS does not count. */
export const FleetCount = Type.Object({ about: Type.Optional(Type.Integer()) })
export type FleetCount = Static<typeof FleetCount>
