import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class RefusalsPage extends ConsolePage {
  /** Refusals, the last one first, without the heading. */
  readonly rows: Locator
  /** Cause and cure of the one that is looked at. */
  readonly look: Locator

  constructor(page: Page) {
    super(page)
    this.rows = page
      .getByRole('grid', { name: 'Refusals' })
      .getByRole('row')
      .filter({ has: page.getByRole('radio') })
    this.look = page.getByRole('region').filter({ hasText: 'How often' })
  }

  async refresh(): Promise<void> {
    await this.page.getByRole('button', { name: 'Refresh' }).first().click()
  }
}
