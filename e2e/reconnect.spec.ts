import { connectDevice } from './device.ts'
import { dropConnection } from './drop-connection.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { expectInForce } from './watch-live.ts'

test('a dropped connection comes back by itself, with its subscriptions, and the gap is marked', async ({ page }) => {
  await using device = await connectDevice('e2e-reconnect')
  const live = new LivePage(page)
  await live.enter('Ada', '/live')
  await live.subscribe('e2e/reconnect/#')
  await expectInForce(live, 'e2e/reconnect/#')
  await device.client.publishAsync('e2e/reconnect/a', '"before the drop"', { qos: 1 })
  await expect(live.messagesOf('before the drop')).toBeVisible()

  await dropConnection(live)
  await expect(live.messagesOf(/disconnected .* – /)).toBeVisible()
  await expect(live.connection).toHaveAccessibleName(/live/)
  await device.client.publishAsync('e2e/reconnect/a', '"after the drop"', { qos: 1 })
  await expect(live.messagesOf('after the drop')).toBeVisible()
})
