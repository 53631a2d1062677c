import type { Thing } from './thing.ts'

/** A thing as the registry would have it. */
export function testThing(thingName: string, thingTypeName?: string): Thing {
  return {
    thingName,
    thingId: thingName,
    thingArn: `arn:aws:iot:eu-central-1:123456789012:thing/${thingName}`,
    thingTypeName,
    attributes: {},
    version: 1,
    billingGroupName: undefined,
  }
}
