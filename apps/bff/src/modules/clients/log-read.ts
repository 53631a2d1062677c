import type { ClientPage } from '@thingdeck/contract'
import type { ReadEntries } from '../../aws/iot-logs/read-entries.ts'

/** What a page is told of how the log was read. */
export function logReadOf({ outcome, message, entries, isAll }: ReadEntries): ClientPage['log'] {
  const oldest = entries.at(-1)
  return {
    outcome,
    ...(message !== undefined && { message }),
    ...(!isAll && oldest && { readFrom: oldest.at }),
  }
}
