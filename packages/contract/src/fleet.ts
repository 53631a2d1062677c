import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { JOB_EXECUTION_STATUSES } from './job-executions.ts'
import { JobId } from './jobs.ts'
import { oneOf } from './one-of.ts'
import { ShadowName } from './shadows.ts'
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
  shadows: Type.Optional(Type.Literal(true, { description: 'It knows classic shadows' })),
  namedShadows: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, description: 'Names of the named shadows that it knows' }),
  ),
  violations: Type.Optional(Type.Literal(true, { description: 'It knows what Device Defender found' })),
})
export type FleetIndexStatus = Static<typeof FleetIndexStatus>

/** Turns the index on, or has it know more; what it indexes already stays. */
export const TurnOnFleetIndex = Type.Object({
  connectivity: Type.Boolean(),
  shadows: Type.Optional(Type.Literal(true, { description: 'Classic shadows too' })),
  namedShadows: Type.Optional(
    Type.Array(ShadowName, { minItems: 1, maxItems: 10, description: 'These too, beside those that it knows' }),
  ),
  violations: Type.Optional(Type.Literal(true, { description: 'What Device Defender finds, too' })),
  customFields: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1, maxLength: 1_024 }),
        type: oneOf(['Number', 'String', 'Boolean']),
      }),
      { minItems: 1, maxItems: 5, description: 'By which things can be counted, beside those that there are' },
    ),
  ),
})
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
  values: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'Of the fields that were asked for, those that it has: a text as it is, all else as JSON',
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

/** How many of the things that a query finds have each value of a field. */
export const FleetBuckets = Type.Object({
  about: Type.Integer({ description: 'Things that the query finds; the index lags behind a little' }),
  buckets: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }), {
    description: 'The most frequent first, about',
  }),
  distinct: Type.Optional(Type.Integer({ description: 'How many values there are, about' })),
  statistics: Type.Optional(
    Type.Object(
      {
        count: Type.Integer(),
        minimum: Type.Optional(Type.Number()),
        average: Type.Optional(Type.Number()),
        maximum: Type.Optional(Type.Number()),
        percentiles: Type.Array(Type.Object({ percent: Type.Number(), value: Type.Number() })),
      },
      { description: 'Of numbers; AWS estimates percentiles' },
    ),
  ),
})
export type FleetBuckets = Static<typeof FleetBuckets>

/** What things hold that a query finds: paths of attributes and shadows, as the beginning of the list has them. */
export const FleetSample = Type.Object({
  fields: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Type.String()) }), {
    description: 'Fields as queries name them, with some values that were seen',
  }),
  lookedAt: Type.Integer({ description: 'So many things' }),
})
export type FleetSample = Static<typeof FleetSample>

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
/** AWS takes 1,000 characters, and says so itself. */
const FleetQueryString = Type.String({ minLength: 1, maxLength: 4_000 })

const filter = {
  query: Type.Optional(
    Type.String({
      ...FleetQueryString,
      description: 'In the query syntax of fleet indexing; with the others, all hold',
    }),
  ),
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
const FieldName = Type.String({ minLength: 1, maxLength: 1_024, description: 'As queries name it' })
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
      jobId: Type.Optional(
        Type.String({ ...JobId, description: 'Things that this job has an execution for; they are found by name' }),
      ),
      jobStatus: Type.Optional(
        oneOf(JOB_EXECUTION_STATUSES, { description: 'With `jobId`: those whose execution has this status' }),
      ),
      field: Type.Optional(
        Type.Array(FieldName, { maxItems: 20, description: 'Fields of shadows or of the connection to answer, too' }),
      ),
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
  countFleetBuckets: {
    method: 'GET',
    path: '/api/fleet/buckets',
    summary: 'How the things that a query finds are spread over the values of a field',
    access: 'viewer',
    query: Type.Object({
      query: Type.Optional(FleetQueryString),
      field: FieldName,
      type: Type.Optional(oneOf(['Number', 'String', 'Boolean'])),
      maxBuckets: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answer: json(FleetBuckets),
  },
  sampleFleet: {
    method: 'GET',
    path: '/api/fleet/sample',
    summary: 'Which attributes and shadow fields there are, as some things have them',
    access: 'viewer',
    query: Type.Object({ query: Type.Optional(FleetQueryString) }),
    answer: json(FleetSample),
  },
})
