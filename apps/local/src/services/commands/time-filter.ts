import type { TimeFilter } from '@aws-sdk/client-iot'
import { invalidInput } from '../../foundation/errors.ts'

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/**
 * The moments between which a list is, epoch milliseconds.
 * @throws {AwsError} ValidationException for a time that is not `yyyy-MM-dd'T'HH:mm`, which is in UTC
 */
export function timeFilter(filter: TimeFilter | undefined): {
  afterMs: number | undefined
  beforeMs: number | undefined
} {
  return { afterMs: moment(filter?.after), beforeMs: moment(filter?.before) }
}

function moment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = FORM.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  if (Number.isNaN(ms)) throw invalidInput(`Times must be as yyyy-MM-dd'T'HH:mm, such as 2026-01-31T09:30, not ${text}`)
  return ms
}
