import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'

/**
 * The stream that a request names; a body of CBOR is not read, and such a request is asked about `*`.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon Kinesis Data Streams"
 */
export function kinesisNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { StreamName, StreamARN, ConsumerARN, ResourceARN } = jsonMembers(request)
  const arns = [ConsumerARN, StreamARN, ResourceARN].filter((arn) => typeof arn === 'string')
  const named = typeof StreamName === 'string' ? [arnOf(account, 'kinesis', `stream/${StreamName}`)] : []
  const resources = [...arns, ...named]
  return [{ action: `kinesis:${jsonOperation(request)}`, resources: orAll(resources) }]
}
