import { type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import { type BulkChangePreview, type BulkChangeTargets, MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { THINGS_INDEX } from '../../aws/fleet-index.ts'
import { pagesOf } from '../../aws/pages.ts'
import type { Things } from '../../aws/things.ts'

const SAMPLE = 20
/** The most that AWS gives at once (AWS IoT API reference, SearchIndex). */
const PAGE_SIZE = 100

export interface TargetsAws {
  readonly iot: IoTClient
  readonly things: Pick<Things, 'names' | 'namesInGroup'>
}

/** The targets that are meant, page by page; one may come twice. Errors are AWS's own. */
export async function* namesOf({ iot, things }: TargetsAws, targets: BulkChangeTargets): AsyncGenerator<string> {
  if ('thingNames' in targets) yield* targets.thingNames
  else if ('resourceArns' in targets) yield* targets.resourceArns
  else if ('newThings' in targets) for (const { thingName } of targets.newThings) yield thingName
  else if ('thingGroupName' in targets) yield* things.namesInGroup(targets.thingGroupName)
  else if ('query' in targets) yield* foundBy(iot, targets.query)
  else yield* things.names(targets)
}

async function* foundBy(iot: IoTClient, queryString: string): AsyncGenerator<string> {
  const pages = pagesOf((nextToken) =>
    iot.send(new SearchIndexCommand({ indexName: THINGS_INDEX, queryString, maxResults: PAGE_SIZE, nextToken })),
  )
  for await (const { things = [] } of pages) for (const { thingName } of things) if (thingName) yield thingName
}

/** How many would be meant, and some of their names. Errors are AWS's own. */
export async function previewOf(aws: TargetsAws, targets: BulkChangeTargets): Promise<BulkChangePreview> {
  const names = new Set<string>()
  const answer = (count: number, isAtLeast: boolean) => ({ count, isAtLeast, sample: [...names].slice(0, SAMPLE) })
  for await (const name of namesOf(aws, targets)) {
    names.add(name)
    if (names.size > MOST_BULK_CHANGE_TARGETS) return answer(MOST_BULK_CHANGE_TARGETS, true)
  }
  return answer(names.size, false)
}
