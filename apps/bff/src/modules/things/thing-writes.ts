import {
  AddThingToBillingGroupCommand,
  AttachThingPrincipalCommand,
  CreateThingCommand,
  DeleteThingCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
  RemoveThingFromBillingGroupCommand,
  UpdateThingCommand,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot'
import type { MadeThing, NewThing, ThingChange, ThingGroupsChange, ThingPrincipalType } from '@thingdeck/contract'

/** What an admin does with things, each one operation of AWS IoT. Errors are AWS's own. */
export interface ThingWrites {
  create(thing: NewThing): Promise<MadeThing>
  update(thingName: string, change: Omit<ThingChange, 'expectedThingId'>): Promise<void>
  delete(thingName: string, expectedVersion: number | undefined): Promise<void>
  changeGroups(thingName: string, change: ThingGroupsChange): Promise<void>
  setBillingGroup(thingName: string, billingGroupName: string): Promise<void>
  leaveBillingGroup(thingName: string, billingGroupName: string): Promise<void>
  /** @param principal the ARN of a certificate, or the id of a Cognito identity */
  attach(thingName: string, principal: string, thingPrincipalType: ThingPrincipalType): Promise<void>
  detach(thingName: string, principal: string): Promise<void>
}

export function createThingWrites(iot: IoTClient): ThingWrites {
  return {
    async create({ thingName, thingTypeName, attributes, billingGroupName }) {
      const made = await iot.send(
        new CreateThingCommand({
          thingName,
          thingTypeName,
          billingGroupName,
          ...(attributes && { attributePayload: { attributes } }),
        }),
      )
      return { thingName: made.thingName ?? thingName, thingArn: made.thingArn ?? '', thingId: made.thingId ?? '' }
    },

    async update(thingName, { attributes, ...change }) {
      // Merged: what is not named stays. The version sees to it that it is as it was seen.
      const attributePayload = attributes && { attributes, merge: true }
      await iot.send(new UpdateThingCommand({ thingName, ...change, ...(attributePayload && { attributePayload }) }))
    },

    async delete(thingName, expectedVersion) {
      await iot.send(new DeleteThingCommand({ thingName, expectedVersion }))
    },

    async changeGroups(thingName, { add, remove, overrideDynamicGroups }) {
      await iot.send(
        new UpdateThingGroupsForThingCommand({
          thingName,
          thingGroupsToAdd: add,
          thingGroupsToRemove: remove,
          overrideDynamicGroups,
        }),
      )
    },

    async setBillingGroup(thingName, billingGroupName) {
      await iot.send(new AddThingToBillingGroupCommand({ thingName, billingGroupName }))
    },
    async leaveBillingGroup(thingName, billingGroupName) {
      await iot.send(new RemoveThingFromBillingGroupCommand({ thingName, billingGroupName }))
    },
    async attach(thingName, principal, thingPrincipalType) {
      await iot.send(new AttachThingPrincipalCommand({ thingName, principal, thingPrincipalType }))
    },
    async detach(thingName, principal) {
      await iot.send(new DetachThingPrincipalCommand({ thingName, principal }))
    },
  }
}
