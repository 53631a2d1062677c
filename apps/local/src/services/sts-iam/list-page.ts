import { AwsError } from '@thingdeck/aws-api'
import { paginateByText } from '../../foundation/paging.ts'

/** How IAM's lists are asked for. */
export interface ListRequest {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** What IAM gives who names no size. */
const DEFAULT_PAGE_SIZE = 100

/**
 * One page of a list, in the order of a text that each item has for itself, as IAM's answers have it.
 * @param list names the list: a marker of another one is refused
 * @throws {AwsError} ValidationError for a marker that is none of this list
 */
export function listPage<Item>(
  list: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
  { Marker, MaxItems = DEFAULT_PAGE_SIZE }: ListRequest,
): { items: Item[]; IsTruncated: boolean; Marker?: string } {
  const ordered = items.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
  const read = (after: string, count: number) => ordered.filter((item) => textOf(item) > after).slice(0, count)
  try {
    const page = paginateByText({ maxResults: MaxItems, nextToken: Marker }, list, read, textOf)
    const next = page.nextToken
    return { items: page.items, IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) }
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('ValidationError', 'Invalid Marker.')
    throw error
  }
}
