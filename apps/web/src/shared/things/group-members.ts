import { endpoints, MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { api } from '../api.ts'
import { eachPage } from '../each-page.ts'

const PAGE = 250

interface ReadMembers {
  /** Those of the groups below, too. */
  readonly recursive?: true
  readonly signal?: AbortSignal
}

/** Names of the things in a group. Undefined: more than a bulk change takes. Errors are AWS's own. */
export async function readMembers(
  thingGroupName: string,
  { recursive, signal }: ReadMembers = {},
): Promise<readonly string[] | undefined> {
  const names: string[] = []
  const pages = eachPage((nextToken) =>
    api(endpoints.listThingGroupThings, {
      params: { thingGroupName },
      query: { maxResults: PAGE, recursive, nextToken },
      signal,
    }),
  )
  for await (const { thingNames } of pages) {
    names.push(...thingNames)
    if (names.length > MOST_BULK_CHANGE_TARGETS) return undefined
  }
  return names
}
