import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import {
  FleetCount,
  FleetIndexStatus,
  FleetThingPage,
  RegistrySearchPage,
  ThingName,
  TurnOnFleetIndex,
} from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { Problem } from '../../problem.ts'
import { type Fleet, THINGS_INDEX } from './fleet.ts'
import { type AttributeFilter, parseAttributeFilter } from './fleet-query.ts'
import type { RegistrySearch } from './registry-search.ts'

/** What the registry knows of a thing too. */
const RegistryFilter = {
  name: Type.Optional(ThingName),
  namePrefix: Type.Optional(ThingName),
  nameContains: Type.Optional(ThingName),
  thingTypeName: Type.Optional(ThingName),
  attribute: Type.Optional(
    Type.Array(Type.String({ maxLength: 930 }), { maxItems: 8, description: '`name=value`, or `name^beginning`' }),
  ),
}
const Filter = {
  ...RegistryFilter,
  thingGroupName: Type.Optional(ThingName),
  connected: Type.Optional(Type.Boolean()),
}
const FilterQuery = Type.Object(Filter)
const Page = {
  nextToken: Type.Optional(Type.String({ maxLength: 8192 })),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}

function toFilter<Rest extends object>({
  attribute = [],
  ...rest
}: Rest & { readonly attribute?: string[] }): Omit<Rest, 'attribute'> & { readonly attributes: AttributeFilter[] } {
  const attributes = attribute.map((text) => {
    const parsed = parseAttributeFilter(text)
    if (!parsed) throw new Problem('BAD_REQUEST', `querystring/attribute must be name=value or name^beginning: ${text}`)
    return parsed
  })
  return { ...rest, attributes }
}

interface FleetRoutesOptions {
  readonly fleet: Fleet
  readonly registry: RegistrySearch
}

/** Searching things. Not below `/api/things/`, where every word is a thing's name. */
export const fleetRoutes: FastifyPluginAsyncTypebox<FleetRoutesOptions> = async (app, { fleet, registry }) => {
  app.get(
    '/api/fleet/index',
    { config: { access: 'viewer' }, schema: { response: { 200: FleetIndexStatus } } },
    async () => fleet.status(),
  )

  app.post(
    '/api/fleet/index',
    {
      config: { access: 'admin', audit: 'UpdateIndexingConfiguration' },
      schema: { body: TurnOnFleetIndex, response: { 200: FleetIndexStatus } },
    },
    async (request) => {
      const before = await fleet.status()
      const after = await fleet.turnOn(request.body.connectivity)
      request.noteAudit({ resource: { type: 'index', id: THINGS_INDEX }, changes: changedMembers(before, after) })
      return after
    },
  )

  app.get(
    '/api/fleet/things',
    {
      config: { access: 'viewer' },
      schema: {
        querystring: Type.Object({
          ...Filter,
          ...Page,
        }),
        response: { 200: FleetThingPage },
      },
    },
    async ({ query: { nextToken, maxResults, ...filter } }) =>
      fleet.search(toFilter(filter), {
        ...(nextToken !== undefined && { nextToken }),
        ...(maxResults !== undefined && { maxResults }),
      }),
  )

  app.get(
    '/api/fleet/registry',
    {
      config: { access: 'viewer' },
      schema: {
        querystring: Type.Object({
          ...RegistryFilter,
          ...Page,
          maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
        }),
        response: { 200: RegistrySearchPage },
      },
    },
    async ({ query: { nextToken, maxResults, ...filter } }) =>
      registry.search(toFilter(filter), {
        ...(nextToken !== undefined && { nextToken }),
        ...(maxResults !== undefined && { maxResults }),
      }),
  )

  app.get(
    '/api/fleet/count',
    { config: { access: 'viewer' }, schema: { querystring: FilterQuery, response: { 200: FleetCount } } },
    async ({ query }) => fleet.count(toFilter(query)),
  )
}
