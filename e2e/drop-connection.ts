import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { expect } from '@playwright/test'
import type { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'

/** Closes the page's MQTT connection from the side of the broker. */
export async function dropConnection(page: ConsolePage): Promise<void> {
  const clientId = await page.clientId()
  await new IoTDataPlaneClient(stack.sdk).send(new DeleteConnectionCommand({ clientId }))
}

/** Closes it, and waits until the page has seen that and is connected anew: nothing falls into the time between. */
export async function renewConnection(page: ConsolePage): Promise<void> {
  const dropped = page.page.waitForFunction(
    () => !document.querySelector('button[aria-label^="Connection:"]')?.ariaLabel?.includes('live'),
  )
  await dropConnection(page)
  await dropped
  await expect(page.connection).toHaveAccessibleName(/live/)
}
