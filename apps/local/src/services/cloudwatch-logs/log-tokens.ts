import { AwsError } from '@thingdeck/aws-api'
import { decodeToken, type Page, type Position, paginate } from '../../foundation/paging.ts'
import { invalidParameter } from './log-errors.ts'
import type { EventPlace } from './log-schema.ts'

/** {@link paginate} in the words of this API. @throws {AwsError} InvalidParameterException for a token that is not ours */
export function pageOf<Row, Place extends Position>(
  token: string | undefined,
  listing: string,
  start: Place,
  size: number,
  rows: { readonly read: (after: Place, count: number) => Row[]; readonly placeOf: (row: Row) => Place },
): Page<Row> {
  return inOwnWords(() => paginate({ maxResults: size, nextToken: token }, listing, start, rows.read, rows.placeOf))
}

/** {@link decodeToken} in the words of this API. */
export function placeIn<Place extends Position>(token: string | undefined, listing: string, start: Place): Place {
  return inOwnWords(() => decodeToken(token, listing, start))
}

function inOwnWords<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter('The specified nextToken is invalid.')
    throw error
  }
}

/** Where GetLogEvents goes on: `f/…` forward, `b/…` backward, as AWS's own tokens look. */
export interface StreamToken {
  readonly isForward: boolean
  readonly place: EventPlace
}

export const formatStreamToken = ({ isForward, place }: StreamToken): string =>
  `${isForward ? 'f' : 'b'}/${formatEventId(place)}/s`

/** @throws {AwsError} InvalidParameterException */
export function parseStreamToken(token: string): StreamToken {
  const [, direction, time, seq] = /^([fb])\/(\d{16})(\d{40})\/s$/.exec(token) ?? []
  const place = { atMs: Number(time), seq: Number(seq) }
  if (direction === undefined || !Object.values(place).every(Number.isSafeInteger))
    throw invalidParameter('The specified nextToken is invalid.')
  return { isForward: direction === 'f', place }
}

/** 56 digits, in whose order events stand. */
export const formatEventId = ({ atMs, seq }: EventPlace): string =>
  String(atMs).padStart(16, '0') + String(seq).padStart(40, '0')
