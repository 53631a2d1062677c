import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { TimelinePage } from './pages/timeline-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('what happened to a device is on one axis, and what happens now comes without moving it', async ({
  page,
  browser,
}) => {
  await logAt('INFO')
  const name = freshName('e2e-timeline')
  await using device = await connectDevice(name)
  await shadowService.update(name, { desired: { on: true } })

  const timeline = new TimelinePage(page)
  await timeline.enter('Ada', `/things/${name}?tab=timeline&last=1h`)
  await expect(timeline.moment('Connected from')).toHaveCount(1)
  await expect(timeline.moment('Update of the classic shadow')).toHaveCount(1)
  await expect(timeline.moment(/Certificate .* was made/)).toHaveCount(1)
  await expect(page.getByText(`As this thing counts the client id ${name}`)).toBeVisible()

  const before = await timeline.view()
  await device.client.endAsync()
  await expect(timeline.newMoments).toBeVisible({ timeout: 30_000 })
  expect(await timeline.view()).toBe(before)
  await timeline.newMoments.click()
  const gone = timeline.moment('the device said goodbye (CLIENT_INITIATED_DISCONNECT)')
  await expect(gone).toHaveCount(1)

  // A moment's link shows the same to a colleague.
  await gone.getByRole('link').click()
  await expect(page).toHaveURL(/at=.*look=/)
  // What was heard is there before the log has it, which is read every ten seconds.
  await expect(page.getByRole('link', { name: 'Log entries around it' })).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)
  await using context = await browser.newContext({ baseURL: stack.console })
  const vera = new TimelinePage(await context.newPage())
  await vera.enter('Vera', page.url())
  await expect(vera.page.getByRole('link', { name: 'Log entries around it' })).toBeVisible()
})

test('two devices with one client id are both named', async ({ page }) => {
  await logAt('INFO')
  const name = freshName('e2e-fight')
  await using first = await connectDevice(name)
  const taken = new Promise((resolve) => first.client.once('close', () => resolve(undefined)))
  const again = new Promise((resolve) => first.client.once('connect', () => resolve(undefined)))
  await using second = await connectDevice(freshName('e2e-intruder'), name)
  await taken
  await again // it takes its client id back, and the fight goes on
  first.client.end(true)
  second.client.end(true)

  const timeline = new TimelinePage(page)
  await timeline.enter('Ada', `/things/${name}?tab=timeline&last=1h&kinds=conflict`)
  const fight = timeline.moment(/Fight for the client id|Another connection took the client id/)
  await expect(fight).toHaveCount(1)
  await expect(fight).toContainText(/between certificate \w{12}… from [\d.:a-f]+ and certificate \w{12}… from/)
  await fight.getByRole('link').click()
  await expect(page.getByRole('heading', { name: `Who used the client id ${name}` })).toBeVisible()
})

test('where logging is off the page says so, and shows what it hears', async ({ page }) => {
  await new IoTClient(stack.sdk).send(new SetV2LoggingOptionsCommand({ disableAllLogs: true }))
  const name = freshName('e2e-unlogged')
  await using device = await connectDevice(name)
  const timeline = new TimelinePage(page)
  await timeline.enter('Vera', `/things/${name}?tab=timeline&last=1h`)
  await expect(page.getByText('Logging is off')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Turn on logging' })).toBeVisible()
  // The page hears from when the broker has answered it, which is after the connection is live.
  await timeline.connection.click()
  const session = page.getByRole('dialog', { name: 'MQTT session' })
  const heard = session.getByRole('listitem').filter({ hasText: `presence/disconnected/${name}` })
  await expect(heard).toContainText('active')
  await page.keyboard.press('Escape')
  await expect(session).toBeHidden()
  await device.client.endAsync()
  await expect(timeline.newMoments).toBeVisible()
  await timeline.newMoments.click()
  await expect(timeline.moment('the device said goodbye')).toHaveCount(1)
  await logAt('INFO')
})

test('the axis is moved by keys and pointer, and its address shows the same again', async ({ page }) => {
  const timeline = new TimelinePage(page)
  await timeline.enter('Ada', '/things/pump-1?tab=timeline')
  await expect(page.getByText(/Read back to/)).toBeVisible()
  const first = await timeline.view()
  await timeline.axis.focus()
  // The address follows once the axis is at rest: after each key, or after both.
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/from=.*to=/)
  const zoomed = page.url()
  await page.keyboard.press('ArrowLeft')
  await expect(page).not.toHaveURL(zoomed)
  const moved = await timeline.view()
  expect(moved).not.toBe(first)
  await page.reload()
  await expect.poll(() => timeline.view()).toBe(moved)
  await expect(page.getByText(/Read back to/)).toBeVisible() // lanes come with what is read, and the axis grows by them
  const box = await timeline.axis.boundingBox()
  if (!box) throw new Error('The axis is not there')
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => timeline.view()).not.toBe(moved)
  await page.getByRole('button', { name: 'Now' }).click()
  await expect(page).not.toHaveURL(/from=/)
})
