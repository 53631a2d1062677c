import { invalidRequest } from '../../../foundation/errors.ts'
import type { IotHandlers } from '../../../foundation/iot-handlers.ts'
import type { Attributes } from '../attributes.ts'
import type { ThingGroup } from '../thing-group.ts'
import type { Aggregations } from './aggregations.ts'
import type { FleetIndex } from './fleet-index.ts'
import { THING_GROUPS_INDEX } from './index-queries.ts'
import { searchTokens } from './search-token.ts'
import { formatShadows } from './shadow-sections.ts'
import type { FoundThing, GroupNames } from './thing-view.ts'

/** Of SearchIndex: "This maximum number cannot exceed 100", API reference; the API model names no upper bound. */
const MAX_PAGE_SIZE = 100

/**
 * The operations of fleet indexing.
 * @param groupNamesOf all groups of a thing, dynamic ones too
 */
export function fleetIndexHandlers(index: FleetIndex, aggregations: Aggregations, groupNamesOf: GroupNames) {
  return {
    GetStatistics: (input) => aggregations.statistics(input),
    GetPercentiles: (input) => aggregations.percentiles(input),
    GetCardinality: (input) => aggregations.cardinality(input),
    GetBucketsAggregation: (input) => aggregations.buckets(input),
    GetIndexingConfiguration: () => ({
      thingIndexingConfiguration: index.configuration.things,
      thingGroupIndexingConfiguration: index.configuration.thingGroups,
    }),
    UpdateIndexingConfiguration: (input) => {
      index.updateConfiguration(input)
      return {}
    },
    DescribeIndex: ({ indexName }) => ({ indexName, indexStatus: 'ACTIVE', schema: index.schemaOf(indexName) }),
    ListIndices: (input) => {
      const { items, nextToken } = index.listIndices(input)
      return { indexNames: items, nextToken }
    },
    SearchIndex: (input) => {
      if (input.maxResults !== undefined && input.maxResults > MAX_PAGE_SIZE) {
        throw invalidRequest(
          `1 validation error detected: Value '${input.maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${MAX_PAGE_SIZE}`,
        )
      }
      const { index: asked, query } = index.queries.parse(input)
      const tokens = searchTokens('SearchIndex', [input.queryString, input.indexName, input.queryVersion])
      if (asked === THING_GROUPS_INDEX) {
        const { items, nextToken } = index.searchThingGroups(query, input, tokens)
        return { thingGroups: items.map(shownGroup), nextToken }
      }
      const { items, nextToken } = index.searchThings(query, input, { tokens, groupNamesOf })
      return { things: items.map(shownThing), nextToken }
    },
  } satisfies IotHandlers
}

const shownThing = ({ thing, groupNames, shadows, connectivity }: FoundThing) => ({
  thingName: thing.thingName,
  thingId: thing.thingId,
  thingTypeName: thing.thingTypeName,
  thingGroupNames: groupNames.length > 0 ? [...groupNames] : undefined,
  attributes: shownAttributes(thing.attributes),
  shadow: shadows && formatShadows(shadows),
  connectivity,
})

/** What a thing does not have is no member of what is found. */
const shownAttributes = (attributes: Attributes) => (Object.keys(attributes).length > 0 ? { ...attributes } : undefined)

const shownGroup = (group: ThingGroup) => ({
  thingGroupName: group.thingGroupName,
  thingGroupId: group.thingGroupId,
  thingGroupDescription: group.description,
  attributes: shownAttributes(group.attributes),
  parentGroupNames: group.ancestors.length > 0 ? [...group.ancestors] : undefined,
})
