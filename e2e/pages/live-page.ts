import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class LivePage extends ConsolePage {
  readonly messages: Locator
  readonly topicFilter: Locator
  readonly subscribeButton: Locator
  readonly counters: Locator

  constructor(page: Page) {
    super(page)
    this.messages = page.getByRole('grid', { name: 'Messages' })
    this.topicFilter = page
      .getByRole('textbox', { name: 'Topic filter' })
      .or(page.getByRole('combobox', { name: 'Topic filter' }))
    this.subscribeButton = page.getByRole('button', { name: 'Subscribe', exact: true })
    this.counters = page.getByText(/^received /)
  }

  messagesOf(text: string | RegExp): Locator {
    return this.messages.getByRole('row').filter({ hasText: text })
  }

  async subscribe(filter: string): Promise<void> {
    await this.topicFilter.fill(filter)
    await this.subscribeButton.click()
  }
}
