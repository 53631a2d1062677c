import { UpdateThingCommand } from '@aws-sdk/client-iot'
import type { TypeChange } from '@thingdeck/contract'
import type { Kind } from './kind.ts'
import { readThing, type ThingParts, textBefore, textChange } from './read-thing.ts'

const PATH = '$.thingTypeName'

/** The thing type. */
export const createTypeKind = ({ iot, arns }: ThingParts): Kind<TypeChange, { readonly expectedVersion: number }> => ({
  async prepare(thingName, { thingTypeName }, { turn }) {
    await turn()
    const { thingTypeName: before, version = 1 } = await readThing(iot, thingName)
    if (before === thingTypeName) return { outcome: 'unchanged', version }
    const changes = [textChange(PATH, before, thingTypeName)]
    return { outcome: 'would-change', version, changes, plan: { expectedVersion: version } }
  },

  async apply(thingName, { thingTypeName }, { expectedVersion }, { turn }) {
    await turn()
    const type = thingTypeName === undefined ? { removeThingType: true } : { thingTypeName }
    await iot.send(new UpdateThingCommand({ thingName, expectedVersion, ...type }))
    return expectedVersion + 1
  },

  undo(_, changes) {
    const thingTypeName = textBefore(changes, PATH)
    return { change: { kind: 'type', ...(thingTypeName !== undefined && { thingTypeName }) } }
  },

  written: (thingName, _, changes) => [{ action: 'UpdateThing', resource: arns.thing(thingName), changes }],
})
