import { expectAccessible } from './accessible.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('the documentation is read, searched and followed by keys, by somebody who is not signed in', async ({ page }) => {
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${stack.console}/docs`)) faults.push(request.url())
  })
  await page.goto('/docs/guides/first-device')
  await expect(page).toHaveURL(/\/docs\/guides\/first-device\/$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Your first device' })).toBeVisible()
  await expectAccessible(page)

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('.block').first().hover()
  // It says so for two seconds: the page itself looks at each of its frames.
  const told = page.waitForFunction(() => document.querySelector('.block button')?.textContent === 'Copied')
  await page.getByRole('button', { name: 'Copy' }).first().click()
  await told
  const block = await page.locator('pre').first().textContent()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(block)

  await page.keyboard.press('/')
  await page.keyboard.type('retire old certificate')
  const found = page.getByRole('link', { name: 'Retire the old one – Rotate a certificate' })
  await expect(found).toBeVisible()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/docs\/guides\/rotate-a-certificate\//)
  expect(faults).toEqual([])
})
