import { type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import { MOST_ROTATION_THINGS, type RotationPreview, type RotationTargets } from '@thingdeck/contract'
import { THINGS_INDEX } from '../../aws/fleet-index.ts'
import { pagesOf } from '../../aws/pages.ts'
import type { Things } from '../../aws/things.ts'

const SAMPLE = 20
/** The most that AWS gives at once (AWS IoT API reference, SearchIndex). */
const PAGE_SIZE = 100

export interface FoundTargets {
  readonly thingNames: readonly string[]
  /** There are more than a rotation takes. */
  readonly isAtLeast: boolean
}

/** The things that are meant, each once, by their names. Errors are AWS's own. */
export async function findTargets(
  { iot, things }: { readonly iot: IoTClient; readonly things: Pick<Things, 'namesInGroup'> },
  targets: RotationTargets,
): Promise<FoundTargets> {
  const names = new Set<string>()
  for await (const name of namesOf(iot, things, targets)) {
    if (names.size >= MOST_ROTATION_THINGS && !names.has(name)) return { thingNames: [...names], isAtLeast: true }
    names.add(name)
  }
  return { thingNames: [...names].sort(), isAtLeast: false }
}

export const previewOf = ({ thingNames, isAtLeast }: FoundTargets): RotationPreview => ({
  count: thingNames.length,
  isAtLeast,
  sample: thingNames.slice(0, SAMPLE),
})

async function* namesOf(iot: IoTClient, things: Pick<Things, 'namesInGroup'>, targets: RotationTargets) {
  if ('thingNames' in targets) yield* targets.thingNames
  else if ('thingGroupName' in targets) yield* things.namesInGroup(targets.thingGroupName)
  else {
    const { queryString } = targets
    const pages = pagesOf((nextToken) =>
      iot.send(new SearchIndexCommand({ indexName: THINGS_INDEX, queryString, maxResults: PAGE_SIZE, nextToken })),
    )
    for await (const { things: found = [] } of pages) for (const { thingName } of found) if (thingName) yield thingName
  }
}
