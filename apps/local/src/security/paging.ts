import { AwsError } from '@thingdeck/aws-api'

/** The largest page of the control plane, and what a caller gets who names no size. */
const MAX_PAGE_SIZE = 250

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
 * One page. The marker is opaque to callers and stands for a place, so that a page is right even when rows went away
 * in between.
 * @param list name of the list, so that a marker of another one is refused
 * @throws {AwsError} InvalidRequestException for a marker that is none of this list
 */
export function readPage<Row extends { readonly seq: number }>(
  list: string,
  request: PageRequest,
  read: ReadRows<Row>,
): Page<Row> {
  const size = Math.min(request.pageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE)
  if (size < 1) throw new AwsError('InvalidRequestException', 'The page size must be between 1 and 250')
  const ascending = request.ascendingOrder === true // the newest come first unless asked otherwise
  const first = ascending ? 0 : Number.MAX_SAFE_INTEGER
  const after = request.marker === undefined ? first : parseMarker(list, request.marker)
  const sql = ascending ? 'seq > ? ORDER BY seq LIMIT ?' : 'seq < ? ORDER BY seq DESC LIMIT ?'
  const rows = read({ sql, after, limit: size + 1 })
  const last = rows[size - 1]
  if (rows.length <= size || last === undefined) return { rows }
  return { rows: rows.slice(0, size), nextMarker: formatMarker(list, last.seq) }
}

function formatMarker(list: string, seq: number): string {
  return Buffer.from(JSON.stringify([list, seq])).toString('base64url')
}

function parseMarker(list: string, marker: string): number {
  try {
    const value: unknown = JSON.parse(Buffer.from(marker, 'base64url').toString('utf8'))
    if (Array.isArray(value) && value[0] === list && Number.isSafeInteger(value[1])) return value[1]
  } catch {
    // not ours: told below
  }
  throw new AwsError('InvalidRequestException', 'The marker is not valid')
}
