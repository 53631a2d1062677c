import type * as sdk from '@aws-sdk/client-iot'
import type { Input, OperationName } from '@thingdeck/aws-api'
import type { Caller } from './caller.ts'

/** What policies are asked about an operation of the control plane; the action is its own name unless it says another. */
export interface ControlPlaneNeed {
  /** As they stand in ARNs behind the account (`thing/pump-7`), or whole ARNs. All must be allowed; none is `*`. */
  readonly resources: readonly string[]
  /** Where the operation is asked about under another name than its own: `InvokeFunction` of `Invoke`. */
  readonly action?: string
  /** ARNs of roles that the caller hands to the service: each needs `iam:PassRole`. */
  readonly passedRoles?: readonly string[]
  /** ARNs of files of S3 that are read for the caller, whoever keeps them; the caller must be allowed `s3:GetObject` on each. */
  readonly readFiles?: readonly string[]
  /** To whom, as `iam:PassedToService` has it; default `iot.amazonaws.com`. */
  readonly passedTo?: string
  /** Values for condition keys of this request. */
  readonly context?: Readonly<Record<string, string>>
}

/**
 * For operations whose need is not the one resource that the input names first.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"
 */
export type ControlPlaneNeeds = NeedsOf<typeof sdk>

/** {@link ControlPlaneNeeds} of another API than IoT's. */
export type NeedsOf<Sdk> = {
  readonly [Name in OperationName<Sdk>]?: (input: Input<Sdk, Name>, caller?: Caller) => ControlPlaneNeed
}

/** A certificate, or what else has an ARN and can have policies; identities of Cognito are no resource of AWS IoT. */
export function needOfPrincipal(principal: string | undefined): ControlPlaneNeed {
  return { resources: principal?.startsWith('arn:') ? [principal] : [] }
}
