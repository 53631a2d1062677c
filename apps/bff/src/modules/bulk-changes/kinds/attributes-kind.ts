import { UpdateThingCommand } from '@aws-sdk/client-iot'
import type { AttributesChange } from '@thingdeck/contract'
import type { Kind } from './kind.ts'
import { checkMembers, membersLeft, membersToChange, membersUndone } from './member-changes.ts'
import { readThing, type ThingParts } from './read-thing.ts'

interface AttributesPlan {
  /** AWS takes a value that is empty for one to remove (AWS IoT API reference, AttributePayload). */
  readonly attributes: Record<string, string>
  readonly expectedVersion: number
}

/** Attributes of the registry: those that are not named stay, whoever changes them at the same time. */
export const createAttributesKind = ({ iot, arns }: ThingParts): Kind<AttributesChange, AttributesPlan> => ({
  check: (change) => checkMembers('an attribute', change),

  async prepare(thingName, change, { turn }) {
    await turn()
    const { attributes = {}, version = 1 } = await readThing(iot, thingName)
    const changes = membersToChange(['attributes'], attributes, change)
    if (changes.length === 0) return { outcome: 'unchanged', version }
    const { set, remove } = membersLeft(attributes, change)
    const plan = {
      attributes: { ...set, ...Object.fromEntries(remove.map((name) => [name, ''])) },
      expectedVersion: version,
    }
    return { outcome: 'would-change', version, changes, plan }
  },

  async apply(thingName, _, { attributes, expectedVersion }, { turn }) {
    await turn()
    await iot.send(
      new UpdateThingCommand({ thingName, attributePayload: { attributes, merge: true }, expectedVersion }),
    )
    return expectedVersion + 1
  },

  undo: (change, changes) => ({ change: { kind: 'attributes', ...membersUndone(['attributes'], change, changes) } }),

  written: (thingName, _, changes) => [{ action: 'UpdateThing', resource: arns.thing(thingName), changes }],
})
