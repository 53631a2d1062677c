import { AwsError } from '@thingdeck/aws-api'
import { type Page, type Position, paginate } from '../../foundation/paging.ts'
import { invalidNextToken } from './cloudwatch-errors.ts'

/**
 * {@link paginate} in the words of this API.
 * @param rows.read up to `count` rows behind a place
 * @throws {AwsError} what `refuse` makes, for a token that is not ours; default InvalidNextToken
 */
export function pageOf<Row, Place extends Position>(
  token: string | undefined,
  listing: string,
  start: Place,
  size: number,
  rows: { readonly read: (after: Place, count: number) => Row[]; readonly placeOf: (row: Row) => Place },
  refuse: () => AwsError = invalidNextToken,
): Page<Row> {
  try {
    return paginate({ maxResults: size, nextToken: token }, listing, start, rows.read, rows.placeOf)
  } catch (error) {
    if (error instanceof AwsError) throw refuse()
    throw error
  }
}
