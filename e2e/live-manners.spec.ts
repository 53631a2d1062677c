import { connectClient } from './mqtt-client.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

test('Esc closes the message, C asks, clearing can be undone, and the mark of a muted subscription goes from rows that others show', async ({
  page,
}) => {
  await using client = await connectClient('e2e-manners')
  const live = await watch(page, ['e2e/manners/#', 'e2e/manners/+'])
  await client.client.publishAsync('e2e/manners/a', '{"n":1}', { qos: 1 })
  await live.open('e2e/manners/a')
  await expect(live.detail).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(live.detail).toHaveCount(0)
  await expect(live.messages).toBeFocused()
  await live.open('e2e/manners/a')
  await live.form('Text').focus()
  await page.keyboard.press('Escape')
  await expect(live.detail).toHaveCount(0)

  const mark = live.messagesOf('e2e/manners/a').getByRole('gridcell').first()
  await expect(mark).toHaveText('1')
  await live.button(/^Mute e2e\/manners\/#/).click()
  await expect(mark).toHaveText('2')

  await page.keyboard.press('Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Clear everything kept' })
  await expect(dialog).toContainText('1 message goes')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(live.messagesOf('e2e/manners/a')).toHaveCount(1)

  await live.button('Clear').click()
  await expect(live.messagesOf('e2e/manners/a')).toHaveCount(0)
  await client.client.publishAsync('e2e/manners/b', '{"n":2}', { qos: 1 })
  await expect(live.messagesOf('e2e/manners/b')).toHaveCount(1)
  await live.flashes.getByRole('button', { name: 'Undo' }).click()
  await expect(live.messagesOf('e2e/manners/a')).toHaveCount(1)
  await expect(live.messagesOf('e2e/manners/b')).toHaveCount(1)
})

test('in a narrow window, publishing leaves the payloads in sight', async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 800 })
  await using client = await connectClient('e2e-narrow')
  const live = await watch(page, 'e2e/narrow')
  expect((await live.topicFilter.boundingBox())?.width).toBeGreaterThan(140) // a topic filter can be read in it
  await live.publishButton.click()
  await client.client.publishAsync('e2e/narrow', '{"seen":true}', { qos: 1 })
  await expect(live.messages.getByText('{"seen":true}')).toBeInViewport()
  await expect(live.drawer.getByRole('textbox', { name: 'Payload' })).toBeInViewport()
  await expect(live.drawer.getByRole('button', { name: 'Publish message' })).toBeInViewport()
})

test('a view that an operator shares is there for a viewer, who cannot take it away', async ({ page, browser }) => {
  const live = await watch(page, ['e2e/shared/#'])
  await live.filter('alarm')
  await live.choose('Saved', 'Share subscriptions and filter …')
  const dialog = page.getByRole('dialog', { name: 'Share subscriptions and filter' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Alarms of e2e')
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog).toHaveCount(0)

  await using context = await browser.newContext()
  const others = new LivePage(await context.newPage())
  await others.enter('Vera', '/live')
  await others.choose('Saved', 'Alarms of e2e')
  await expect(others.subscription('e2e/shared/#')).toBeVisible()
  await expect(others.filterField).toHaveValue('alarm')
  await others.choose('Saved', 'Rename or remove …')
  await expect(others.button('Remove Alarms of e2e')).toBeDisabled()

  await live.choose('Saved', 'Rename or remove …')
  await live.button('Remove Alarms of e2e').click()
  await live.button('Remove the shared view').click()
  await expect(page.getByText('None is shared.')).toBeVisible()
})

test('an admin says where the things of a type have their messages', async ({ page }) => {
  const live = new LivePage(page)
  await live.enter('Grace', '/things/pump-1?tab=live')
  await expect(live.subscription('dt/+/pump-1/#')).toBeVisible()
  // The list scrolls, and not the page.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await live.button('Topics of the type').click()
  const dialog = page.getByRole('dialog', { name: /^Topics of things of the type / })
  await dialog.getByRole('textbox', { name: 'Topic filters' }).fill('e2e-plant/${thingName}/#')
  await dialog.getByRole('button', { name: 'Set topics' }).click()
  await expect(live.subscription('e2e-plant/pump-1/#')).toBeVisible()
  await expect(live.subscription('dt/+/pump-1/#')).toHaveCount(0)
  await live.button('Topics of the type').click()
  await dialog.getByRole('textbox', { name: 'Topic filters' }).fill('')
  await dialog.getByRole('button', { name: 'Use the usual topics' }).click()
  await expect(live.subscription('dt/+/pump-1/#')).toBeVisible()
})
