import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { stack } from './stack.ts'

const iot = new IoTClient(stack.sdk)

/** Registers things of these names, in a group or of a type that is made where there is none yet. */
export async function registerThings(
  names: readonly string[],
  { group, type }: { readonly group?: string; readonly type?: string } = {},
): Promise<void> {
  if (type !== undefined) await iot.send(new CreateThingTypeCommand({ thingTypeName: type }))
  if (group !== undefined) await iot.send(new CreateThingGroupCommand({ thingGroupName: group }))
  for (const thingName of names) {
    await iot.send(new CreateThingCommand({ thingName, thingTypeName: type }))
    if (group !== undefined) await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: group }))
  }
}
