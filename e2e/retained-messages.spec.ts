import { connectClient } from './mqtt-client.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

/** AWS IoT quotas: messages that are not acknowledged yet, on one connection. */
const AT_ONCE = 50

test('what the broker retains is found, looked at byte for byte, and cleared for good', async ({ page }) => {
  await using client = await connectClient('e2e-retained')
  await client.client.publishAsync('e2e-kept/odd/1', '\ufeff{ "b": 1, "b": 2 }', { qos: 1, retain: true })
  await client.client.publishAsync('e2e-kept/odd/2', '2', { qos: 1, retain: true })
  await client.client.publishAsync('e2e-kept/other', '3', { qos: 1, retain: true })

  const console = new ConsolePage(page)
  await console.enter('Ada', '/retained-messages?prefix=e2e-kept/odd')
  await expect(page.getByText('e2e-kept/odd/2')).toBeVisible()
  await expect(page.getByText('e2e-kept/other')).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Select e2e-kept/odd/1' }).check()
  const message = page.getByRole('region', { name: 'Message', exact: true })
  await message.getByRole('tab', { name: 'Hex' }).click()
  await expect(message).toContainText('ef bb bf 7b 20 22 62 22')

  await page.getByRole('checkbox', { name: 'Select e2e-kept/odd/2' }).check()
  await page.getByRole('button', { name: 'Clear (2)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Clear 2 retained messages?' })
  await dialog.getByRole('button', { name: 'Clear 2 retained messages' }).click()
  await expect(page.getByText('2 cleared.', { exact: true })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByText('No matches', { exact: true })).toBeVisible()

  const heard: string[] = []
  await using late = await connectClient('e2e-retained-late')
  late.client.on('message', (topic) => heard.push(topic))
  for (const topic of ['e2e-kept/odd/1', 'e2e-kept/odd/2', 'e2e-kept/other']) await late.client.subscribeAsync(topic)
  await expect.poll(() => heard).toEqual(['e2e-kept/other'])

  await page.goto('/activity?action=ClearRetainedMessage')
  await expect(page.getByText('topic e2e-kept/odd/2')).toBeVisible()
})

test('thousands of retained messages page well, and what a filter finds of them is cleared at once', async ({
  page,
  unlimited,
}) => {
  test.slow()
  await using client = await connectClient('e2e-retained-many', unlimited.server.http)
  const topics = Array.from({ length: 2_500 }, (_, index) => `e2e-many/${String(index).padStart(5, '0')}`)
  for (let start = 0; start < topics.length; start += AT_ONCE) {
    const part = topics.slice(start, start + AT_ONCE)
    await Promise.all(part.map((topic) => client.client.publishAsync(topic, '{}', { qos: 1, retain: true })))
  }
  const console = new ConsolePage(page)
  await console.enter('Ada', `${unlimited.console}/retained-messages?contains=MANY/02499`)
  await expect(page.getByText('e2e-many/02499')).toBeVisible()
  await page.goto(`${unlimited.console}/retained-messages?prefix=e2e-many/01`)
  await page.getByRole('button', { name: 'Clear all found' }).click()
  await page.getByRole('button', { name: 'Clear 1,000 retained messages' }).click()
  await expect(page.getByText('1,000 cleared.', { exact: true })).toBeVisible({ timeout: 60_000 })
  await page.goto(`${unlimited.console}/retained-messages?contains=/01`)
  await expect(page.getByText('No matches', { exact: true })).toBeVisible()
})
