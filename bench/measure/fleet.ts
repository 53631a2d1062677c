import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Database } from '../../apps/local/src/foundation/database.ts'
import type { Thing } from '../../apps/local/src/foundation/thing.ts'
import { IndexingConfiguration } from '../../apps/local/src/services/registry/fleet-index/indexing-configuration.ts'
import { makeSearchIndexes } from '../../apps/local/src/services/registry/thing-search-indexes.ts'
import { ThingSearchTable } from '../../apps/local/src/services/registry/thing-search-table.ts'
import { ThingTable } from '../../apps/local/src/services/registry/thing-table.ts'
import { shadowFinder } from '../../apps/local/src/services/shadows/index.ts'
import { ShadowTable } from '../../apps/local/src/services/shadows/shadow-table.ts'
import { parseStoredShadow } from '../../packages/shadows/src/index.ts'

const ACCOUNT = { id: '123456789012', region: 'us-east-1' }

/** As scattered as those that `randomUUID` makes, and told from the place. */
export function thingIdOf(index: number): string {
  const digits = createHash('md5').update(String(index)).digest('hex')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Things are inserted so many at a time. */
const BATCH = 20_000

export const thingNameOf = (index: number): string => `pump-${String(index).padStart(7, '0')}`

/** So many things at the end are of another type. */
const LAMPS = 100

/**
 * Fills a data directory of the embedded server with things of two attributes each, and a shadow, as CreateThing and
 * UpdateThingShadow would store them: pumps, and lamps at the end. The fleet index knows all of it. A directory that was
 * filled in part is filled further.
 * @param maxMs after which to leave the rest to the next call
 * @returns whether all is there
 */
export function seedThings(directory: string, count: number, maxMs = Number.POSITIVE_INFINITY): boolean {
  const endMs = performance.now() + maxMs
  const database = new Database(join(directory, 'account.db'))
  try {
    const things = new ThingTable(database, ACCOUNT)
    const shadows = new ShadowTable(database)
    const { size = 0 } = database.get<{ size: number }>('SELECT COUNT(*) AS size FROM things') ?? {}
    for (let start = size; start < count; start += BATCH) {
      if (performance.now() > endMs) return false
      database.transaction(() => {
        for (let index = start; index < Math.min(start + BATCH, count); index++) {
          const isLamp = index >= count - LAMPS
          things.insert(thingOf(index, isLamp))
          shadows.put({ thingName: thingNameOf(index) }, shadowOf(index, isLamp))
        }
      })
    }
    return index(database, things, endMs)
  } finally {
    database.close()
  }
}

/** As the server does it where the index is turned on, without its pauses. */
function index(database: Database, things: ThingTable, endMs: number): boolean {
  new IndexingConfiguration({ database }).update({
    thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY_AND_SHADOW', thingConnectivityIndexingMode: 'STATUS' },
  })
  makeSearchIndexes(database)
  const shadows = shadowFinder({ database })
  shadows.keepIndex(true)
  const search = new ThingSearchTable(database, things, { shadows })
  while (search.catchUp({ things: BATCH, shadows: BATCH })) if (performance.now() > endMs) return false
  return true
}

const thingOf = (index: number, isLamp: boolean): Thing => ({
  thingName: thingNameOf(index),
  thingId: thingIdOf(index),
  thingArn: '',
  thingTypeName: isLamp ? 'lamp' : 'pump',
  attributes: { site: `hall-${index % 500}`, serial: String(index) },
  version: 1,
  billingGroupName: undefined,
})

const SECONDS = 1_790_000_000

function shadowOf(index: number, isLamp: boolean) {
  const reported = {
    mode: isLamp ? 'eco' : 'normal',
    battery: index % 101,
    firmware: `1.${index % 7}.${index % 13}`,
    temperature: ((index * 7919) % 1_000_003) / 10_000,
    net: { rssi: -30 - (index % 60), address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` },
  }
  const times = { mode: SECONDS, battery: SECONDS + index, firmware: SECONDS, temperature: SECONDS + index }
  const metadata = {
    reported: { ...times, net: { rssi: SECONDS + index, address: SECONDS } },
    desired: { mode: SECONDS },
  }
  const desired = { mode: index % 1000 === 0 ? 'boost' : reported.mode }
  return parseStoredShadow(JSON.stringify({ version: 1, state: { reported, desired }, metadata }))
}
