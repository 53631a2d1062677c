import {
  DescribeThingCommand,
  type IoTClient,
  ListThingsCommand,
  paginateListThingGroupsForThing,
  paginateListThingPrincipals,
  paginateListThings,
  paginateListThingsInThingGroup,
  type ThingAttribute,
} from '@aws-sdk/client-iot'
import type { Thing, ThingDetail, ThingPage } from '@thingdeck/contract'
import { collected } from './pages.ts'

/** The most that AWS gives at once (AWS IoT API reference, ListThings). */
const PAGE_SIZE = 250

/** Pages of AWS may hold nothing that is meant: for so long one request goes on by itself. */
const SEARCH_MS = 2_000

export interface ThingsFilter {
  readonly nextToken?: string
  readonly maxResults?: number
  readonly thingTypeName?: string
  readonly attributeName?: string
  readonly attributeValue?: string
  /** The attribute's value begins with `attributeValue`, instead of being equal to it. */
  readonly usePrefixAttributeValue?: boolean
}

/** What the routes of things need of AWS IoT. Errors are AWS's own. */
export interface Things {
  list(filter: ThingsFilter): Promise<ThingPage>
  /** The names of all things that a filter leaves, page by page as they are asked for. */
  names(filter: Omit<ThingsFilter, 'nextToken' | 'maxResults'>): AsyncIterable<string>
  /** The names of all things in a group and in the groups below it. */
  namesInGroup(thingGroupName: string): AsyncIterable<string>
  describe(thingName: string): Promise<ThingDetail>
  /** As the registry has it, without groups and principals. */
  registered(thingName: string): Promise<RegisteredThing>
  /** Its groups, without those above them. */
  groups(thingName: string): Promise<string[]>
}

export type RegisteredThing = Omit<ThingDetail, 'principals' | 'thingGroupNames'>

/** AWS refuses to list by an attribute and a type together: it is asked for the attribute, and the type is looked at here. */
function split(filter: ThingsFilter): { ask: ThingsFilter; isMeant: (thing: ThingAttribute) => boolean } {
  const { thingTypeName, ...ask } = filter
  if (thingTypeName === undefined || ask.attributeName === undefined) return { ask: filter, isMeant: () => true }
  return { ask, isMeant: (thing) => thing.thingTypeName === thingTypeName }
}

export function createThings(iot: IoTClient): Things {
  const principals = (thingName: string) =>
    collected(paginateListThingPrincipals({ client: iot }, { thingName }), (page) => page.principals)

  const groups = (thingName: string) =>
    collected(paginateListThingGroupsForThing({ client: iot }, { thingName }), ({ thingGroups = [] }) =>
      thingGroups.flatMap(({ groupName }) => groupName ?? []),
    )

  async function registered(thingName: string): Promise<RegisteredThing> {
    const thing = await iot.send(new DescribeThingCommand({ thingName }))
    return {
      thingName,
      thingArn: thing.thingArn ?? '',
      attributes: thing.attributes ?? {},
      version: thing.version ?? 1,
      ...(thing.thingTypeName && { thingTypeName: thing.thingTypeName }),
      ...(thing.thingId && { thingId: thing.thingId }),
      ...(thing.defaultClientId && { defaultClientId: thing.defaultClientId }),
      ...(thing.billingGroupName && { billingGroupName: thing.billingGroupName }),
    }
  }

  return {
    async list(filter) {
      const { ask, isMeant } = split(filter)
      const untilMs = performance.now() + SEARCH_MS
      let found = await iot.send(new ListThingsCommand(ask))
      while (found.nextToken !== undefined && !found.things?.some(isMeant) && performance.now() < untilMs) {
        found = await iot.send(new ListThingsCommand({ ...ask, nextToken: found.nextToken }))
      }
      const { things = [], nextToken } = found
      return {
        things: things.filter(isMeant).map(
          (thing): Thing => ({
            thingName: thing.thingName ?? '',
            thingArn: thing.thingArn ?? '',
            ...(thing.thingTypeName && { thingTypeName: thing.thingTypeName }),
            attributes: thing.attributes ?? {},
            version: thing.version ?? 1,
          }),
        ),
        ...(nextToken && { nextToken }),
      }
    },

    async *names(filter) {
      const { ask, isMeant } = split(filter)
      for await (const { things = [] } of paginateListThings({ client: iot, pageSize: PAGE_SIZE }, ask)) {
        for (const { thingName } of things.filter(isMeant)) if (thingName !== undefined) yield thingName
      }
    },

    async *namesInGroup(thingGroupName) {
      const pages = paginateListThingsInThingGroup(
        { client: iot, pageSize: PAGE_SIZE },
        { thingGroupName, recursive: true },
      )
      for await (const { things = [] } of pages) yield* things
    },

    registered,
    groups,

    async describe(thingName) {
      const [thing, attached, memberOf] = await Promise.all([
        registered(thingName),
        principals(thingName),
        groups(thingName),
      ])
      return { ...thing, principals: attached, thingGroupNames: memberOf }
    },
  }
}
