import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class ActivityPage extends ConsolePage {
  /** Entries, newest first, without the heading. */
  readonly rows: Locator
  /** The entry that is looked at. */
  readonly details: Locator

  constructor(page: Page) {
    super(page)
    this.rows = page
      .getByRole('grid', { name: 'Activity' })
      .getByRole('row')
      .filter({ has: page.getByRole('radio') })
    this.details = page.getByRole('region', { name: 'Entry' })
  }

  async look(row: Locator): Promise<void> {
    await row.getByRole('radio').check()
  }

  /** The row of one key among the values before and after. */
  change(key: string): Locator {
    return this.details.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: key, exact: true }) })
  }

  /** Follows the name of a person in the list, which shows what else they did. */
  async filterBy(person: string): Promise<void> {
    await this.rows.getByRole('link', { name: person, exact: true }).first().click()
  }
}
