import { join } from 'node:path'
import { Database } from '../../apps/local/src/foundation/database.ts'
import { ThingTable } from '../../apps/local/src/services/registry/thing-table.ts'

const ACCOUNT = { id: '123456789012', region: 'us-east-1' }

/** Things are inserted so many at a time. */
const BATCH = 20_000

export const thingNameOf = (index: number): string => `pump-${String(index).padStart(7, '0')}`

/** So many things at the end are of another type. */
const LAMPS = 100

/**
 * Fills a data directory of the embedded server with things of two attributes each, as CreateThing would store them: pumps,
 * and lamps at the end.
 */
export function seedThings(directory: string, count: number): void {
  const database = new Database(join(directory, 'account.db'))
  const table = new ThingTable(database, ACCOUNT)
  for (let start = 0; start < count; start += BATCH) {
    database.transaction(() => {
      for (let index = start; index < Math.min(start + BATCH, count); index++) {
        const thingName = thingNameOf(index)
        table.insert({
          thingName,
          thingId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          thingArn: '',
          thingTypeName: index < count - LAMPS ? 'pump' : 'lamp',
          attributes: { site: `hall-${index % 500}`, serial: String(index) },
          version: 1,
          billingGroupName: undefined,
        })
      }
    })
  }
  database.close()
}
