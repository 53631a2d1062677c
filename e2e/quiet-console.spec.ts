import type { Page } from '@playwright/test'
import { ShadowPage } from './pages/shadow-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

/** What the browser's own console says in red or yellow from now on. */
function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.text()} ${message.location().url ?? ''}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

test('ordinary use leaves no red line in the browser console', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada')
  const complaints = complaintsOf(page)
  await things.open('pump-1')
  await things.tab('Shadows').click()
  const shadow = new ShadowPage(page)
  const read = page.waitForResponse((response) => response.url().includes('thingdeck-schema'))
  await page.getByRole('link', { name: 'config', exact: true }).click()
  await expect(shadow.row('targetPressure')).toBeVisible()
  await read // of a schema that the type has not
  await things.goTo('Live messages')
  await expect(things.heading('Live messages')).toBeVisible()
  await things.goTo('Activity')
  await expect(things.heading('Activity')).toBeVisible()
  await things.goTo('Settings')
  await expect(things.heading('Settings')).toBeVisible()
  expect(complaints).toEqual([])
})
