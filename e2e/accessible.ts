import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type Axe from 'axe-core'
import { expect } from './test.ts'

declare global {
  /** Of the page, once it has been brought there. */
  var axe: typeof Axe
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa']
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Rules of WCAG 2.1, levels A and AA, that a page breaks as it is now: `color-contrast: .of-elements | that-do`. What is
 * asked is asked in the page, which has no frames: Deque's adapter opens another page for each question.
 * @param rules these alone, by their ids
 */
export async function wcagViolations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  return await page.evaluate(
    async (runOnly) => {
      // A colour on its way to another is not what anybody reads. What never ends, as a spinner, is not waited for.
      const ending = () =>
        document
          .getAnimations()
          .filter(
            ({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
          )
      for (let left = ending(); left.length > 0; left = ending()) {
        await Promise.allSettled(left.map(({ finished }) => finished))
      }
      const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`)
    },
    rules ? ({ type: 'rule', values: rules } as const) : ({ type: 'tag', values: WCAG } as const),
  )
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await wcagViolations(page)).toEqual([])
}
