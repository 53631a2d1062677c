import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'
import { expectInForce, watch } from './watch-live.ts'

test('every message is accounted for: received = kept + aged out, shown = kept − filtered', { tag: '@aws' }, async ({
  page,
}) => {
  await using device = await connectDevice(freshName('e2e-live'))
  const live = await watch(page, 'e2e/live/#')
  for (let number = 1; number <= 50; number += 1) {
    await device.client.publishAsync(`e2e/live/${number % 5}`, JSON.stringify({ number, big: '§' }), { qos: 1 })
  }
  await expect(live.counters).toContainText('received 50')
  await live.filter('$.number > 40')
  await expect(live.counters).toContainText('shown 10')
  const { received = 0, kept = 0, 'aged out': agedOut = 0, shown = 0, filtered = 0 } = await live.counts()
  expect(received).toBe(kept + agedOut)
  expect(shown).toBe(kept - filtered)

  // The whole view is in the address: a reload shows the same subscription and filter.
  await page.reload()
  await expectInForce(live, 'e2e/live/#')
  await device.client.publishAsync('e2e/live/9', '{"number":7}', { qos: 1 })
  await device.client.publishAsync('e2e/live/9', '{"number":99}', { qos: 1 })
  await expect(live.messagesOf('"number":99')).toBeVisible()
  await expect(live.messagesOf('"number":7}')).toHaveCount(0)
})

test('the topic tree counts each topic, and keeps the stream when the view changes', async ({ page }) => {
  await using device = await connectDevice('e2e-tree')
  const live = await watch(page, 'e2e/tree/#')
  for (const topic of ['a/x', 'a/y', 'a/y', 'b']) await device.client.publishAsync(`e2e/tree/${topic}`, '1', { qos: 1 })
  await expect(live.counters).toContainText('received 4')
  await live.show('Tree')
  const tree = page.getByRole('tree', { name: 'Topics' }).or(page.getByRole('treegrid', { name: 'Topics' }))
  await expect(tree).toContainText('e2e')
  await live.show('List')
  await expect(live.messagesOf('e2e/tree/a/y')).toHaveCount(2)
})

test('a number beyond 2^53 is shown with every digit, and bytes that are no text as what they are', async ({
  page,
}) => {
  await using device = await connectDevice('e2e-exact')
  const live = await watch(page, 'e2e/exact/#')
  await device.client.publishAsync('e2e/exact/number', '{"id":12345678901234567890}', { qos: 1 })
  await device.client.publishAsync('e2e/exact/bytes', Buffer.from([0xff, 0x00, 0xfe, 0x80]), { qos: 1 })
  // Rows move while messages come: what is clicked has to have come to rest.
  await expect(live.counters).toContainText('received 2')
  await expect(live.messagesOf('e2e/exact/bytes')).toBeVisible()
  await live.messagesOf('e2e/exact/number').click()
  const detail = page.getByRole('region', { name: 'Message', exact: true })
  await expect(detail).toContainText('12345678901234567890')
  await live.messagesOf('e2e/exact/bytes').click()
  await expect(detail.getByRole('tab', { name: 'Hex' })).toHaveAttribute('aria-selected', 'true')
  await expect(detail).toContainText(/ff 00 fe 80/i)
})

test('an operator publishes beside the stream; a viewer sees why it is off', async ({ page, browser }) => {
  const live = await watch(page, 'e2e/publish/#')
  await live.publishButton.click()
  await live.drawer.getByRole('combobox', { name: 'Topic' }).fill('e2e/publish/hello')
  await live.drawer.getByRole('textbox', { name: 'Payload' }).fill('{"seq":{{seq}}}')
  await live.drawer.getByRole('checkbox', { name: 'Replace placeholders' }).check()
  await live.drawer.getByRole('button', { name: 'Publish message' }).click()
  await expect(live.messagesOf('e2e/publish/hello')).toContainText('{"seq":1}')

  await using context = await browser.newContext({ baseURL: stack.console })
  const viewer = await watch(await context.newPage(), 'e2e/publish/#', 'Vera')
  await viewer.publishButton.click()
  const publish = viewer.drawer.getByRole('button', { name: 'Publish message' })
  await expect(publish).toBeDisabled()
  await expect(publish).toHaveAccessibleDescription(/needs the role operator/)
})

test('the message that is looked at stays in view: as its detail opens, and as the filter that found it is cleared', async ({
  page,
}) => {
  await using device = await connectDevice('e2e-context')
  const live = await watch(page, 'e2e/context/#')
  // As many as AWS takes from a device in a second, however quick the machine is.
  for (let number = 1; number <= 90; number += 1) {
    await device.client.publishAsync('e2e/context/a', JSON.stringify({ number }), { qos: 1 })
  }
  await expect(live.counters).toContainText('received 90')
  await live.messages.press('ArrowUp') // lets go of the end
  await live.messagesOf('"number":89}').click() // low enough for the detail to open over it
  const detail = page.getByRole('region', { name: 'Message', exact: true })
  await expect(detail).toContainText('89')
  await expect(live.messagesOf('"number":89}')).toBeInViewport({ ratio: 1 })

  await live.filter('$.number = 45')
  await live.messagesOf('"number":45}').click()
  await live.filter('')
  await expect(live.counters).not.toContainText('shown')
  await expect(live.messagesOf('"number":45}')).toBeInViewport({ ratio: 1 })
  await expect(live.messagesOf('"number":43}')).toBeInViewport()
  await expect(live.messagesOf('"number":47}')).toBeInViewport()
})
