import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class ShadowPage extends ConsolePage {
  readonly table: Locator
  readonly editor: Locator
  readonly updateButton: Locator

  constructor(page: Page) {
    super(page)
    this.table = page.getByRole('table', { name: 'Desired and reported state' })
    this.editor = page.getByRole('textbox', { name: 'Desired state as JSON' })
    this.updateButton = page.getByRole('button', { name: 'Update desired' })
  }

  row(key: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: key, exact: true }) })
  }

  /** Replaces the desired state by this JSON text, and sends what changed. */
  async update(desired: object): Promise<void> {
    await this.editor.fill(JSON.stringify(desired))
    await this.updateButton.click()
  }
}
