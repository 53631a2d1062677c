import { registerThings } from './fleet.ts'
import { freshName } from './fresh-name.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('a JSON Schema of the thing type guides the form and the JSON, for every thing of the type', async ({
  page,
  browser,
}) => {
  const type = freshName('e2e-thermostat')
  const [first, second] = [freshName('e2e-schema-a'), freshName('e2e-schema-b')]
  await registerThings([first, second], { type })
  for (const name of [first, second]) {
    await shadowService.update(name, { desired: { mode: 'auto', target: 20 } })
  }
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${first}/shadow`)
  await expect(shadow.row('mode')).toBeVisible()
  await page.getByRole('button', { name: `JSON Schema of the thing type ${type}: none` }).click()
  const editor = page.getByRole('textbox', { name: 'JSON Schema', exact: true })
  await editor.press('ControlOrMeta+a')
  const schema = {
    properties: {
      mode: { enum: ['auto', 'off'], description: 'Who decides' },
      target: { type: 'number', minimum: 5, maximum: 30 },
    },
  }
  await page.keyboard.insertText(JSON.stringify(schema))
  await page.getByRole('button', { name: 'Attach schema' }).click()
  const attached = page.getByRole('button', { name: `JSON Schema of the thing type ${type}: attached` })
  await expect(attached).toBeVisible()

  // In the JSON: what newly breaks it is not sent.
  await shadow.draft({ mode: 'auto', target: 45 })
  await expect(shadow.updateButton).toBeDisabled()
  await expect(shadow.updateButton).toHaveAccessibleDescription(/By the schema of the thing type: target .*30/)
  await shadow.draft({ mode: 'auto', target: 25 })
  await expect(shadow.updateButton).toBeEnabled()
  await page.getByRole('button', { name: 'Discard draft' }).click()

  // In the form: choices, and the words of the schema at the field.
  await shadow.switchTo('Form')
  await page.getByRole('button', { name: 'Edit target', exact: true }).click()
  await page.getByRole('textbox', { name: 'Desired value of target' }).fill('3')
  await expect(page.getByText(/By the schema it .*5/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Desired value of target' }).fill('6')
  await page.getByRole('button', { name: 'Done with target' }).click()
  await page.getByRole('button', { name: 'Edit mode', exact: true }).click()
  await expect(page.getByText('Who decides', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /Desired value of mode/ }).click()
  await page.getByRole('option', { name: 'off' }).click()
  await shadow.updateButton.click()
  await expect(page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(first)).state.desired).toEqual({ mode: 'off', target: 6 })

  // It is stored: there after a reload, for the other thing of the type, and for others, who may only look.
  await page.reload()
  await expect(attached).toBeVisible()
  await using context = await browser.newContext({ baseURL: stack.console })
  const vera = new ShadowPage(await context.newPage())
  await vera.enter('Vera', `/things/${second}/shadow`)
  await vera.page.getByRole('button', { name: `JSON Schema of the thing type ${type}: attached` }).click()
  await expect(vera.page.getByRole('textbox', { name: 'JSON Schema', exact: true })).toContainText('Who decides')
  await expect(vera.page.getByRole('button', { name: 'Remove schema' })).toBeDisabled()

  await attached.click()
  await page.getByRole('button', { name: 'Remove schema' }).click()
  await expect(page.getByRole('button', { name: `JSON Schema of the thing type ${type}: none` })).toBeVisible()
})
