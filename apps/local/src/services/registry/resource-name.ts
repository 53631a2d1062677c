import { type Account, resourceIn } from '../../foundation/account.ts'
import { invalidRequest } from '../../foundation/errors.ts'

interface Kind {
  /** How AWS's messages and members call it: `thingGroup` in `thingGroupName`, `thingGroupArn`. */
  readonly member: 'thing' | 'thingGroup' | 'billingGroup'
  /** What stands in the ARN before the slash. */
  readonly resourceType: 'thing' | 'thinggroup' | 'billinggroup'
}

export const THING: Kind = { member: 'thing', resourceType: 'thing' }
export const THING_GROUP: Kind = { member: 'thingGroup', resourceType: 'thinggroup' }
export const BILLING_GROUP: Kind = { member: 'billingGroup', resourceType: 'billinggroup' }

/**
 * The name of a resource that a request names by name, by ARN or by both.
 * @throws {AwsError} InvalidRequestException when it is neither, when the two differ, or when the ARN is none of this
 *   kind in this account and region
 */
export function resourceName(
  account: Account,
  { member, resourceType }: Kind,
  name: string | undefined,
  arn: string | undefined,
): string {
  if (arn === undefined) {
    if (name !== undefined) return name
    throw invalidRequest(`Both ${member}Arn and ${member}Name are empty. Need to specify at least one of them`)
  }
  const named = resourceIn(account, 'iot', arn, `${resourceType}/`)
  if (named === undefined) throw invalidRequest(`Invalid ${member}Arn: ${arn}`)
  if (name !== undefined && name !== named) {
    const subject = `${member.charAt(0).toUpperCase()}${member.slice(1)}Name`
    throw invalidRequest(`${subject} ${member}Arn does not match specified ${member}Name in request`)
  }
  return named
}
