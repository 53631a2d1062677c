import { GetTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { connectDevice } from './device.ts'
import { freshName, freshRuleName } from './fresh-name.ts'
import { arrowTo, goByPalette, pressKeys, skipToContent, tabTo } from './keyboard.ts'
import { logAt } from './logging.ts'
import { ConsolePage } from './pages/console-page.ts'
import { LivePage } from './pages/live-page.ts'
import { RefusalsPage } from './pages/refusals-page.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

// The main jobs of an operator, by the keyboard alone: nothing here is clicked.

test('a thing is found, and how it is connected', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/overview')
  await pressKeys(page, 'g t')
  await expect(things.row('pump-1')).toBeVisible()
  await pressKeys(page, '/')
  await page.keyboard.type('pump-1')
  await page.keyboard.press('Enter')
  await expect(things.row('lamp-1')).toBeHidden()
  await arrowTo(page, things.row('pump-1').getByRole('link', { name: 'pump-1', exact: true }))
  await page.keyboard.press('Enter')
  await expect(things.heading('pump-1')).toBeVisible()
  await expect(page.getByText('Connected since')).toBeVisible()

  // What the page is for, and back to where one was.
  await page.keyboard.press('F1')
  const close = page.getByRole('button', { name: 'Close help panel' })
  await expect(close).toBeFocused()
  await expect(page.getByRole('heading', { name: 'A thing' })).toBeVisible()
  await expect(page.getByText('aws iot describe-thing --thing-name pump-1')).toBeVisible()
  await page.keyboard.press('F1')
  await expect(close).toBeHidden()

  await tabTo(page, page.locator('#content').getByRole('link', { name: 'pump-1', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clients\/pump-1/)
  await expect(page.getByText('Keep-alive')).toBeVisible()
})

test('live messages are watched, filtered and held', async ({ page }) => {
  const live = new LivePage(page)
  await live.enter('Vera', '/overview')
  await pressKeys(page, 'g l')
  await tabTo(page, live.topicFilter)
  await page.keyboard.type('dt/#')
  await page.keyboard.press('Escape') // what is suggested
  await tabTo(page, live.subscribeButton)
  await page.keyboard.press('Enter')
  await expect(live.messagesOf('pump-1').first()).toBeVisible()

  await pressKeys(page, '/')
  await expect(live.filterField).toBeFocused()
  await page.keyboard.type('topic:dt/pump-1/#')
  await expect(live.messagesOf('lamp-1')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Escape')
  await pressKeys(page, 'p')
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
})

test('a shadow is edited, and a conflict resolved', async ({ page }) => {
  const thingName = freshName('e2e-keyboard')
  await shadowService.update(thingName, { desired: { mode: 'auto', target: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}/shadow`)
  await expect(shadow.table).toBeVisible()
  await expect(shadow.connection).toHaveAccessibleName(/live/)
  await skipToContent(page)
  await tabTo(page, shadow.editor)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{"mode": "manual", "target": 2}')
  // Somebody else's value comes while one is in the editor; what to choose stands behind it.
  await shadowService.update(thingName, { desired: { target: 3 } })
  await expect(shadow.choice('target', 'Mine')).toBeVisible()
  await page.keyboard.press('Escape') // Tab leaves the editor then
  await tabTo(page, shadow.choice('target', 'Mine'))
  await page.keyboard.press('Enter')
  await tabTo(page, shadow.updateButton)
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await shadowService.get(thingName)).state.desired)
    .toEqual({ mode: 'manual', target: 2 })
})

test('why a device is refused, and what would let it in', async ({ page }) => {
  await logAt('ERROR')
  await using device = await connectDevice(freshName('e2e-refused'), undefined, 'iot:Connect')
  device.client.publish('not/allowed/here', '{}', { qos: 1 })
  const refusals = new RefusalsPage(page)
  await refusals.enter('Ada', '/overview')
  await pressKeys(page, 'g d')
  await expect(refusals.heading(/Refusals/)).toBeVisible()
  const row = refusals.rows.filter({ hasText: device.thingName }).first()
  await tabTo(page, page.getByRole('button', { name: 'Refresh refusals' }))
  await expect(async () => {
    await page.keyboard.press('Enter') // the log has it after some seconds
    await expect(row).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await pressKeys(page, '/')
  await page.keyboard.type(device.thingName)
  await page.keyboard.press('Enter')
  // With the filter the rows of before are gone: where one of them had the focus, nothing would have it then.
  await expect(page.getByRole('button', { name: 'Clear filters' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(device.thingName))
  await arrowTo(page, row.getByRole('radio'))
  await page.keyboard.press('Space')
  await tabTo(page, refusals.look.getByRole('link', { name: 'Open in the simulator' }))
  await page.keyboard.press('Enter')
  await expect(refusals.heading(/Simulator/)).toBeVisible()
  await expect(page.getByText('To allow it')).toBeVisible()
})

test('a job is rolled out', async ({ page }) => {
  const jobId = freshName('e2e-keyboard')
  const ada = new ConsolePage(page)
  await ada.enter('Ada', '/overview')
  await goByPalette(page, 'create job', 'Create job')
  await tabTo(page, page.getByRole('textbox', { name: 'Id of the job' }))
  await page.keyboard.type(jobId)
  await tabTo(page, page.getByRole('textbox', { name: 'Names of the things' }))
  await page.keyboard.type('pump-1')
  const next = page.getByRole('button', { name: 'Next' })
  await tabTo(page, next)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('textbox', { name: 'Document' }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{"operation": "install"}')
  await page.keyboard.press('Escape')
  await tabTo(page, next)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('textbox', { name: 'Time-out, in minutes' }))
  await page.keyboard.type('30')
  await tabTo(page, next)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Create job' }))
  await page.keyboard.press('Enter')
  await expect(ada.heading(jobId)).toBeVisible()
})

test('a rule is written, rehearsed and made, at 1024 px', async ({ page }) => {
  const name = freshRuleName('keys')
  const [iot, sqs] = [new IoTClient(stack.sdk), new SQSClient(stack.sdk)]
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
  await page.setViewportSize({ width: 1024, height: 768 })
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/overview')
  await goByPalette(page, 'create rule', 'Create rule')
  await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }))
  await page.keyboard.type(name)
  await tabTo(page, page.getByRole('textbox', { name: 'SQL', exact: true }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(`SELECT bar FROM '${name}/+' WHERE bar > 3`)
  await page.keyboard.press('Escape') // leaves the editor to Tab
  await tabTo(page, page.getByRole('button', { name: 'Add an action' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('SQS')
  await expect(page.getByRole('option', { name: /^SQS/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  // Of the queues that there are, by its name.
  const queue = page.getByRole('combobox', { name: 'Queue URL' })
  await tabTo(page, queue)
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: new RegExp(`^${name}`) })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(queue).toHaveValue(QueueUrl ?? '')
  await tabTo(page, page.getByRole('region', { name: 'A new role' }).getByRole('button', { name: 'Create role' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('It trusts AWS IoT.')).toBeVisible()
  const create = page.getByRole('button', { name: 'Create rule' })
  await tabTo(page, page.getByRole('textbox', { name: 'Topic', exact: true }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(`${name}/pump-7`)
  await tabTo(page, page.getByRole('textbox', { name: 'Payload' }))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{"bar": 3.1}')
  await page.keyboard.press('Escape')
  await tabTo(page, page.getByRole('button', { name: 'Rehearse on this message' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 seen · 1 matches')).toBeVisible()
  for (let stops = 0; stops < 40 && !(await create.evaluate((each) => each === document.activeElement)); stops += 1) {
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  await expect(grace.heading(name)).toBeVisible()
  const { rule } = await iot.send(new GetTopicRuleCommand({ ruleName: name }))
  expect(rule?.actions).toMatchObject([{ sqs: { queueUrl: QueueUrl } }])
})
