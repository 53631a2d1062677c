import {
  AddThingToThingGroupCommand,
  CreateDynamicThingGroupCommand,
  CreateThingGroupCommand,
  DeleteDynamicThingGroupCommand,
  DeleteThingGroupCommand,
  DescribeThingGroupCommand,
  type DescribeThingGroupCommandOutput,
  type IoTClient,
  ListThingGroupsCommand,
  ListThingsInThingGroupCommand,
  RemoveThingFromThingGroupCommand,
  UpdateDynamicThingGroupCommand,
  UpdateThingGroupCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  QueryOf,
  ThingGroup,
  ThingGroupPage,
  ThingGroupRef,
  ThingNamePage,
} from '@thingdeck/contract'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { readTags, tagList } from '../../aws/tags.ts'
import { Problem } from '../../problem.ts'

/** A group without its tags. */
export type BareThingGroup = Omit<ThingGroup, 'tags'>

/**
 * Thing groups, static and dynamic, and what is in them. Errors are AWS's own, and BAD_REQUEST for what AWS has no place
 * for.
 */
export interface ThingGroups {
  list(search: QueryOf<typeof endpoints.listThingGroups>): Promise<ThingGroupPage>
  /** One call, where {@link ThingGroups.describe} is two. */
  find(thingGroupName: string): Promise<BareThingGroup>
  describe(thingGroupName: string): Promise<ThingGroup>
  create(group: BodyOf<typeof endpoints.createThingGroup>): Promise<ThingGroup>
  update(before: BareThingGroup, change: BodyOf<typeof endpoints.updateThingGroup>): Promise<ThingGroup>
  delete(before: BareThingGroup, expectedVersion: number | undefined): Promise<void>
  things(thingGroupName: string, page: QueryOf<typeof endpoints.listThingGroupThings>): Promise<ThingNamePage>
  add(thingGroupName: string, thingName: string, overrideDynamicGroups: boolean): Promise<void>
  remove(thingGroupName: string, thingName: string): Promise<void>
}

export function createThingGroups(iot: IoTClient): ThingGroups {
  const groups: ThingGroups = {
    async list({ name, prefix, parent, isRoot = false, nextToken, maxResults }) {
      const { items: sifted, ...more } = await siftedPage(
        { name, nextToken, maxResults, nameOf: ({ thingGroupName }: ThingGroupRef) => thingGroupName },
        async ({ size, token }) => {
          const { thingGroups = [], nextToken: next } = await iot.send(
            new ListThingGroupsCommand({
              maxResults: size,
              ...(token !== undefined && { nextToken: token }),
              ...(prefix && { namePrefixFilter: prefix }),
              ...(parent !== undefined && { parentGroup: parent }),
              // Without a parent AWS lists all groups, unless it is told not to look below the highest ones.
              ...(isRoot && { recursive: false }),
            }),
          )
          const items = thingGroups.map(({ groupName = '', groupArn = '' }) => ({
            thingGroupName: groupName,
            thingGroupArn: groupArn,
          }))
          return { items, nextToken: next }
        },
      )
      return { thingGroups: sifted, ...more }
    },

    async find(thingGroupName) {
      return bareGroup(thingGroupName, await iot.send(new DescribeThingGroupCommand({ thingGroupName })))
    },

    async describe(thingGroupName) {
      const group = await groups.find(thingGroupName)
      const tags = await readTags(iot, group.thingGroupArn)
      return { ...group, ...(tags && { tags }) }
    },

    async create({ thingGroupName, parent, queryString, description, attributes = {}, tags = {} }) {
      if (parent !== undefined && queryString !== undefined)
        throw new Problem('BAD_REQUEST', 'body: a group has a parent or a query: no group is above a dynamic one.')
      const given = tagList(tags)
      const rest = {
        thingGroupName,
        thingGroupProperties: {
          ...(description && { thingGroupDescription: description }),
          ...(Object.keys(attributes).length > 0 && { attributePayload: { attributes } }),
        },
        ...(given.length > 0 && { tags: given }),
      }
      await (queryString === undefined
        ? iot.send(new CreateThingGroupCommand({ ...rest, ...(parent !== undefined && { parentGroupName: parent }) }))
        : iot.send(new CreateDynamicThingGroupCommand({ ...rest, queryString })))
      return groups.describe(thingGroupName)
    },

    async update({ thingGroupName, queryString: before }, { description, attributes, queryString, expectedVersion }) {
      if (before === undefined && queryString !== undefined)
        throw new Problem('BAD_REQUEST', `body/queryString: ${thingGroupName} is a static group, and has no query.`)
      const change = {
        thingGroupName,
        expectedVersion,
        thingGroupProperties: {
          thingGroupDescription: description,
          attributePayload: { attributes, merge: false },
        },
      }
      await (before === undefined
        ? iot.send(new UpdateThingGroupCommand(change))
        : iot.send(new UpdateDynamicThingGroupCommand({ ...change, queryString: queryString ?? before })))
      return groups.describe(thingGroupName)
    },

    async delete({ thingGroupName, queryString }, expectedVersion) {
      const input = { thingGroupName, ...(expectedVersion !== undefined && { expectedVersion }) }
      await (queryString === undefined
        ? iot.send(new DeleteThingGroupCommand(input))
        : iot.send(new DeleteDynamicThingGroupCommand(input)))
    },

    async things(thingGroupName, { recursive = false, nextToken, maxResults = 250 }) {
      const found = await iot.send(
        new ListThingsInThingGroupCommand({ thingGroupName, recursive, maxResults, ...(nextToken && { nextToken }) }),
      )
      return { thingNames: found.things ?? [], ...(found.nextToken && { nextToken: found.nextToken }) }
    },

    async add(thingGroupName, thingName, overrideDynamicGroups) {
      await iot.send(new AddThingToThingGroupCommand({ thingGroupName, thingName, overrideDynamicGroups }))
    },

    async remove(thingGroupName, thingName) {
      await iot.send(new RemoveThingFromThingGroupCommand({ thingGroupName, thingName }))
    },
  }
  return groups
}

function bareGroup(thingGroupName: string, found: DescribeThingGroupCommandOutput): BareThingGroup {
  const { thingGroupArn = '', thingGroupId, version = 1, queryString, status } = found
  const { thingGroupDescription, attributePayload } = found.thingGroupProperties ?? {}
  const { creationDate, rootToParentThingGroups = [] } = found.thingGroupMetadata ?? {}
  return {
    thingGroupName,
    thingGroupArn,
    version,
    attributes: attributePayload?.attributes ?? {},
    parents: rootToParentThingGroups.map(({ groupName = '' }) => groupName),
    ...(thingGroupId && { thingGroupId }),
    ...(thingGroupDescription && { description: thingGroupDescription }),
    ...(queryString !== undefined && { queryString }),
    ...(status && { status }),
    ...(creationDate && { createdAt: creationDate.toISOString() }),
  }
}
