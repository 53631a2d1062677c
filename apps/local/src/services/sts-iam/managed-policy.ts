/** A managed policy: of the account, or one of AWS's, which nobody can change. */
export interface ManagedPolicy {
  readonly arn: string
  /** `ANPA…` */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description: string
  readonly tags: Readonly<Record<string, string>>
  /** `v2` */
  readonly defaultVersionId: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly isOfAws: boolean
}

/** A version of a managed policy. */
export interface ManagedPolicyVersion {
  /** `v2` */
  readonly versionId: string
  readonly document: string
  readonly createdAtMs: number
}
