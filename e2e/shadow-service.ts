import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { stack } from './stack.ts'

/** Somebody else's hands on shadows: the account's administrator, over REST. */
export function shadowServiceOf(data: IoTDataPlaneClient) {
  return {
    async update(thingName: string, state: object, shadowName?: string): Promise<void> {
      await this.updateText(thingName, JSON.stringify(state), shadowName)
    },
    /** With the state as text: numbers have digits that JavaScript would lose. */
    async updateText(thingName: string, stateText: string, shadowName?: string): Promise<void> {
      const payload = new TextEncoder().encode(`{"state":${stateText}}`)
      await data.send(new UpdateThingShadowCommand({ thingName, shadowName, payload }))
    },
    async getText(thingName: string): Promise<string> {
      const { payload } = await data.send(new GetThingShadowCommand({ thingName }))
      return new TextDecoder().decode(payload)
    },
    async get(
      thingName: string,
      shadowName?: string,
    ): Promise<{ version: number; state: Record<string, Record<string, unknown>> }> {
      const { payload } = await data.send(new GetThingShadowCommand({ thingName, shadowName }))
      return JSON.parse(new TextDecoder().decode(payload))
    },
    async delete(thingName: string): Promise<void> {
      await data.send(new DeleteThingShadowCommand({ thingName }))
    },
  }
}

export const shadowService = shadowServiceOf(new IoTDataPlaneClient(stack.sdk))
