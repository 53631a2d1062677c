import type { Locator, Page } from '@playwright/test'
import { ShadowPage } from './pages/shadow-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

/** The longest way from one place of a page to another that a person with a keyboard should have to go. */
const MOST_TABS = 40

/** Goes on by Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

/** Into a table by Tab, and within it by arrow keys: a table is one stop on the way (WAI-ARIA, "Grid pattern"). */
async function arrowTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const isFocusIn = (tagName: string) =>
    target.evaluate((element, tag) => element.closest(tag)?.contains(document.activeElement) ?? false, tagName)
  for (let tabs = 0; tabs < MOST_TABS && !(await isFocusIn('table')); tabs += 1) await page.keyboard.press('Tab')
  for (let rows = 0; rows < MOST_TABS && !(await isFocusIn('tr')); rows += 1) await page.keyboard.press('ArrowDown')
  for (let cells = 0; cells < MOST_TABS && !(await isFocusIn('a')); cells += 1) await page.keyboard.press('ArrowRight')
  await expect(target).toBeFocused()
}

async function pressKeys(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}

test('the first stop leads past the frame, and a page that was looked for has the focus', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/settings')
  await expect(things.heading('Settings')).toBeVisible()
  const content = page.locator('#content')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(content).toBeFocused()
  await expect(page).toHaveURL(/\/settings$/)

  // By the button, which would keep the focus; then by keys, from within the page.
  await page.getByRole('button', { name: 'Search and commands' }).click()
  await page.keyboard.type('pump-1 shadow')
  await expect(page.getByRole('option', { name: 'Shadow of pump-1', selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(things.heading('Shadow of pump-1')).toBeVisible()
  await expect(content).toBeFocused()
  const link = page.getByRole('link', { name: 'pump-1', exact: true }).first()
  await link.focus()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: /^Search/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(link).toBeFocused()
})

test('a section of the navigation is folded, and stays so', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/settings')
  const section = page.getByRole('button', { name: 'Fleet', exact: true })
  const link = page.getByRole('link', { name: 'Things', exact: true })
  await expect(section).toHaveAttribute('aria-expanded', 'true')
  await section.focus()
  await page.keyboard.press('Enter')
  await expect(link).toBeHidden()
  await page.reload()
  await expect(section).toHaveAttribute('aria-expanded', 'false')
  await section.focus()
  await page.keyboard.press('Enter')
  await expect(link).toBeVisible()
})

test('Escape closes the look at a thing', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/things?look=pump-1')
  await expect(page.getByRole('region', { name: 'pump-1' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/things$/)
  await expect(things.row('pump-1')).toBeVisible()
})

test('a shadow is changed from the list of things with the keyboard alone', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Ada', '/settings')
  await expect(things.heading('Settings')).toBeVisible()
  await pressKeys(page, 'g t')
  await expect(things.row('thermostat-1')).toBeVisible()

  await pressKeys(page, '/')
  await expect(page.getByRole('combobox', { name: 'Filter things' })).toBeFocused()
  await page.keyboard.type('thermostat-1')
  await page.keyboard.press('Enter')
  await expect(things.row('pump-1')).toBeHidden()
  await arrowTo(page, things.row('thermostat-1').getByRole('link', { name: 'thermostat-1', exact: true }))
  await page.keyboard.press('Enter')
  await expect(things.heading('thermostat-1')).toBeVisible()

  await tabTo(page, things.tab('Overview'))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await arrowTo(page, page.getByRole('link', { name: 'Classic shadow' }))
  await page.keyboard.press('Enter')

  const shadow = new ShadowPage(page)
  const target = shadow.row('targetTemperature')
  await expect(target).toBeVisible()
  await tabTo(page, shadow.editor)
  await page.keyboard.press('ControlOrMeta+a')
  const value = 10 + (Date.now() % 15)
  await page.keyboard.insertText(`{"targetTemperature": ${value}}`)
  // Tab indents in the editor; how to leave it is said.
  await expect(shadow.editor).toHaveAccessibleDescription(/Escape, then Tab leaves/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(shadow.editor).not.toBeFocused()
  await tabTo(page, shadow.updateButton)
  await page.keyboard.press('Enter')
  await expect(target).toContainText('in sync')
  await expect(target.getByRole('cell').nth(0)).toHaveText(String(value))

  await pressKeys(page, 'g a')
  await expect(things.heading('Activity')).toBeVisible()
  await pressKeys(page, 'g s')
  await expect(things.heading('Settings')).toBeVisible()
})
