import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

/** The list of clients, and the page of one. */
export class ClientsPage extends ConsolePage {
  readonly dialog: Locator
  /** Who takes the client id of whom. */
  readonly fight: Locator

  constructor(page: Page) {
    super(page)
    this.dialog = page.getByRole('dialog')
    this.fight = page.getByRole('group').filter({ hasText: 'was taken by another party' })
  }

  row(clientId: string): Locator {
    return this.page.getByRole('grid', { name: 'Clients' }).getByRole('row').filter({ hasText: clientId })
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name })
  }

  action(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async refresh(): Promise<void> {
    await this.page.getByRole('button', { name: 'Refresh' }).first().click()
  }
}
