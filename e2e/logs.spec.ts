import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { LogsPage } from './pages/logs-page.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

test('what a device did is found, followed as it comes, and followed to whom it went', async ({ page }) => {
  await logAt('INFO')
  const [name, receiver] = [freshName('e2e-logs'), freshName('e2e-logs-hears')]
  await using device = await connectDevice(name)
  await using hearing = await connectDevice(receiver)
  await hearing.client.subscribeAsync(`dt/${name}/#`, { qos: 1 })
  await device.client.publishAsync(`dt/${name}/telemetry`, '{"flow":4.2}', { qos: 1 })

  const logs = new LogsPage(page)
  await logs.enter('Ada', `/logs?client=${name}&last=15m`)
  await expect(logs.rows.filter({ hasText: 'Connect' }).first()).toBeVisible()
  const published = logs.rows.filter({ hasText: 'Publish-In' }).filter({ hasText: 'telemetry' })
  await expect(published).toHaveCount(1)
  await expect(published).toContainText(`dt/${name}/telemetry`)

  await page.getByRole('button', { name: 'Live tail' }).first().click()
  await expect(page).toHaveURL(/tail=1/)
  await device.client.publishAsync(`dt/${name}/later`, '{}', { qos: 1 })
  const isThere = logs.rows.filter({ hasText: `dt/${name}/later` })
  const waits = page.getByRole('button', { name: /Show \d+ new entr/ }).first()
  await expect(isThere.or(waits).first()).toBeVisible({ timeout: 20_000 })
  if (await waits.isVisible()) await waits.click()
  await expect(isThere).toBeVisible()

  await logs.look(published)
  const entry = logs.entry('Publish-In')
  await expect(entry).toContainText(`"topicName":"dt/${name}/telemetry"`)
  await expect(page).toHaveURL(/look=/)
  await expectAccessible(page)

  await entry.getByRole('link', { name: 'Follow it' }).click()
  await expect(page.getByRole('heading', { name: /^Trace/ })).toBeVisible()
  await expect(page.getByText(/Allowed by statement 1 of policy/)).toBeVisible()
  await expect(page.getByRole('link', { name: receiver, exact: true }).first()).toBeVisible()
  await expect(page.getByText(new RegExp(`delivered \\+.*through dt/${name}/#`))).toBeVisible()
  await expectAccessible(page)
})

test('a client is debugged from a thing, and its level is put back when somebody stops it', async ({ page }) => {
  await logAt('ERROR')
  const name = freshName('e2e-debug')
  await using device = await connectDevice(name)
  const logs = new LogsPage(page)
  await logs.enter('Ada', `/things/${name}`)
  await page.getByRole('button', { name: 'Debug for 15 minutes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Debug a client for 15 minutes' })
  await expect(dialog).toContainText('0.50 USD per GB')
  await dialog.getByRole('button', { name: 'Start debugging' }).click()
  await expect(page.getByRole('button', { name: `Stop debugging ${name}` })).toBeVisible()

  await device.client.publishAsync(`dt/${name}/telemetry`, '{}', { qos: 1 })
  await page.goto(`/logs?client=${name}&last=15m`)
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).first().click()
    await expect(logs.rows.filter({ hasText: 'Publish-In' })).toHaveCount(1, { timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await page.getByRole('button', { name: `Stop debugging ${name}` }).click()
  await expect(page.getByRole('button', { name: `Stop debugging ${name}` })).toHaveCount(0)

  await page.goto('/logs/settings')
  await expect(page.getByText('AWS IoT logs at ERROR')).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Targets' })).not.toContainText(name)
  await page.goto('/activity')
  await expect(page.getByText(`CLIENT_ID ${name}`).first()).toBeVisible()
})

test('a message of the inspector is followed, and the page says how sure that is', async ({ page }) => {
  await logAt('INFO')
  const name = freshName('e2e-follow')
  await using device = await connectDevice(name)
  const live = await watch(page, `dt/${name}/#`)
  await device.client.publishAsync(`dt/${name}/telemetry`, '{"flow":4.2}', { qos: 1 })
  await expect(live.counters).toContainText('received 1')
  await live.open('4.2')
  await live.detail.getByRole('link', { name: 'Follow' }).click()
  await expect(page.getByText('Likely this one')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('MQTT carries no trace id.')).toBeVisible()
  await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()
})
