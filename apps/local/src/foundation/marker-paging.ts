import { paginate } from './paging.ts'

/** What a caller gets who names no size: the largest page of the control plane. */
const DEFAULT_PAGE_SIZE = 250

/** A page of a list that is ordered by a growing row number. */
export interface PageRequest {
  readonly pageSize?: number | undefined
  readonly marker?: string | undefined
  readonly ascendingOrder?: boolean | undefined
}

/** Reads up to `limit` rows behind the row number `after`, in the order of `sql`: `WHERE … AND ${sql}`, bind both. */
export type ReadRows<Row> = (window: { readonly sql: string; readonly after: number; readonly limit: number }) => Row[]

export interface Page<Row> {
  readonly rows: Row[]
  /** Absent on the last page. */
  readonly nextMarker?: string
}

/**
 * One page of a listing that AWS pages by `pageSize` and `marker` and that a caller may turn round; see
 * {@link paginate}. The newest rows come first unless asked otherwise.
 * @param list name of the list, so that a marker of another one is refused
 * @throws {AwsError} InvalidRequestException for a marker that is none of this list
 */
export function readPage<Row extends { readonly seq: number }>(
  list: string,
  { pageSize = DEFAULT_PAGE_SIZE, marker, ascendingOrder = false }: PageRequest,
  read: ReadRows<Row>,
): Page<Row> {
  const sql = ascendingOrder ? 'seq > ? ORDER BY seq LIMIT ?' : 'seq < ? ORDER BY seq DESC LIMIT ?'
  const { items, nextToken } = paginate(
    { maxResults: pageSize, nextToken: marker },
    list,
    [ascendingOrder ? 0 : Number.MAX_SAFE_INTEGER],
    ([after]: readonly [number], limit) => read({ sql, after, limit }),
    ({ seq }) => [seq],
  )
  return { rows: items, ...(nextToken !== undefined && { nextMarker: nextToken }) }
}
