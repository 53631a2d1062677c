import {
  GetBucketsAggregationCommand,
  GetStatisticsCommand,
  type IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot'
import type { FleetIndexStatus, ThingsOverview } from '@thingdeck/contract'
import { readFleetIndex } from '../../aws/fleet-index.ts'
import { whyUnread } from '../../aws/why-unread.ts'

const HOUR_MS = 3_600_000
/** The most that AWS gives at once (AWS IoT API reference, ListThings). */
const REGISTRY_PAGE = 250
/** There are fewer reasons for a disconnect (AWS IoT developer guide, "Lifecycle events"). */
const MOST_REASONS = 30

/** The things of the account as far as the fleet index tells, else the beginning of the registry. Errors are AWS's own. */
export async function readThings(iot: IoTClient, nowMs: number): Promise<ThingsOverview> {
  try {
    const { status, connectivity } = await readFleetIndex(iot)
    if (status === 'ACTIVE' || status === 'REBUILDING') return await countIndex(iot, { status, connectivity }, nowMs)
    return { index: status, connectivity: false, registry: await beginningOfRegistry(iot) }
  } catch (error) {
    const why = whyUnread(error)
    if (!why) throw error
    const registry = await beginningOfRegistry(iot)
    return { index: 'not-allowed', connectivity: false, registry, message: why.message }
  }
}

interface UsableIndex extends FleetIndexStatus {
  readonly status: 'ACTIVE' | 'REBUILDING'
}

async function countIndex(iot: IoTClient, index: UsableIndex, nowMs: number): Promise<ThingsOverview> {
  const { status, connectivity } = index
  const [total, connected, drops] = await Promise.all([
    count(iot, '*'),
    connectivity ? count(iot, 'connectivity.connected:true') : undefined,
    connectivity ? orNone(dropsSince(iot, nowMs - HOUR_MS)) : undefined,
  ])
  return {
    index: status,
    connectivity,
    total,
    ...(connected !== undefined && { connected }),
    ...(drops !== undefined && { drops }),
  }
}

/** How many are connected is worth telling where nobody may ask why others went. */
async function orNone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (whyUnread(error)) return undefined
    throw error
  }
}

async function count(iot: IoTClient, queryString: string): Promise<number> {
  const { statistics } = await iot.send(new GetStatisticsCommand({ queryString }))
  return statistics?.count ?? 0
}

async function dropsSince(iot: IoTClient, sinceMs: number) {
  const { buckets = [] } = await iot.send(
    new GetBucketsAggregationCommand({
      queryString: `connectivity.connected:false connectivity.timestamp > ${sinceMs}`,
      aggregationField: 'connectivity.disconnectReason',
      bucketsAggregationType: { termsAggregation: { maxBuckets: MOST_REASONS } },
    }),
  )
  return buckets
    .map(({ keyValue = '', count: things = 0 }) => ({ reason: keyValue, count: things }))
    .filter((each) => each.count > 0)
    .sort((one, other) => other.count - one.count)
}

async function beginningOfRegistry(iot: IoTClient) {
  const { things = [], nextToken } = await iot.send(new ListThingsCommand({ maxResults: REGISTRY_PAGE }))
  return { count: things.length, isAll: nextToken === undefined }
}
