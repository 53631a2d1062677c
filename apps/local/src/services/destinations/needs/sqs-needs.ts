import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'

/**
 * The queue that a request names, by its URL or name; of a batch, the action that each entry is.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon SQS"
 */
export function sqsNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { QueueUrl, QueueName } = jsonMembers(request)
  const ofUrl = typeof QueueUrl === 'string' ? QueueUrl.split('/').at(-1) : undefined
  const names = [ofUrl, QueueName].filter((name) => typeof name === 'string')
  const resources = names.map((name) => arnOf(account, 'sqs', name))
  return [{ action: `sqs:${jsonOperation(request).replace(/Batch$/, '')}`, resources: orAll(resources) }]
}
