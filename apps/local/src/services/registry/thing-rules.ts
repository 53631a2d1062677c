import { notFound } from '../../foundation/errors.ts'
import type { ThingRecord, ThingTable } from './thing-table.ts'

/** @throws {AwsError} ResourceNotFoundException */
export function requireThing(table: ThingTable, thingName: string): ThingRecord {
  const record = table.get(thingName)
  if (!record) throw notFound(`Thing ${thingName} cannot be found.`)
  return record
}
