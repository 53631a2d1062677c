import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'

/** Closes the page's MQTT connection from the side of the broker. */
export async function dropConnection(page: ConsolePage): Promise<void> {
  const clientId = await page.clientId()
  await new IoTDataPlaneClient(stack.sdk).send(new DeleteConnectionCommand({ clientId }))
}
