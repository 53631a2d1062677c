import {
  GetStatisticsCommand,
  type IoTClient,
  SearchIndexCommand,
  type ThingDocument,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import type { FleetCount, FleetIndexStatus, FleetThing, FleetThingPage } from '@thingdeck/contract'
import { readFleetIndex, readThingIndexing } from '../../aws/fleet-index.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import { type FleetFilter, formatQuery, matchesExactly } from './fleet-query.ts'

/** A search may look through much of a fleet before it finds anything: for so long one request goes on by itself. */
const SEARCH_MS = 2_000

export interface FleetPageRequest {
  readonly nextToken?: string
  /** 1 to 100. */
  readonly maxResults?: number
}

/** The fleet as the index of AWS IoT knows it. Errors are AWS's own. */
export interface Fleet {
  status(): Promise<FleetIndexStatus>
  /** Turns the index on; what is indexed already stays so. */
  turnOn(connectivity: boolean): Promise<FleetIndexStatus>
  search(filter: FleetFilter, page: FleetPageRequest): Promise<FleetThingPage>
  count(filter: FleetFilter): Promise<FleetCount>
}

export function createFleet(iot: IoTClient): Fleet {
  return {
    status: () => readFleetIndex(iot),

    async turnOn(connectivity) {
      // An update replaces the whole of this part, so that it repeats what is there; managed fields are AWS's own.
      const { managedFields: _, ...present } = (await readThingIndexing(iot)) ?? { thingIndexingMode: 'OFF' }
      const isOn = present.thingIndexingMode !== undefined && present.thingIndexingMode !== 'OFF'
      await iot.send(
        new UpdateIndexingConfigurationCommand({
          thingIndexingConfiguration: {
            ...(isOn ? present : {}),
            thingIndexingMode: isOn ? present.thingIndexingMode : 'REGISTRY',
            ...(connectivity && { thingConnectivityIndexingMode: 'STATUS' }),
          },
        }),
      )
      return readFleetIndex(iot)
    },

    async search(filter, { nextToken: start, maxResults }) {
      const queryString = formatQuery(filter)
      const untilMs = performance.now() + SEARCH_MS
      let nextToken = start
      for (;;) {
        const found = await iot.send(new SearchIndexCommand({ queryString, maxResults, nextToken }))
        const things = (found.things ?? []).map(toFleetThing).filter((thing) => matchesExactly(thing, filter))
        nextToken = found.nextToken
        if (things.length > 0 || nextToken === undefined || performance.now() > untilMs) {
          return { things, ...(nextToken !== undefined && { nextToken }) }
        }
      }
    },

    async count(filter) {
      try {
        const { statistics } = await iot.send(new GetStatisticsCommand({ queryString: formatQuery(filter) }))
        return statistics?.count === undefined ? {} : { about: statistics.count }
      } catch (error) {
        // A total is a courtesy: where the operation is not there, or not allowed to the console, there is none.
        if (whyUnread(error)) return {}
        throw error
      }
    },
  }
}

function toFleetThing(thing: ThingDocument): FleetThing {
  const { connectivity } = thing
  return {
    thingName: thing.thingName ?? '',
    ...(thing.thingTypeName && { thingTypeName: thing.thingTypeName }),
    attributes: thing.attributes ?? {},
    thingGroupNames: thing.thingGroupNames ?? [],
    ...(connectivity && {
      connectivity: {
        connected: connectivity.connected ?? false,
        ...(connectivity.timestamp && { changedAt: new Date(connectivity.timestamp).toISOString() }),
        ...(connectivity.disconnectReason &&
          !connectivity.connected && { disconnectReason: connectivity.disconnectReason }),
        ...(connectivity.clientId && { clientId: connectivity.clientId }),
      },
    }),
  }
}
