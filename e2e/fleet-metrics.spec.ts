import { expectAccessible } from './accessible.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

test('an admin makes a fleet metric of a search, changes and deletes it', async ({ page }) => {
  const name = freshName('e2e-pumps')
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/things?type=pump')
  await page.getByRole('button', { name: 'Create fleet metric' }).click()
  await expect(grace.heading('Create fleet metric')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveValue('thingTypeName:pump')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add tag' }).click()
  await page.getByRole('textbox', { name: 'Key 1' }).fill('team')
  await page.getByRole('textbox', { name: 'Value 1' }).fill('halls')
  await expect(page.getByText(/^count [1-9]/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create fleet metric' }).click()

  await expect(grace.heading(name)).toBeVisible()
  await expect(page.getByText('count of registry.version')).toBeVisible()
  await expect(page.getByText('team=halls')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Edit fleet metric' }).click()
  await page.getByRole('textbox', { name: 'Description' }).fill('how many pumps there are')
  await page.getByRole('button', { name: 'Save fleet metric' }).click()
  await expect(page.getByText('how many pumps there are')).toBeVisible()

  await page.getByRole('button', { name: 'Delete fleet metric' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Delete fleet metric' }).click()
  await expect(grace.heading('Fleet metrics')).toBeVisible()
  await expect(page.getByRole('link', { name })).toHaveCount(0)
})

test('a viewer sees fleet metrics and is told who may make one', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/fleet-metrics')
  await expect(vera.heading('Fleet metrics')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create fleet metric' }).first()).toBeDisabled()
})
