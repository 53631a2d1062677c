import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { stack } from './stack.ts'

const data = new IoTDataPlaneClient(stack.sdk)

/** Somebody else's hands on a shadow: the account's administrator, over REST. */
export const shadowService = {
  async update(thingName: string, state: object): Promise<void> {
    await data.send(
      new UpdateThingShadowCommand({ thingName, payload: new TextEncoder().encode(JSON.stringify({ state })) }),
    )
  },
  async get(thingName: string): Promise<{ version: number; state: Record<string, Record<string, unknown>> }> {
    const { payload } = await data.send(new GetThingShadowCommand({ thingName }))
    return JSON.parse(new TextDecoder().decode(payload))
  },
  async delete(thingName: string): Promise<void> {
    await data.send(new DeleteThingShadowCommand({ thingName }))
  },
}
