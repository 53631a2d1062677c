import { PACKAGE_SHADOW } from '@thingdeck/contract'
import { partitionOf } from '@thingdeck/policies'

/** Who may be the role: AWS IoT, and for this account alone (the confused deputy problem, IAM user guide). */
export const reportingTrust = (account: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'iot.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  ],
})

/**
 * What jobs do by it: they write the reserved shadow of things, and no other.
 * @see AWS IoT developer guide, "Preparing security", "AWS IoT Jobs rights to update the reserved named shadow"
 */
export const reportingPolicy = (region: string, account: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iot:UpdateThingShadow',
      Resource: `arn:${partitionOf(region)}:iot:${region}:${account}:thing/*/${PACKAGE_SHADOW}`,
    },
  ],
})
