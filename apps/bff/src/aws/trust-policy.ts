import type { Role } from '@aws-sdk/client-iam'
import { compilePolicies, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'

/**
 * The trust policy of a role, ready to be asked.
 * @throws what {@link isNotUnderstood} knows
 */
export const trustPolicyOf = ({ AssumeRolePolicyDocument = '' }: Pick<Role, 'AssumeRolePolicyDocument'>) => {
  const document = parsePolicyDocument(decodeURIComponent(AssumeRolePolicyDocument), { dialect: 'iam' })
  return compilePolicies([{ policyName: 'the trust policy', document }])
}

/** Whether a trust policy is none that can be understood. */
export const isNotUnderstood = (error: unknown): error is Error =>
  error instanceof MalformedPolicyError || error instanceof URIError
