import { endpoints } from '@thingdeck/contract'
import type { FastifyInstance } from 'fastify'
import { THINGS_INDEX } from '../../aws/fleet-index.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Fleet } from './fleet.ts'
import { type AttributeFilter, parseAttributeFilter } from './fleet-query.ts'
import type { RegistrySearch } from './registry-search.ts'

/** A query of the API apart: what is looked for, and which page of it. */
function split<Rest extends object>({
  attribute = [],
  nextToken,
  maxResults,
  field,
  ...rest
}: Rest & {
  readonly attribute?: string[]
  readonly nextToken?: string
  readonly maxResults?: number
  readonly field?: string[]
}) {
  const attributes = attribute.map((text): AttributeFilter => {
    const parsed = parseAttributeFilter(text)
    if (!parsed) throw new Problem('BAD_REQUEST', `querystring/attribute must be name=value or name^beginning: ${text}`)
    return parsed
  })
  return {
    filter: { ...rest, attributes },
    page: {
      ...(nextToken !== undefined && { nextToken }),
      ...(maxResults !== undefined && { maxResults }),
      ...(field && { fields: field }),
    },
  }
}

interface FleetParts {
  readonly fleet: Fleet
  readonly registry: RegistrySearch
}

/** Searching things. */
export function fleetRoutes(app: FastifyInstance, { fleet, registry }: FleetParts): void {
  route(app, endpoints.describeFleetIndex, async () => fleet.status())

  route(app, endpoints.turnOnFleetIndex, async (request) => {
    const before = await fleet.status()
    const after = await fleet.turnOn(request.body)
    request.noteAudit({ resource: { type: 'index', id: THINGS_INDEX }, changes: changedMembers(before, after) })
    return after
  })

  route(app, endpoints.searchFleet, async ({ query: { jobId, jobStatus: status, ...query } }) => {
    const { filter, page } = split(query)
    if (jobId !== undefined) return fleet.searchJob({ jobId, ...(status !== undefined && { status }) }, filter, page)
    if (status !== undefined) throw new Problem('BAD_REQUEST', 'querystring/jobStatus is of a job: name it by jobId.')
    return fleet.search(filter, page)
  })

  route(app, endpoints.searchRegistry, async ({ query }) => {
    const { filter, page } = split(query)
    return registry.search(filter, page)
  })

  route(app, endpoints.countFleet, async ({ query }) => fleet.count(split(query).filter))

  route(app, endpoints.countFleetBuckets, async ({ query }) => fleet.buckets(query))

  route(app, endpoints.sampleFleet, async ({ query }) => fleet.sample(query.query))
}
