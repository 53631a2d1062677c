import { AddThingToBillingGroupCommand, RemoveThingFromBillingGroupCommand } from '@aws-sdk/client-iot'
import type { BillingGroupChange } from '@thingdeck/contract'
import type { Kind } from './kind.ts'
import { readThing, type ThingParts, textBefore, textChange } from './read-thing.ts'

const PATH = '$.billingGroupName'

/** The billing group, of which a thing has one at most: with the one that it joins it leaves the one before. */
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
    await turn()
    // One request: what is refused, for want of such a group say, leaves the thing where it is.
    if (billingGroupName !== undefined)
      await iot.send(new AddThingToBillingGroupCommand({ thingName, billingGroupName }))
    else if (before !== undefined)
      await iot.send(new RemoveThingFromBillingGroupCommand({ thingName, billingGroupName: before }))
    return undefined
  },

  undo(_, changes) {
    const billingGroupName = textBefore(changes, PATH)
    return { change: { kind: 'billing-group', ...(billingGroupName !== undefined && { billingGroupName }) } }
  },

  written: (thingName, { billingGroupName }, changes) => [
    {
      action: billingGroupName === undefined ? 'RemoveThingFromBillingGroup' : 'AddThingToBillingGroup',
      resource: arns.thing(thingName),
      changes,
    },
  ],
})
