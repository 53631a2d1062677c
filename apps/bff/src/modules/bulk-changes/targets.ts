import type { BulkChangeTargets } from '@thingdeck/contract'
import type { Things } from '../../aws/things.ts'

/** What a bulk change takes at most. */
export const MAX_TARGETS = 10_000

/** The names of the things that are meant, page by page, each once. */
export async function* namesOf(things: Pick<Things, 'list' | 'listInGroup'>, targets: BulkChangeTargets) {
  if ('thingNames' in targets) {
    yield* new Set(targets.thingNames)
    return
  }
  let nextToken: string | undefined
  do {
    const page: { names: readonly string[]; nextToken?: string | undefined } =
      'thingGroupName' in targets
        ? await things.listInGroup(targets.thingGroupName, nextToken)
        : await listed(things, targets, nextToken)
    yield* page.names
    nextToken = page.nextToken
  } while (nextToken !== undefined)
}

async function listed(
  things: Pick<Things, 'list'>,
  filter: Exclude<BulkChangeTargets, { thingNames: unknown } | { thingGroupName: unknown }>,
  nextToken: string | undefined,
) {
  const page = await things.list({ ...filter, maxResults: 250, ...(nextToken === undefined ? {} : { nextToken }) })
  return { names: page.things.map(({ thingName }) => thingName), nextToken: page.nextToken }
}
