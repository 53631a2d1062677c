import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'

/**
 * The stream that a request names; a body of CBOR is not read, and such a request is asked about `*`.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon Kinesis Data Streams"
 */
export function kinesisNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { StreamName, StreamARN, ConsumerARN, ResourceARN } = jsonMembers(request)
  const arn = [ConsumerARN, StreamARN, ResourceARN].find((value) => typeof value === 'string')
  const resources =
    arn !== undefined
      ? [arn]
      : typeof StreamName === 'string'
        ? [arnOf(account, 'kinesis', `stream/${StreamName}`)]
        : []
  return [{ action: `kinesis:${jsonOperation(request)}`, resources: orAll(resources) }]
}
