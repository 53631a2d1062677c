import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { expectFigures, watch } from './watch-live.ts'
import { layWire } from './wire.ts'

test('the network is pulled and comes back: the hole is marked, what the broker kept arrives, the sums add up', async ({
  page,
  context,
}) => {
  await using wire = await layWire(context)
  await using sender = await connectClient('e2e-pulled')
  const live = await watch(page, ['e2e/pulled/0/#'])
  await live.chooseQos(1)
  await live.subscribe('e2e/pulled/1/#')
  await expect(live.subscription('e2e/pulled/1/#')).toContainText('/s')
  const say = async (word: string) => {
    for (const qos of [0, 1] as const) await sender.client.publishAsync(`e2e/pulled/${qos}/a`, word, { qos })
  }
  await say('before')
  await expect(live.counters).toContainText('received 2')

  wire.pull()
  await expect(live.connection).not.toHaveAccessibleName(/live/)
  const open = page.getByRole('status').filter({ hasText: /^Disconnected since \d\d:\d\d:\d\d/ })
  await expect(open).toContainText('reconnecting')
  await expect(live.counters).not.toContainText('gap') // it becomes one when it is over
  await say('meanwhile')
  await expect(live.subscription('e2e/pulled/0/#')).toContainText('waiting for the broker')
  wire.plug()
  await expect(live.messagesOf(/disconnected \d\d:\d\d:\d\d.* – \d\d:\d\d:\d\d.*QoS 0 is not here/)).toHaveCount(1)
  await expect(open).toHaveCount(0)
  await expect(live.connection).toHaveAccessibleName(/live/)
  await say('after')
  await expect(live.messagesOf('after')).toHaveCount(2)

  // At QoS 1 the broker kept it for the console; at QoS 0 it is what the gap tells of.
  await expect(live.messagesOf('meanwhile')).toHaveCount(1)
  await expect(live.messagesOf('meanwhile')).toContainText('e2e/pulled/1/a')
  await expect(live.counters).toContainText('1 gap')
  await live.button('Gap before').click()
  await expect(live.messagesOf(/^disconnected/)).toHaveAttribute('aria-selected', 'true')
  await expectFigures(live, { received: 5, kept: 5, 'aged out': 0 })
})

test('what the broker sends again at QoS 1 is marked and counted', async ({ page, context }) => {
  await using wire = await layWire(context)
  await using sender = await connectClient('e2e-again')
  const live = await watch(page, [])
  await live.chooseQos(1)
  await live.subscribe('e2e/again/#')
  await expect(live.subscription('e2e/again/#')).toContainText('/s')

  wire.deafen()
  for (const word of ['again-1', 'again-2', 'again-3'])
    await sender.client.publishAsync('e2e/again/a', word, { qos: 1 })
  await expect(live.counters).toContainText('received 3')
  wire.cut()
  await expect(live.counters).toContainText('3 sent again (DUP)')
  await expect(live.messagesOf('again-2')).toHaveCount(2)
  await expect(live.messagesOf('again-2').last().getByTitle('Sent again by the broker')).toBeVisible()
  await expectFigures(live, { received: 6, kept: 6 })
  await live.messagesOf('again-2').last().click()
  await expect(live.detail).toContainText('sent again')
})
