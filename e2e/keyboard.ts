import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** The longest way from one place of a page to another that a person with a keyboard should have to go. */
const MOST_TABS = 40

/** Goes on by Tab until the element has the focus, which is to be seen there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < MOST_TABS && !(await hasFocus(target)); tabs += 1) await page.keyboard.press('Tab')
  await expectFocusSeen(target)
}

/** Into a table by Tab, and within it by arrow keys: a table is one stop on the way (WAI-ARIA, "Grid pattern"). */
export async function arrowTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const isFocusIn = (tagName: string) =>
    target.evaluate((element, tag) => element.closest(tag)?.contains(document.activeElement) ?? false, tagName)
  for (let tabs = 0; tabs < MOST_TABS && !(await isFocusIn('table')); tabs += 1) await page.keyboard.press('Tab')
  for (let rows = 0; rows < MOST_TABS && !(await isFocusIn('tr')); rows += 1) await page.keyboard.press('ArrowDown')
  for (let cells = 0; cells < MOST_TABS && !(await hasFocus(target)); cells += 1)
    await page.keyboard.press('ArrowRight')
  await expectFocusSeen(target)
}

/** From the first stop of a page past the frame. */
export async function skipToContent(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }))
  await page.keyboard.press('Enter')
}

/** `g t`: one after the other, and at once, as the second one is waited for a second alone. */
export async function pressKeys(page: Page, keys: string): Promise<void> {
  await Promise.all(keys.split(' ').map((key) => page.keyboard.press(key)))
}

/** Finds something by the palette and goes there. */
export async function goByPalette(page: Page, words: string, option: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { name: option, exact: true, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** Also within a shadow tree, as editors are. */
const hasFocus = (target: Locator) =>
  target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)

/** It has the focus, and a ring or a shadow says so: on itself, or on what is drawn in its place. */
async function expectFocusSeen(target: Locator): Promise<void> {
  await expect(target).toBeFocused()
  const isSeen = await target.evaluate((element) => {
    const { parentElement: parent } = element
    const root = element.getRootNode()
    // An editor draws it around its lines, numbers included, and around its shadow tree.
    const around = root instanceof ShadowRoot ? root.host.parentElement : null
    const drawn = [element, parent, ...(parent?.children ?? []), around].filter((each) => each !== null)
    return drawn.some((each) =>
      [undefined, '::before', '::after'].some((pseudo) => {
        const { outlineStyle, outlineWidth, boxShadow, content } = getComputedStyle(each, pseudo)
        const isThere = pseudo === undefined || content !== 'none'
        return isThere && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none')
      }),
    )
  })
  expect(isSeen, `where the focus is can be seen on ${target}`).toBe(true)
}
