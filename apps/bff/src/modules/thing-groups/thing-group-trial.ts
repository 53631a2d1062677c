import { GetStatisticsCommand, type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import type { ThingGroupTrial } from '@thingdeck/contract'
import { whyUnread } from '../../aws/why-unread.ts'

const FIRST = 10

/** What a dynamic group of this query would have for things. Errors are AWS's own: a query that is none, no index. */
export async function tryThingGroupQuery(iot: IoTClient, queryString: string): Promise<ThingGroupTrial> {
  const [{ things = [] }, about] = await Promise.all([
    iot.send(new SearchIndexCommand({ queryString, maxResults: FIRST })),
    count(iot, queryString),
  ])
  return {
    thingNames: things.map(({ thingName = '' }) => thingName),
    ...(about !== undefined && { about }),
  }
}

/** That the console may not count is no reason to find nothing. */
async function count(iot: IoTClient, queryString: string): Promise<number | undefined> {
  try {
    const { statistics } = await iot.send(new GetStatisticsCommand({ queryString }))
    return statistics?.count
  } catch (error) {
    if (whyUnread(error)) return undefined
    throw error
  }
}
