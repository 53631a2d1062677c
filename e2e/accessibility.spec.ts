import AxeBuilder from '@axe-core/playwright'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

const PAGES: [name: string, path: string, ready: RegExp][] = [
  ['things', '/things', /Things/],
  ['a thing', '/things/pump-1', /pump-1/],
  ['live messages', '/live?s=0:dt/%23', /Live messages/],
  ['a shadow', '/things/pump-1/shadow?shadowName=config', /Shadow of pump-1/],
  ['activity', '/activity?person=Ada&last=24h', /Activity/],
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1024, 1600]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } })

      for (const [name, path, ready] of PAGES) {
        test(`${name}: nothing that axe finds, and no sideways scrolling`, async ({ page }) => {
          const console = new ConsolePage(page)
          await console.enter('Ada', path)
          await expect(console.heading(ready)).toBeVisible()
          await expect(console.connection).toHaveAccessibleName(/live/)
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`)).toEqual(
            [],
          )
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        })
      }
    })
  }
}
