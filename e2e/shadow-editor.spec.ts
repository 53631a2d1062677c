import {
  AttachPolicyCommand,
  CreateThingCommand,
  DeleteThingCommand,
  DetachPolicyCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { connectDevice } from './device.ts'
import { dropConnection, renewConnection } from './drop-connection.ts'
import { freshName } from './fresh-name.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const shadowPath = (thingName: string) => `/things/${thingName}/shadow`

/** Opens the classic shadow of a thing that desires and reports these. */
async function open(
  page: Page,
  thingName: string,
  state: object,
  how: 'enter' | 'signIn' = 'enter',
): Promise<ShadowPage> {
  await shadowService.update(thingName, state)
  const shadow = new ShadowPage(page)
  await shadow[how]('Ada', shadowPath(thingName))
  await expect(shadow.table).toBeVisible()
  await expect(shadow.connection).toHaveAccessibleName(/live/)
  return shadow
}

async function identityOf(page: Page): Promise<string> {
  const { clientIdPrefix } = await (await page.request.get('/api/session/mqtt')).json()
  return clientIdPrefix.slice('thingdeck-'.length, -1)
}

test('two operators change the same key: the later one chooses, and nothing is lost', async ({ page, browser }) => {
  const thingName = freshName('e2e-two-operators')
  const ada = await open(page, thingName, { desired: { mode: 'auto', target: 1 } })
  await using context = await browser.newContext({ baseURL: stack.console })
  const grace = new ShadowPage(await context.newPage())
  await grace.enter('Grace', shadowPath(thingName))
  await expect(grace.table).toBeVisible()

  await ada.draft({ mode: 'manual', target: 2 })
  await grace.update({ mode: 'auto', target: 3 })
  await expect(ada.row('target')).toBeVisible()
  await ada.choice('target', 'Mine').click()
  await ada.updateButton.click()

  await expect(grace.row('target').getByRole('cell').first()).toHaveText('2')
  await expect(grace.row('mode').getByRole('cell').first()).toHaveText('"manual"')
  expect((await shadowService.get(thingName)).state.desired).toEqual({ mode: 'manual', target: 2 })
})

test('two operators change different keys: both changes hold, without a question', async ({ page }) => {
  const thingName = freshName('e2e-different-keys')
  const ada = await open(page, thingName, { desired: { a: 1, b: 1 } })
  await ada.draft({ a: 2, b: 1 })
  await shadowService.update(thingName, { desired: { b: 5 } })
  await expect(ada.page.getByText(/of others merged in/)).toBeVisible()
  await ada.updateButton.click()
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 2, b: 5 })
})

test('a device that reports while a draft is open changes nothing that was typed', { tag: '@aws' }, async ({
  page,
}) => {
  const thingName = freshName('e2e-reporting')
  await using device = await connectDevice(thingName)
  const ada = await open(page, thingName, { desired: { speed: 1 }, reported: { speed: 0 } })
  await ada.draft({ speed: 9 })
  await device.client.publishAsync(
    `$aws/things/${thingName}/shadow/update`,
    JSON.stringify({ state: { reported: { speed: 1, heat: 40 } } }),
    { qos: 1 },
  )
  await expect(ada.row('heat')).toContainText('40')
  await expect(ada.editor).toHaveText(/9/)
  await ada.updateButton.click()
  await expect(ada.row('speed')).toContainText('not obeyed')
  await device.client.publishAsync(
    `$aws/things/${thingName}/shadow/update`,
    JSON.stringify({ state: { reported: { speed: 9 } } }),
    { qos: 1 },
  )
  await expect(ada.row('speed')).toContainText('in sync')
  await expect(ada.page.getByText(/the device obeyed in/)).toBeVisible()
})

test('a device that reports something else is said to have done so', async ({ page }) => {
  const thingName = freshName('e2e-something-else')
  const ada = await open(page, thingName, { desired: { speed: 1 }, reported: { speed: 1 } })
  await ada.update({ speed: 7 })
  await expect(ada.page.getByText(/pending/)).toBeVisible()
  await shadowService.update(thingName, { reported: { speed: 5 } })
  await expect(ada.page.getByText(/the device reported something else: speed is 5/)).toBeVisible()
})

