import { invalidRequest } from '../../../foundation/errors.ts'
import type { IotHandlers } from '../../../foundation/iot-handlers.ts'
import type { ThingGroup } from '../thing-group.ts'
import { type FleetIndex, type FoundThing, type GroupNames, THING_GROUPS_INDEX } from './fleet-index.ts'
import { formatShadows } from './shadow-sections.ts'

/** Of SearchIndex; the API model names no upper bound for it. */
const MAX_PAGE_SIZE = 500

/**
 * The operations of fleet indexing but for aggregations.
 * @param groupNamesOf all groups of a thing, dynamic ones too
 */
export function fleetIndexHandlers(index: FleetIndex, groupNamesOf: GroupNames) {
  return {
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
        throw invalidRequest(`maxResults can be at most ${MAX_PAGE_SIZE}, not ${input.maxResults}`)
      }
      const indexName = index.requireIndex(input.indexName)
      const query = index.parse(input.queryString, input.queryVersion)
      if (indexName === THING_GROUPS_INDEX) {
        const { items, nextToken } = index.searchThingGroups(query, input)
        return { thingGroups: items.map(shownGroup), things: [], nextToken }
      }
      const { items, nextToken } = index.searchThings(query, input, { listing: 'SearchIndex', groupNamesOf })
      return { things: items.map(shownThing), thingGroups: [], nextToken }
    },
  } satisfies IotHandlers
}

const shownThing = ({ thing, groupNames, shadows, connectivity }: FoundThing) => ({
  thingName: thing.thingName,
  thingId: thing.thingId,
  thingTypeName: thing.thingTypeName,
  thingGroupNames: groupNames.length > 0 ? [...groupNames] : undefined,
  attributes: { ...thing.attributes },
  shadow: shadows && formatShadows(shadows),
  connectivity,
})

const shownGroup = (group: ThingGroup) => ({
  thingGroupName: group.thingGroupName,
  thingGroupId: group.thingGroupId,
  thingGroupDescription: group.description,
  attributes: { ...group.attributes },
  parentGroupNames: [...group.ancestors],
})
