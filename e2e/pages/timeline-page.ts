import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

/** The timeline of a thing: the axis, and the list of the same moments. */
export class TimelinePage extends ConsolePage {
  readonly axis: Locator
  readonly rows: Locator
  /** What came while one looked. */
  readonly newMoments: Locator

  constructor(page: Page) {
    super(page)
    this.axis = page.getByRole('application')
    this.rows = page.getByRole('grid', { name: /^Moments of/ }).getByRole('row')
    this.newMoments = page.getByRole('button', { name: /^Show \d+ new moment/ })
  }

  moment(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words })
  }

  /** From when to when the axis goes, as it says itself. */
  async view(): Promise<string> {
    const name = (await this.axis.getAttribute('aria-label')) ?? ''
    return /from .*? to .*?\./.exec(name)?.[0] ?? ''
  }
}