test('undo is a versioned update with the inverse of my last change', async ({ page }) => {
  const thingName = freshName('e2e-undo')
  const ada = await open(page, thingName, { desired: { keep: 1, change: 'before' } })
  await ada.update({ keep: 1, change: 'after', added: true })
  await expect(ada.row('added')).toBeVisible()
  await ada.page.getByRole('button', { name: 'Undo my last update' }).click()
  await expect(ada.row('added')).toHaveCount(0)
  const { state, version } = await shadowService.get(thingName)
  expect({ desired: state.desired, version }).toEqual({ desired: { keep: 1, change: 'before' }, version: 3 })
})

test('the connection drops with a draft open: the draft stays, and is sent when it is back', async ({ page }) => {
  const thingName = freshName('e2e-drop')
  const ada = await open(page, thingName, { desired: { a: 1 } })
  await ada.draft({ a: 2 })
  await renewConnection(ada)
  await expect(ada.editor).toHaveText(/2/)
  await ada.updateButton.click()
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 2 })
})

test('without MQTT the editor says so and sends by REST', async ({ page }) => {
  const thingName = freshName('e2e-rest')
  const iot = new IoTClient(stack.sdk)
  const ada = await open(page, thingName, { desired: { a: 1 } })
  const policy = { policyName: 'thingdeck-operator', target: await identityOf(page) }
  await iot.send(new DetachPolicyCommand(policy))
  // With new credentials the policy would be attached again, and the page be live within seconds.
  await page.context().route('**/api/session/mqtt*', (route) => route.abort())
  try {
    await dropConnection(ada)
    await expect(ada.connection).not.toHaveAccessibleName(/live/)
    await expect(ada.page.getByText(/REST/).first()).toBeVisible()
    await ada.update({ a: 2 })
    await expect(ada.row('a').getByRole('cell').first()).toHaveText('2')
    expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 2 })
  } finally {
    await iot.send(new AttachPolicyCommand(policy))
  }
})

test('the shadow is deleted and made again while a draft is open: the draft goes into the new one', async ({
  page,
}) => {
  const thingName = freshName('e2e-deleted')
  const ada = await open(page, thingName, { desired: { a: 1 } })
  await ada.draft({ a: 1, mine: true })
  await shadowService.delete(thingName)
  await shadowService.update(thingName, { desired: { b: 1 } })
  const { version } = await shadowService.get(thingName)
  expect(version).toBeGreaterThan(1)
  await expect(ada.row('b')).toBeVisible()
  await expect(ada.editor).toHaveText(/mine/)
  await ada.updateButton.click()
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  const after = await shadowService.get(thingName)
  expect({ desired: after.state.desired, version: after.version }).toEqual({
    desired: { b: 1, mine: true },
    version: version + 1,
  })
})

test('the thing vanishes while its shadow is edited: the shadow, which AWS keeps, can still be changed', async ({
  page,
}) => {
  const thingName = freshName('e2e-vanished')
  const ada = await open(page, thingName, { desired: { a: 1 } })
  await new IoTClient(stack.sdk).send(new CreateThingCommand({ thingName }))
  await ada.page.reload()
  await ada.draft({ a: 2 })
  await new IoTClient(stack.sdk).send(new DeleteThingCommand({ thingName }))
  await ada.updateButton.click()
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 2 })
})

test('signed out in the middle of a draft: after signing in again it is still there', async ({ page }) => {
  const thingName = freshName('e2e-signed-out')
  const ada = await open(page, thingName, { desired: { a: 1 } }, 'signIn')
  await ada.draft({ a: 'typed before the session ended' })
  await page.request.post('/auth/logout', { headers: { origin: stack.console } }) // which ends the connection, too
  await ada.sessionBar.getByRole('button', { name: 'Sign in again' }).click()
  // In a tab of its own. The issuer still knows her: it asks nothing.
  await expect(ada.sessionBar).toBeHidden()
  await expect(ada.editor).toHaveText(/typed before the session ended/)
})

