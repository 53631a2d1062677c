import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { startOwnStack } from './own-stack.ts'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

async function find(page: Page, text: string) {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: /^Search things, .*pages and actions$/ }).fill(text)
  return page.getByRole('listbox', { name: 'Results' })
}

async function filterBy(page: Page, text: string) {
  const field = page.getByRole('combobox', { name: 'Filter things' })
  await field.fill(text)
  await field.press('Enter')
}

test('a new account can be searched at once, and lists say who is connected', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera')
  await expect(things.row('pump-1')).toContainText('Connected')
  await filterBy(page, 'ump')
  await expect(page).toHaveURL(/query=thingName:\*ump\*/)
  await expect(things.row('pump-1')).toBeVisible()
  await expect(things.row('thermostat-1')).toBeHidden()

  const results = await find(page, 'thermo')
  await expect(results.getByRole('option', { name: /^thermostat-1/ })).toContainText('connected')
})

test('an account without the fleet index is searched in the registry, until an admin turns the index on', async ({
  page,
}) => {
  await using own = await startOwnStack()
  const iot = new IoTClient(own.server.sdk)
  for (const thingName of ['pump-1', 'main-pump', 'lamp-1']) await iot.send(new CreateThingCommand({ thingName }))
  iot.destroy()

  const things = new ThingsPage(page)
  await things.enter('Grace', `${own.console}/things`)
  const results = await find(page, 'pump')
  await expect(results.getByRole('option', { name: /^main-pump/ })).toBeVisible()
  await expect(results.getByRole('option', { name: 'pump-1', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')

  await filterBy(page, 'ump')
  await expect(page).toHaveURL(/query=thingName:\*ump\*/)
  await expect(things.row('main-pump')).toBeVisible()
  await expect(things.row('lamp-1')).toBeHidden()
  await expect(page.getByRole('columnheader', { name: 'Connection' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Turn on fleet indexing' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on fleet indexing' }).click()
  await expect(page.getByRole('columnheader', { name: 'Connection' }).first()).toBeVisible()
  await expect(things.row('main-pump')).toContainText('No connection on record')
  await expect(things.row('lamp-1')).toBeHidden()
})
