import { endpoints, MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { api } from '../api.ts'

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
  let nextToken: string | undefined
  do {
    const page = await api(endpoints.listThingGroupThings, {
      params: { thingGroupName },
      query: { maxResults: PAGE, ...(recursive && { recursive }), ...(nextToken !== undefined && { nextToken }) },
      ...(signal && { signal }),
    })
    names.push(...page.thingNames)
    if (names.length > MOST_BULK_CHANGE_TARGETS) return undefined
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return names
}
