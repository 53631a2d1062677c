import { AwsError } from '@thingdeck/aws-api'
import { policyDocumentSize } from '@thingdeck/policies'
import { checkIdentityDocument, invalid } from './iam-errors.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'

/** How a session can be asked for that may do less than its role. */
export interface NarrowedSession {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

const MAX_CHARACTERS = 2048
const MAX_ARNS = 10

/**
 * The documents that narrow a session, as its owner has them; undefined where nothing does. Managed policies count as
 * they are now.
 * @throws {AwsError} MalformedPolicyDocumentException, PackedPolicyTooLargeException, ValidationError
 * @see IAM user guide, "Session policies"
 */
export function sessionPolicies(
  managed: ManagedPolicyStore,
  { Policy, PolicyArns = [] }: NarrowedSession,
): { readonly documents: readonly string[]; readonly packedPercent: number } | undefined {
  if (Policy === undefined && PolicyArns.length === 0) return undefined
  if (PolicyArns.length > MAX_ARNS) throw invalid(`At most ${MAX_ARNS} PolicyArns can be given`)
  if (Policy !== undefined) checkIdentityDocument(Policy)
  const given = PolicyArns.map(({ arn = '' }) => {
    const document = managed.documentOf(arn)
    if (document === undefined) throw invalid(`PolicyArns: there is no managed policy ${arn}`)
    return document
  })
  const size = policyDocumentSize(Policy ?? '') + PolicyArns.reduce((sum, { arn = '' }) => sum + arn.length, 0)
  if (size > MAX_CHARACTERS) {
    const percent = Math.ceil((size / MAX_CHARACTERS) * 100)
    throw new AwsError('PackedPolicyTooLargeException', `Serialized policies exceed the quota: ${percent}% of it`)
  }
  return {
    documents: [...(Policy === undefined ? [] : [Policy]), ...given],
    packedPercent: Math.ceil((size / MAX_CHARACTERS) * 100),
  }
}
