import type { AwsError } from '@thingdeck/aws-api'
import { invalidInput, invalidRequest } from './errors.ts'

/** Where a listing goes on: the last row's place in the order of the listing. */
export type Position = readonly [string | number, ...(string | number)[]]

export interface PageRequest {
  readonly maxResults?: number | undefined
  /** Opaque: the `nextToken` of the page before. */
  readonly nextToken?: string | undefined
}

export interface Page<Item> {
  readonly items: Item[]
  /** Absent on the last page. */
  readonly nextToken: string | undefined
}

/** Says in an API's own words that a token is none of the listing. */
export type RefuseToken = () => AwsError

/** What AWS answers when `maxResults` is not said is undocumented. */
const DEFAULT_PAGE_SIZE = 50

/**
 * One page of a listing that is read forward from a position ("keyset" paging): rows that appear or vanish between two
 * pages neither repeat nor hide others.
 *
 * @param listing names the listing and its order; a token of one listing is refused by another
 * @param start sorts before every row, and has the type of every position
 * @param read reads up to `count` rows after a position, in the order of the listing
 * @throws {AwsError} what `refuse` makes, for a token that is not ours; InvalidRequestException unless said otherwise
 */
export function paginate<Row, Place extends Position>(
  request: PageRequest,
  listing: string,
  start: Place,
  read: (after: Place, count: number) => Row[],
  placeOf: (row: Row) => Place,
  refuse: RefuseToken = invalidToken,
): Page<Row> {
  const size = request.maxResults ?? DEFAULT_PAGE_SIZE
  const rows = read(decodeToken(request.nextToken, listing, start, refuse), size + 1)
  const last = rows[size - 1]
  if (rows.length <= size || last === undefined) return { items: rows, nextToken: undefined }
  return { items: rows.slice(0, size), nextToken: encodeToken(listing, placeOf(last)) }
}

/** {@link paginate} for rows in order of creation. */
export function paginateBySeq<Row extends { readonly seq: number }>(
  request: PageRequest,
  listing: string,
  read: (after: number, count: number) => Row[],
  refuse?: RefuseToken,
): Page<Row> {
  return paginate(
    request,
    listing,
    [0],
    ([after]: readonly [number], count) => read(after, count),
    ({ seq }) => [seq],
    refuse,
  )
}

/** {@link paginate} for rows in the order of a text that each has for itself. */
export function paginateByText<Row>(
  request: PageRequest,
  listing: string,
  read: (after: string, count: number) => Row[],
  textOf: (row: Row) => string,
  refuse?: RefuseToken,
): Page<Row> {
  return paginate(
    request,
    listing,
    [''],
    ([after]: readonly [string], count) => read(after, count),
    (row) => [textOf(row)],
    refuse,
  )
}

/** The opaque token of a place in a listing. */
export function encodeToken(listing: string, place: Position): string {
  return Buffer.from(JSON.stringify([listing, ...place])).toString('base64url')
}

/**
 * The place that a token means; `start` without a token.
 * @throws {AwsError} what `refuse` makes, for a token that is none of this listing; InvalidRequestException unless said
 *   otherwise
 */
export function decodeToken<Place extends Position>(
  token: string | undefined,
  listing: string,
  start: Place,
  refuse: RefuseToken = invalidToken,
): Place {
  if (token === undefined) return start
  const [named, ...place] = parseToken(token)
  const fits = place.length === start.length && place.every((part, index) => typeof part === typeof start[index])
  if (named !== listing || !fits) throw refuse()
  return place as readonly unknown[] as Place // the line above has compared it with `start`, part by part
}

/** Empty for what is no token of ours. */
function parseToken(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

const INVALID_TOKEN = 'Invalid token: a page goes on with the token that came with the page before it'

function invalidToken(): AwsError {
  return invalidRequest(INVALID_TOKEN)
}

/** For listings whose operations say `ValidationException`. */
export const refuseTokenAsInput: RefuseToken = () => invalidInput(INVALID_TOKEN)

/** Applies `map` to the items of a page. */
export function mapPage<From, To>(page: Page<From>, map: (item: From) => To): Page<To> {
  return { items: page.items.map(map), nextToken: page.nextToken }
}
