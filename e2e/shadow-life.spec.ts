import { connectDevice } from './device.ts'
import { registerThings } from './fleet.ts'
import { freshName } from './fresh-name.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { expect, test } from './test.ts'

const shadowPath = (thingName: string) => `/things/${thingName}/shadow`

test('shadows are made from a template, listed with what matters of them, and reopened by their link', async ({
  page,
}) => {
  const thingName = freshName('e2e-templates')
  await registerThings([thingName])
  await shadowService.update(thingName, { desired: { on: true }, reported: { on: true } })
  await shadowService.update(thingName, { desired: { on: true }, reported: { on: false } }, 'network')
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}?tab=shadows`)
  const list = page.getByRole('grid', { name: 'Shadows' })
  await expect(list.getByRole('row').filter({ hasText: 'Classic shadow' })).toContainText(/in sync1(now|\d+ s ago)22 B/)
  await expect(list.getByRole('row').filter({ hasText: 'network' })).toContainText(/delta: 1 key1/)

  await page.getByRole('button', { name: 'Create shadow' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('network')
  await expect(dialog.getByText('There is one already.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('config')
  await dialog.getByRole('button', { name: /Begin with/ }).click()
  await page.getByRole('option', { name: /A setpoint/ }).click()
  await dialog.getByRole('button', { name: 'Create shadow' }).click()
  await expect(shadow.row('target').getByRole('cell').first()).toHaveText('20')
  await expect(page).toHaveURL(/shadowName=config/)
  expect((await shadowService.get(thingName, 'config')).state).toEqual(
    expect.objectContaining({ desired: { mode: 'auto', target: 20 } }),
  )
  await shadow.switchTo('Form')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Edit target', exact: true })).toBeVisible()
})

test('a shadow is duplicated to another thing and name; into one that is there it is merged, and said so', async ({
  page,
}) => {
  const [from, to] = [freshName('e2e-copy-from'), freshName('e2e-copy-to')]
  await shadowService.update(from, { desired: { a: 1, nested: { b: [1, 2] } }, reported: { a: 1 } })
  await shadowService.update(to, { desired: { a: 5, own: true } }, 'spare')
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(from))
  await expect(shadow.row('a')).toBeVisible()
  await shadow.act('Duplicate shadow')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Shadow name' })).not.toHaveAttribute('aria-invalid', 'true')
  await dialog.getByRole('textbox', { name: 'Shadow name' }).fill('x')
  await dialog.getByRole('textbox', { name: 'Shadow name' }).fill('')
  await expect(dialog.getByText('That is this shadow itself.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'To the thing' }).fill(to)
  await dialog.getByRole('textbox', { name: 'Shadow name' }).fill('spare')
  await expect(dialog.getByText(/There is one already, at version 1/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Merge into that shadow' }).click()
  await expect(shadow.row('own')).toBeVisible()
  await expect(page).toHaveURL(`${shadowPath(to)}?shadowName=spare`)
  const { state } = await shadowService.get(to, 'spare')
  expect(state.desired).toEqual({ a: 1, nested: { b: [1, 2] }, own: true })
  expect(state.reported).toBeUndefined()
})

test('a deleted shadow says what its version does, and goes on counting when it is made again', async ({ page }) => {
  const thingName = freshName('e2e-delete')
  await shadowService.update(thingName, { desired: { a: 1 } })
  await shadowService.update(thingName, { desired: { a: 2 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(thingName))
  await expect(shadow.row('a')).toBeVisible()
  await shadow.act('Delete shadow')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('kept for 48 hours')
  await expect(dialog.getByRole('button', { name: 'Delete shadow' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(thingName)
  await dialog.getByRole('button', { name: 'Delete shadow' }).click()
  await expect(page.getByText('The shadow was deleted')).toBeVisible()
  await expect(page.getByText(/Version 2 was its last/)).toBeVisible()
  await expect(shadowService.get(thingName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await shadow.update({ a: 3 })
  await expect(shadow.row('a').getByRole('cell').first()).toHaveText('3')
  expect((await shadowService.get(thingName)).version).toBeGreaterThan(2)
})

test('pending, no answer, something else, obeyed: what the device does is said, its connection beside it', async ({
  page,
}) => {
  const thingName = freshName('e2e-answers')
  const device = await connectDevice(thingName)
  const report = (reported: object) =>
    device.client.publishAsync(`$aws/things/${thingName}/shadow/update`, JSON.stringify({ state: { reported } }), {
      qos: 1,
    })
  await report({ speed: 1 })
  await page.clock.install()
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(thingName))
  await expect(shadow.row('speed')).toContainText('reported only')
  await expect(shadow.deviceConnected).toBeVisible()

  await shadow.update({ speed: 7 })
  await expect(page.getByText(/^pending \d s$/)).toBeVisible()
  await page.clock.fastForward(11_000)
  await expect(page.getByText(/^no answer for \d\d s$/)).toBeVisible()
  await report({ speed: 5 })
  await expect(page.getByText(/the device reported something else: speed is 5/)).toBeVisible()
  await report({ speed: 7 })
  await expect(page.getByText(/the device obeyed in/)).toBeVisible()
  await expect(shadow.row('speed')).toContainText('in sync')
  await device[Symbol.asyncDispose]()
  await expect(shadow.deviceDisconnected).toBeVisible()
})

test('editing what is reported asks first', async ({ page }) => {
  const thingName = freshName('e2e-edit-reported')
  await shadowService.update(thingName, { desired: { a: 1 }, reported: { a: 1, stale: true } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(thingName))
  await expect(shadow.row('stale')).toBeVisible()
  await shadow.switchTo('reported')
  const reported = page.getByRole('textbox', { name: 'Reported state as JSON' })
  await expect(reported).toHaveAttribute('aria-readonly', 'true')
  await page.getByRole('button', { name: 'Edit reported…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Edit reported' }).click()
  await reported.press('ControlOrMeta+a')
  await page.keyboard.insertText('{"a": 1}')
  await page.getByRole('button', { name: 'Update desired and reported' }).click()
  await expect(shadow.row('stale')).toHaveCount(0)
  expect((await shadowService.get(thingName)).state.reported).toEqual({ a: 1 })
})

test('keys and values that look alike are told apart', async ({ page }) => {
  const thingName = freshName('e2e-alike')
  await shadowService.updateText(thingName, JSON.stringify({ desired: { mode: 'auto', 'mo\u200bde': 'au\u202eto' } }))
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(thingName))
  await expect(shadow.row('["mo\\u200Bde"]').getByRole('cell').first()).toHaveText('"au\\u202Eto"')
  await shadow.switchTo('Form')
  // Quiet beside the values, until the keyboard comes to it.
  await expect(page.getByRole('button', { name: 'Edit mode' })).toHaveCSS('border-top-width', '0px')
})

test('numbers beyond 2^53 keep their digits, keys their order; the preview is exactly what happens', async ({
  page,
}) => {
  const thingName = freshName('e2e-digits')
  await shadowService.updateText(thingName, '{"desired":{"z":12345678901234567890,"a":1.50,"n":{"k":1,"x":2}}}')
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', shadowPath(thingName))
  await expect(shadow.row('z').getByRole('cell').first()).toHaveText('12345678901234567890')
  await expect(shadow.editor).toContainText('12345678901234567890')
  await shadow.draftText('{"z":12345678901234567890,"a":1.50,"n":{"x":3}}')
  await page.getByRole('button', { name: 'Preview: 1 key of desired' }).click()
  const part = async (name: string) => {
    const text = await page.getByRole('region', { name, exact: true }).locator('pre').textContent()
    return text?.replaceAll(/\s/g, '')
  }
  expect(await part('Request')).toBe('{"state":{"desired":{"n":{"k":null,"x":3}}},"version":1}')
  expect(await part('Resulting document')).toBe('{"desired":{"z":12345678901234567890,"a":1.50,"n":{"x":3}}}')
  expect(await part('Resulting delta')).toBe('{"z":12345678901234567890,"a":1.50,"n":{"x":3}}')
  await shadow.updateButton.click()
  await expect(page.getByText(/no changes/)).toBeVisible()
  expect(await shadowService.getText(thingName)).toContain('"desired":{"z":12345678901234567890,"a":1.50,"n":{"x":3}}')
})
