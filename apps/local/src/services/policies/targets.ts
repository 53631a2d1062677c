import { type Account, arnOf } from '../../foundation/account.ts'

/** What an IoT policy can be attached to. */
export type PolicyTarget =
  | { readonly kind: 'certificate'; readonly certificateId: string }
  | { readonly kind: 'thing-group'; readonly thingGroupName: string }
  | { readonly kind: 'cognito-identity'; readonly identityId: string }

const IDENTITY_ID = /^[a-z]{2}(?:-[a-z]+)+-\d:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Reads an ARN of this account, or a Cognito identity id; undefined for anything else. */
export function parseTarget(account: Account, target: string): PolicyTarget | undefined {
  if (IDENTITY_ID.test(target)) return { kind: 'cognito-identity', identityId: target }
  const certificate = arnOf(account, 'iot', 'cert/')
  if (target.startsWith(certificate)) return { kind: 'certificate', certificateId: target.slice(certificate.length) }
  const group = arnOf(account, 'iot', 'thinggroup/')
  if (target.startsWith(group)) return { kind: 'thing-group', thingGroupName: target.slice(group.length) }
  return undefined
}
