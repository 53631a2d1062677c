import type { BulkChange } from '@thingdeck/contract'
import type { BulkChangeStore } from './bulk-change-store.ts'

/** The targets of the bulk changes that one comes of: its dry run, or what it undoes. Those that are forgotten have none. */
export async function chosenBefore(store: BulkChangeStore, bulkChange: BulkChange): Promise<ReadonlySet<string>> {
  const chosen = new Set<string>()
  let id = comesOf(bulkChange)
  while (id !== undefined) {
    const before = await store.head(id)
    if (!before) break
    for (const { target } of await store.lines(before)) chosen.add(target)
    id = comesOf(before.bulkChange)
  }
  return chosen
}

const comesOf = ({ applies, undoOf }: BulkChange): string | undefined => applies ?? undoOf
