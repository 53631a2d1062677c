import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class LivePage extends ConsolePage {
  readonly messages: Locator
  readonly topicFilter: Locator
  readonly subscribeButton: Locator
  readonly counters: Locator
  readonly publishButton: Locator
  /** Where one publishes, beside the stream. */
  readonly drawer: Locator

  constructor(page: Page) {
    super(page)
    this.messages = page.getByRole('grid', { name: 'Messages' })
    this.topicFilter = page
      .getByRole('textbox', { name: 'Topic filter' })
      .or(page.getByRole('combobox', { name: 'Topic filter' }))
    this.subscribeButton = page.getByRole('button', { name: 'Subscribe', exact: true })
    this.counters = page.getByText(/^received /)
    this.publishButton = page.getByRole('button', { name: 'Publish', exact: true })
    this.drawer = page.getByRole('complementary', { name: 'Publish a message' })
  }

  /** The figures of the counters line, by their names. */
  async counts(): Promise<Record<string, number>> {
    const text = (await this.counters.textContent()) ?? ''
    const figures = [...text.matchAll(/(received|kept|aged out|shown) ([\d,]+)|− ([\d,]+) filtered/g)]
    return Object.fromEntries(
      figures.map(([, name, count, filtered]) => [
        name ?? 'filtered',
        Number((count ?? filtered ?? '').replaceAll(',', '')),
      ]),
    )
  }

  subscription(filter: string): Locator {
    return this.page.getByRole('list', { name: 'Subscriptions' }).getByRole('listitem').filter({ hasText: filter })
  }

  /** Searches everything kept. */
  async filter(text: string): Promise<void> {
    await this.page
      .getByRole('textbox', { name: 'Filter messages' })
      .or(this.page.getByRole('searchbox', { name: 'Filter messages' }))
      .fill(text)
  }

  async show(view: 'List' | 'Tree' | 'Charts'): Promise<void> {
    await this.page.getByRole('button', { name: view, exact: true }).click()
  }

  messagesOf(text: string | RegExp): Locator {
    return this.messages.getByRole('row').filter({ hasText: text })
  }

  async subscribe(filter: string): Promise<void> {
    await this.topicFilter.fill(filter)
    await this.subscribeButton.click()
  }
}
