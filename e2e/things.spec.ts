import { readFile } from 'node:fs/promises'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

test('a search is built, read as a query and edited as text', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada')
  await expect(things.row('pump-1')).toBeVisible()

  // A query is one wherever it is typed; its conditions are tokens.
  const field = page.getByRole('combobox', { name: 'Filter things' })
  await field.fill('thingName:pump-*')
  await field.press('Enter')
  await expect(page).toHaveURL(/query=thingName:pump-\*/)
  await expect(page.getByText('thingName:pump-*', { exact: true })).toBeVisible()
  await expect(things.row('pump-1')).toBeVisible()

  await page.getByRole('button', { name: 'Edit as text' }).click()
  const text = page.getByRole('searchbox', { name: 'Query' })
  await expect(text).toBeFocused()
  await text.fill('NOT (thingName:lamp-* OR thingName:nobody) AND')
  await text.press('Enter')
  await expect(page.getByText(/Unable to parse query, invalid syntax/)).toBeVisible()
  await text.fill('thingName:pump-1 OR thingName:pump-2')
  await text.press('Enter')
  await expect(page.getByText('(about 2)').first()).toBeVisible()
  await page.getByRole('button', { name: 'Edit as filter' }).click()
  await expect(field).toBeVisible()
})

test('what a search finds is counted, and a count leads to what it counts', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada', '/things?query=thingName:pump-1 OR thingName:pump-2')
  await expect(page.getByText('(about 2)').first()).toBeVisible()
  await page.getByRole('button', { name: /Count things by/ }).click()
  await page.getByRole('option', { name: 'Type', exact: true }).click()
  await page.getByRole('list', { name: 'Things by Type' }).getByRole('button', { name: /^pump/ }).click()
  await expect(page).toHaveURL(/AND\+thingTypeName:pump/)
  await expect(things.row('pump-2')).toBeVisible()
})

test('what a search finds is saved as a file and chosen whole', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada', '/things?query=thingName:pump-1 OR thingName:pump-2')
  await expect(things.row('pump-2')).toBeVisible()
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'As CSV' }).click()
  const lines = (await readFile(await (await saved).path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^thingName,thingTypeName,/)
  expect(
    lines
      .slice(1)
      .map((line) => line.split(',')[0])
      .sort(),
  ).toEqual(['pump-1', 'pump-2'])

  await things.select('pump-1')
  await page.getByRole('button', { name: 'Select all about 2 things that this query finds' }).click()
  const change = page.getByRole('link', { name: 'Change in bulk (about 2)' })
  await expect(change).toHaveAttribute('href', /\/bulk-changes\?query=/)
})

test('a view of the list is kept under a name, and found by a colleague as it was shared', async ({
  page,
  browser,
}) => {
  const things = new ThingsPage(page)
  await things.enter('Ada', '/things?query=thingTypeName:pump&sort=-name&columns=name&columns=type')
  await expect(things.row('pump-1')).toBeVisible()
  await things.choose('Saved', 'Save filter, columns and sorting …')
  const own = page.getByRole('dialog', { name: 'Save filter, columns and sorting' })
  await own.getByRole('textbox', { name: 'Name' }).fill('My pumps')
  await own.getByRole('button', { name: 'Save', exact: true }).click()
  await things.choose('Saved', 'Share filter, columns and sorting …')
  const dialog = page.getByRole('dialog', { name: 'Share filter, columns and sorting' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Pumps of e2e')
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await page.goto('/things')
  await things.choose('Saved', /^My pumps/)
  await expect(page).toHaveURL(/query=thingTypeName:pump/)

  await using context = await browser.newContext()
  const others = new ThingsPage(await context.newPage())
  await others.enter('Vera')
  await expect(others.row('lamp-1').or(others.row('pump-1')).first()).toBeVisible()
  await others.choose('Saved', /^Pumps of e2e/)
  await expect(others.page).toHaveURL(/\/things\?query=thingTypeName:pump&sort=-name&columns=name&columns=type/)
  await expect(others.row('pump-1')).toBeVisible()
  await expect(others.page.getByRole('columnheader', { name: 'Type' })).toBeVisible()
  await expect(others.page.getByRole('columnheader', { name: 'Groups' })).toHaveCount(0)
  await others.choose('Saved', 'Rename or remove …')
  await expect(others.page.getByRole('button', { name: 'Remove Pumps of e2e' })).toBeDisabled()
})

test('in a narrow window what can be done stands in one row, and is done from a menu', async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 900 })
  const things = new ThingsPage(page)
  await things.enter('Ada')
  await expect(things.row('pump-1')).toBeVisible()
  // Measured one after the other, while a notice may still come above them.
  const rows = async () => {
    const boxes = await Promise.all(
      ['Saved', 'Export', 'Refresh things', 'Actions'].map((name) =>
        page.getByRole('button', { name, exact: true }).boundingBox(),
      ),
    )
    return new Set(boxes.map((box) => box?.y)).size
  }
  await expect.poll(rows).toBe(1)
  await things.select('pump-1')
  await things.choose('Actions', 'Change in bulk')
  await expect(page).toHaveURL(/\/bulk-changes\?things=pump-1/)
})
