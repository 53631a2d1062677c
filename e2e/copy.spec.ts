import type { Page } from '@playwright/test'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('what is offered for copying is what stands there, in full', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada')
  await things.open('pump-1')
  await page.getByRole('button', { name: 'Copy ARN' }).first().click()
  await expect.poll(() => clipboard(page)).toMatch(/^arn:aws:iot:[\w-]+:\d{12}:thing\/pump-1$/)

  // A certificate's name is shown shortened, and copied whole.
  await page
    .getByRole('button', { name: /^Copy certificate/i })
    .first()
    .click()
  await expect.poll(() => clipboard(page)).toMatch(/[0-9a-f]{64}$/)
})

test('the details of a failure are copied with what helps to look into it', async ({ page }) => {
  const things = new ThingsPage(page)
  await page.route('**/api/fleet/things*', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'InvalidQueryException', detail: 'The query is wrong.', requestId: 'request-7' }),
    }),
  )
  await things.enter('Ada')
  await page.getByRole('button', { name: 'Copy details' }).click()
  await expect.poll(() => clipboard(page)).toContain('The things could not be listed: The query is wrong.')
  const copied = await clipboard(page)
  expect(copied).toContain('code InvalidQueryException, status 400')
  expect(copied).toContain('request request-7')
})
