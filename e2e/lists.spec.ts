import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

test('a width that was drawn is kept for the list', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera')
  await expect(things.row('pump-1')).toBeVisible()
  const header = page.getByRole('columnheader', { name: 'Name' }).first()
  const widthOf = async () => Math.round((await header.boundingBox())?.width ?? 0)
  const before = await widthOf()
  // By the keyboard, as Cloudscape has it: Enter takes the edge of the column, arrows draw it, Enter lets go.
  await header.getByRole('button').last().focus()
  await page.keyboard.press('Enter')
  for (let steps = 0; steps < 8; steps += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const drawn = await widthOf()
  expect(drawn).toBeGreaterThan(before)
  await page.reload()
  await expect(things.row('pump-1')).toBeVisible()
  await expect.poll(widthOf).toBe(drawn)
})
