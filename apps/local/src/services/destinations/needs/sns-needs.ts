import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { orAll, queryMembers } from './request-members.ts'

/**
 * The topic that a request names; a subscription is its topic's.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon SNS"
 */
export function snsNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const members = queryMembers(request)
  const name = members.get('Name')
  const arns = [
    members.get('TopicArn'),
    members.get('TargetArn'),
    members.get('ResourceArn'),
    members.get('SubscriptionArn')?.split(':').slice(0, 6).join(':'),
    name === undefined ? undefined : arnOf(account, 'sns', name),
  ].filter((arn) => arn !== undefined)
  const action = `sns:${(members.get('Action') ?? '*').replace(/Batch$/, '')}`
  return [{ action, resources: orAll(arns) }]
}
