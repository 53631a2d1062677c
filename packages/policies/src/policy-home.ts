/** Where a policy is: the parts of its ARN that those of its resources share. */
export interface PolicyHome {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
  readonly region: string
  readonly accountId: string
}

export const policyHome = (region: string, accountId: string): PolicyHome => ({
  partition: partitionOf(region),
  region,
  accountId,
})

/** The partition of a region, by its name: China and the government's regions have their own. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

/** What is before the kind of a resource: `arn:aws:iot:eu-central-1:123456789012:`. */
export const arnPrefix = ({ partition, region, accountId }: PolicyHome): string =>
  `arn:${partition}:iot:${region}:${accountId}:`
