import { AddThingToBillingGroupCommand, RemoveThingFromBillingGroupCommand } from '@aws-sdk/client-iot'
import type { BillingGroupChange } from '@thingdeck/contract'
import type { Kind } from './kind.ts'
import { readThing, type ThingParts, textBefore, textChange, thingResource } from './read-thing.ts'

const PATH = '$.billingGroupName'

/** The billing group, of which a thing has one at most: it leaves the one before first. */
export const createBillingGroupKind = ({
  iot,
  arns,
}: ThingParts): Kind<BillingGroupChange, { readonly before: string | undefined }> => ({
  async prepare(thingName, { billingGroupName }, { turn }) {
    await turn()
    const { billingGroupName: before, version } = await readThing(iot, thingName)
    const known = version === undefined ? {} : { version }
    if (before === billingGroupName) return { outcome: 'unchanged', ...known }
    return {
      outcome: 'would-change',
      ...known,
      changes: [textChange(PATH, before, billingGroupName)],
      plan: { before },
    }
  },

  async apply(thingName, { billingGroupName }, { before }, { turn }) {
    if (before !== undefined) {
      await turn()
      await iot.send(new RemoveThingFromBillingGroupCommand({ thingName, billingGroupName: before }))
    }
    if (billingGroupName !== undefined) {
      await turn()
      await iot.send(new AddThingToBillingGroupCommand({ thingName, billingGroupName }))
    }
    return undefined
  },

  undo(_, changes) {
    const billingGroupName = textBefore(changes, PATH)
    return { change: { kind: 'billing-group', ...(billingGroupName !== undefined && { billingGroupName }) } }
  },

  written: (thingName, { billingGroupName }, changes) => [
    {
      action: billingGroupName === undefined ? 'RemoveThingFromBillingGroup' : 'AddThingToBillingGroup',
      resource: thingResource(arns, thingName),
      changes,
    },
  ],
})
