import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from '@playwright/test'
import { connectDevice } from './device.ts'
import { LivePage } from './pages/live-page.ts'
import { stack } from './stack.ts'

test('a dropped connection comes back by itself, with its subscriptions, and the gap is marked', async ({ page }) => {
  await using device = await connectDevice('e2e-reconnect')
  const live = new LivePage(page)
  await live.signIn('Ada', '/live')
  await live.subscribe('e2e/reconnect/#')
  await expect(page.getByRole('list', { name: 'Subscriptions' })).toContainText('e2e/reconnect/#')
  await expect(page.getByRole('list', { name: 'Subscriptions' })).toContainText('/s')
  await device.client.publishAsync('e2e/reconnect/a', '"before the drop"', { qos: 1 })
  await expect(live.messagesOf('before the drop')).toBeVisible()

  await live.connection.click()
  const details = page.getByRole('dialog', { name: 'MQTT session' })
  const clientId = (
    await details
      .getByText(/^thingdeck-/)
      .first()
      .textContent()
  )?.trim()
  await page.keyboard.press('Escape')
  await new IoTDataPlaneClient(stack.sdk).send(new DeleteConnectionCommand({ clientId }))

  await expect(live.messagesOf(/disconnected .* – /)).toBeVisible()
  await expect(live.connection).toHaveAccessibleName(/live/)
  await device.client.publishAsync('e2e/reconnect/a', '"after the drop"', { qos: 1 })
  await expect(live.messagesOf('after the drop')).toBeVisible()
})
