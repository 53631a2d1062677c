import { AwsError } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'
import { streamOfIterator } from './shard-iterator.ts'

/**
 * The stream that a request names, by itself or by an iterator of it; a body of CBOR is not read, and such a request is asked about `*`.
 * @throws {AwsError} InvalidArgumentException for what is no iterator, over which the server behind would fail
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon Kinesis Data Streams"
 */
export function kinesisNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { StreamName, StreamARN, ConsumerARN, ResourceARN, ShardIterator } = jsonMembers(request)
  const arns = [ConsumerARN, StreamARN, ResourceARN].filter((arn) => typeof arn === 'string')
  const ofIterator = typeof ShardIterator === 'string' ? streamOfIterator(ShardIterator) : undefined
  if (ShardIterator !== undefined && ofIterator === undefined) {
    throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.')
  }
  const names = [StreamName, ofIterator]
  const named = names.flatMap((name) => (typeof name === 'string' ? [arnOf(account, 'kinesis', `stream/${name}`)] : []))
  const resources = [...new Set([...arns, ...named])]
  return [{ action: `kinesis:${jsonOperation(request)}`, resources: orAll(resources) }]
}
