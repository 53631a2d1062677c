import { AwsError } from '@thingdeck/aws-api'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, type PageRequest } from '../../foundation/paging.ts'
import type { Thing } from '../../foundation/thing.ts'
import type { FleetIndex, ThingSearch } from './fleet-index/fleet-index.ts'
import { QUERY_VERSION, THINGS_INDEX } from './fleet-index/index-queries.ts'
import { searchTokens } from './fleet-index/search-token.ts'
import type { DynamicGroupQuery, ThingGroup } from './thing-group.ts'
import { checkGroupVersion, requireGroup, sameGroup } from './thing-group-rules.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'
import type { ThingGroupWriter } from './thing-group-writer.ts'

const MAX_DYNAMIC_GROUPS = 100

/**
 * Dynamic thing groups: their members are the things that a query of the fleet index finds. Nobody keeps a list of
 * them; who is in is asked of the registry each time.
 * @see AWS IoT developer guide, "Dynamic thing groups"
 */
export class DynamicGroups {
  readonly #table: ThingGroupTable
  readonly #index: FleetIndex
  readonly #writer: ThingGroupWriter

  constructor(table: ThingGroupTable, index: FleetIndex, writer: ThingGroupWriter) {
    this.#table = table
    this.#index = index
    this.#writer = writer
  }

  /** Creates a group, or answers with the one that is there if it was made with the same query and properties. */
  create(input: IotInput<'CreateDynamicThingGroup'>): ThingGroup {
    const { thingGroupName, thingGroupProperties: properties, tags } = input
    const query = this.#checkedQuery(input, undefined)
    const group = this.#writer.draft(thingGroupName, properties, { ancestors: [], query })
    const present = this.#table.get(thingGroupName)
    if (present) return sameGroup(present.group, group)
    if (this.#table.readDynamic().length >= MAX_DYNAMIC_GROUPS) {
      throw new AwsError('LimitExceededException', `There can be at most ${MAX_DYNAMIC_GROUPS} dynamic thing groups`)
    }
    return this.#writer.insert(group, tags)
  }

  /** @returns the group as it is now */
  update(input: IotInput<'UpdateDynamicThingGroup'>): ThingGroup {
    const { thingGroupName, thingGroupProperties: properties, expectedVersion } = input
    const record = requireGroup(this.#table, thingGroupName)
    const query = checkDynamic(record.group)
    checkGroupVersion(record.group, expectedVersion)
    return this.#writer.update(record, properties, this.#checkedQuery(input, query))
  }

  /** An unknown group is no error. */
  delete({ thingGroupName, expectedVersion }: IotInput<'DeleteDynamicThingGroup'>): void {
    const record = this.#table.get(thingGroupName)
    if (!record) return
    checkDynamic(record.group)
    checkGroupVersion(record.group, expectedVersion)
    this.#writer.delete(record)
  }

  /**
   * The dynamic groups of a thing, the oldest first. Where more match than the thing has room for, the younger ones do
   * without it. Source: developer guide, "Older dynamic thing groups take priority over newer ones".
   * @param room how many groups the thing can still be in beside its static ones
   */
  groupsOf(thing: Thing, room: number): ThingGroupRecord[] {
    const groups: ThingGroupRecord[] = []
    if (!this.#index.queries.isThingIndexOn) return groups
    for (const record of this.#table.readDynamic()) {
      if (groups.length >= room) break
      const { query } = record.group
      if (query && this.#index.matchesThing(this.#index.queries.stored(query.queryString), thing)) groups.push(record)
    }
    return groups
  }

  /** How many there are. */
  get count(): number {
    return this.#table.countDynamic()
  }

  /** Names of the things of a group. A page may be short and still have a token. */
  listThings(
    { group }: ThingGroupRecord,
    query: DynamicGroupQuery,
    request: PageRequest,
    search: Pick<ThingSearch, 'accept' | 'examined'>,
  ): Page<string> {
    const tokens = searchTokens('ListThingsInThingGroup', [group.thingGroupId, query.queryString])
    const found = this.#index.findThings(this.#index.queries.stored(query.queryString), request, { ...search, tokens })
    return mapPage(found, ({ thingName }) => thingName)
  }

  #checkedQuery(
    input: Pick<IotInput<'UpdateDynamicThingGroup'>, 'indexName' | 'queryString' | 'queryVersion'>,
    stored: DynamicGroupQuery | undefined,
  ): DynamicGroupQuery {
    if (!this.#index.queries.isThingIndexOn) {
      // Source: what CloudFormation's own handler of AWS::IoT::ThingGroup tells this refusal by.
      throw notFound(
        'AWS IoT Fleet Indexing is not enabled. Please enable index by calling UpdateIndexingConfiguration.',
      )
    }
    const { indexName = THINGS_INDEX, queryVersion = QUERY_VERSION } = input
    const queryString = input.queryString ?? stored?.queryString ?? ''
    if (indexName !== THINGS_INDEX) throw invalidRequest(`Dynamic thing groups are of ${THINGS_INDEX} only`)
    this.#index.queries.parse({ queryString, queryVersion })
    return { indexName, queryString, queryVersion }
  }
}

/** @returns the query of a dynamic group; @throws {AwsError} InvalidRequestException for a static one */
function checkDynamic(group: ThingGroup): DynamicGroupQuery {
  if (group.query) return group.query
  throw invalidRequest(`This operation does not support static thing groups. Thing group arn: ${group.thingGroupArn}`)
}
