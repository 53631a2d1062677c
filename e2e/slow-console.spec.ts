import type { Page } from '@playwright/test'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

/** The page's code and data from now on; the frame has what it needs. */
const isOfPage = ({ pathname }: URL) => pathname.startsWith('/api/things') || pathname.endsWith('.js')

async function openSettings(page: Page): Promise<ThingsPage> {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/settings')
  await expect(things.heading('Settings')).toBeVisible()
  return things
}

test('a console server that hangs is seen at once: the page that was left is gone, the new one says it loads', async ({
  page,
}) => {
  const things = await openSettings(page)
  const release = Promise.withResolvers<void>()
  await page.route(isOfPage, async (route) => {
    await release.promise
    await route.continue()
  })
  await things.goTo('Things')
  await expect(page.getByRole('status').filter({ hasText: 'Loading page' })).toBeVisible()
  await expect(things.heading('Settings')).toBeHidden()
  await expect(page).toHaveTitle('Loading · Thingdeck')
  release.resolve()
  await expect(things.row('pump-1')).toBeVisible()
})

test('a console server that is gone leaves the frame and an error that can be mended', async ({ page }) => {
  const things = await openSettings(page)
  await page.route(isOfPage, (route) => route.abort())
  await things.goTo('Things')
  await expect(page.getByText('The page could not be loaded')).toBeVisible()
  await expect(things.personMenu).toBeVisible()
  await page.unroute(isOfPage)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(things.row('pump-1')).toBeVisible()
})
