import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class LogsPage extends ConsolePage {
  /** Entries, newest first, without the heading. */
  readonly rows: Locator

  constructor(page: Page) {
    super(page)
    this.rows = page
      .getByRole('grid', { name: 'Logs' })
      .getByRole('row')
      .filter({ has: page.getByRole('radio') })
  }

  /** Opens an entry beside the list. */
  async look(row: Locator): Promise<void> {
    await row.getByRole('radio').check()
  }

  /** The entry of one kind that is looked at. */
  entry(eventType: string): Locator {
    return this.page.getByRole('region', { name: eventType, exact: true })
  }
}
