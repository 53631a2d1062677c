import {
  DescribeThingCommand,
  type IoTClient,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  ListThingsCommand,
  ListThingsInThingGroupCommand,
} from '@aws-sdk/client-iot'
import { GetConnectionCommand, type IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { Thing, ThingConnection, ThingDetail, ThingPage } from '@thingdeck/contract'
import { isNamed } from './error-name.ts'

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
  /** Names of the things in a group and in the groups below it. */
  listInGroup(
    thingGroupName: string,
    nextToken: string | undefined,
  ): Promise<{ names: readonly string[]; nextToken?: string | undefined }>
  describe(thingName: string): Promise<ThingDetail>
  connection(thingName: string): Promise<ThingConnection>
}

export function createThings(iot: IoTClient, data: IoTDataPlaneClient): Things {
  async function principals(thingName: string): Promise<string[]> {
    const all: string[] = []
    let nextToken: string | undefined
    do {
      const page = await iot.send(new ListThingPrincipalsCommand({ thingName, nextToken }))
      all.push(...(page.principals ?? []))
      nextToken = page.nextToken
    } while (nextToken)
    return all
  }

  async function groups(thingName: string): Promise<string[]> {
    const all: string[] = []
    let nextToken: string | undefined
    do {
      const page = await iot.send(new ListThingGroupsForThingCommand({ thingName, nextToken }))
      all.push(...(page.thingGroups ?? []).flatMap(({ groupName }) => groupName ?? []))
      nextToken = page.nextToken
    } while (nextToken)
    return all
  }

  return {
    async list(filter) {
      const { things = [], nextToken } = await iot.send(new ListThingsCommand(filter))
      return {
        things: things.map(
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

    async listInGroup(thingGroupName, nextToken) {
      const page = await iot.send(
        new ListThingsInThingGroupCommand({ thingGroupName, recursive: true, maxResults: 250, nextToken }),
      )
      return { names: page.things ?? [], nextToken: page.nextToken }
    },

    async describe(thingName) {
      const [thing, attached, memberOf] = await Promise.all([
        iot.send(new DescribeThingCommand({ thingName })),
        principals(thingName),
        groups(thingName),
      ])
      return {
        thingName,
        thingArn: thing.thingArn ?? '',
        attributes: thing.attributes ?? {},
        version: thing.version ?? 1,
        principals: attached,
        thingGroupNames: memberOf,
        ...(thing.thingTypeName && { thingTypeName: thing.thingTypeName }),
        ...(thing.thingId && { thingId: thing.thingId }),
        ...(thing.defaultClientId && { defaultClientId: thing.defaultClientId }),
        ...(thing.billingGroupName && { billingGroupName: thing.billingGroupName }),
      }
    },

    async connection(thingName) {
      try {
        const found = await data.send(new GetConnectionCommand({ clientId: thingName, includeSocketInformation: true }))
        return {
          connected: found.connected ?? false,
          ...(found.connectedSince && { connectedSince: new Date(found.connectedSince).toISOString() }),
          ...(found.disconnectedSince && { disconnectedSince: new Date(found.disconnectedSince).toISOString() }),
          ...(found.disconnectReason && { disconnectReason: found.disconnectReason }),
          ...(found.keepAliveDuration !== undefined && { keepAliveSeconds: found.keepAliveDuration }),
          ...(found.sourceIp && { sourceIp: found.sourceIp }),
        }
      } catch (error) {
        // Neither connected nor a stored session: the device has not been seen of late.
        if (isNamed(error, 'ResourceNotFoundException')) return { connected: false }
        throw error
      }
    },
  }
}
