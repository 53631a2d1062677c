/** Where a rule is, as ARNs have it. */
export interface RuleHome {
  /** `aws` where it is not given. */
  readonly partition?: string
  readonly region: string
  readonly accountId: string
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE` */
export const arnOf = ({ partition = 'aws', region, accountId }: RuleHome, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`
