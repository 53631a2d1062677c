import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/**
 * Rules of WCAG 2.1, levels A and AA, that a page breaks as it is now: `color-contrast: .of-elements | that-do`.
 * @param rules these alone, by their ids
 */
export async function wcagViolations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules
    ? axe.withRules(rules)
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
  ).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`)
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await wcagViolations(page)).toEqual([])
}