test('an undo of a key that was new says what the device stays at, and asks for the old value if one wants', async ({
  page,
}) => {
  const thingName = freshName('e2e-undo-new-key')
  const ada = await open(page, thingName, { desired: { on: true }, reported: { on: true, speed: 3 } })
  await ada.update({ on: true, speed: 5 })
  await expect(page.getByText(/no changes/)).toBeVisible() // saved: the device obeys afterwards, and not before it is told
  await shadowService.update(thingName, { reported: { speed: 5 } })
  await expect(ada.row('speed')).toContainText('in sync')
  await page.getByRole('button', { name: 'Undo my last update' }).click()
  await expect(page.getByText(/It still reports what it was told: speed 5/)).toBeVisible()
  await page.getByRole('button', { name: 'Ask for what it reported before: speed 3' }).click()
  await ada.updateButton.click()
  await expect(ada.row('speed')).toContainText('has not obeyed')
  await expect(page.getByText(/It still reports what it was told/)).toBeHidden()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ on: true, speed: 3 })
})

test('a text with line breaks is edited in the form as what it is, and pasted ones are kept', async ({ page }) => {
  const thingName = freshName('e2e-line-breaks')
  const ada = await open(page, thingName, { desired: { note: 'line1\nline2', name: 'x' }, reported: { only: 21.5 } })
  await ada.switchTo('Form')
  await page.getByRole('button', { name: 'Edit note', exact: true }).click()
  const note = page.getByRole('textbox', { name: 'Desired value of note' })
  await expect(note).toHaveValue('"line1\\nline2"')
  await note.fill('"line1\\nline3"')
  await note.press('Enter')
  await page.getByRole('button', { name: 'Edit name', exact: true }).click()
  const name = page.getByRole('textbox', { name: 'Desired value of name' })
  await name.evaluate((input) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'a\nb')
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(name).toHaveValue(/\\n/)
  await name.press('Enter')
  // A key that is only reported asks for nothing until somebody types.
  await page.getByRole('button', { name: 'Edit only', exact: true }).click()
  const only = page.getByRole('textbox', { name: 'Desired value of only' })
  await expect(only).not.toHaveAttribute('aria-invalid', 'true')
  await expect(only).toHaveAttribute('placeholder', 'reported: 21.5')
  await only.press('Enter')
  await ada.updateButton.click()
  await expect(page.getByText(/no changes/)).toBeVisible()
  const { desired } = (await shadowService.get(thingName)).state as { desired: { note: string; name: string } }
  expect(Object.keys(desired).sort()).toEqual(['name', 'note'])
  expect(desired.note).toBe('line1\nline3')
  expect(desired.name).toContain('a\nb')
})

test('a draft over 8 KB cannot be sent, says why, and stays', async ({ page }) => {
  const thingName = freshName('e2e-too-large')
  const ada = await open(page, thingName, { desired: { a: 1 } })
  await ada.draft({ a: 'x'.repeat(5_000) })
  await expect(ada.updateButton).toBeEnabled()
  // It fits no longer, because somebody else has filled the shadow meanwhile.
  await shadowService.update(thingName, { desired: { b: 'y'.repeat(5_000) } })
  await expect(ada.updateButton).toBeDisabled()
  await expect(ada.updateButton).toHaveAccessibleDescription(/at most 8,192 bytes/)
  await expect(ada.editor).toContainText('xxxxx')
  await shadowService.update(thingName, { desired: { b: null } })
  await ada.updateButton.click()
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 'x'.repeat(5_000) })
})

test('a draft nested deeper than AWS takes cannot be sent, says why, and stays', async ({ page }) => {
  const ada = await open(page, 'e2e-too-deep', { desired: { a: 1 } })
  await ada.draft({ a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } })
  await expect(ada.updateButton).toBeDisabled()
  await expect(ada.updateButton).toHaveAccessibleDescription(/nest|level|deep/i)
  await expect(ada.editor).toHaveText(/"i"/)
})
