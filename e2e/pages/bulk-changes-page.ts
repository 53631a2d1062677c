import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

/** One change of many things: its form, and what becomes of each. */
export class BulkChangesPage extends ConsolePage {
  readonly names: Locator
  readonly group: Locator
  readonly countButton: Locator
  readonly dryRunButton: Locator
  /** `Change shadows`, or with the number once it was counted. */
  readonly changeButton: Locator
  readonly progress: Locator
  readonly results: Locator

  constructor(page: Page) {
    super(page)
    this.names = page.getByRole('textbox', { name: 'Names of the things' })
    this.group = page.getByRole('button', { name: /^Thing group/ })
    this.countButton = page.getByRole('button', { name: 'Count the things' })
    this.dryRunButton = page.getByRole('button', { name: 'Dry run' })
    this.changeButton = page.getByRole('button', { name: /^Change (shadows|things|[\d,]+ (shadows?|things?))( now)?$/ })
    this.progress = page.getByRole('progressbar', { name: 'Progress of the bulk change' })
    this.results = page.getByRole('grid', { name: 'Results by thing' })
  }

  /** Agrees to what the dialog says would happen. */
  async confirm(action: string): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
  }

  /** What became of one thing. */
  result(thingName: string): Locator {
    return this.results.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: thingName }) })
  }

  /** Says which key of `desired` gets which number. */
  async setNumber(key: string, value: number): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Key', exact: true }).fill(key)
    await this.page.getByRole('button', { name: /Type of the value/ }).click()
    await this.page.getByRole('option', { name: 'number' }).click()
    await this.page.getByRole('textbox', { name: 'New value' }).fill(String(value))
  }

  async setRate(perSecond: number): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Requests a second' }).fill(String(perSecond))
  }
}
