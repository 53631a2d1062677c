import type { BulkChangeTargets } from '@thingdeck/contract'
import type { Things } from '../../aws/things.ts'

/** What a bulk change takes at most. */
export const MAX_TARGETS = 10_000

/** The names of the things that are meant, page by page, each once. */
export async function* namesOf(things: Pick<Things, 'names' | 'namesInGroup'>, targets: BulkChangeTargets) {
  if ('thingNames' in targets) yield* new Set(targets.thingNames)
  else if ('thingGroupName' in targets) yield* things.namesInGroup(targets.thingGroupName)
  else yield* things.names(targets)
}
