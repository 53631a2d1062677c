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
  /** The message that is looked at. */
  readonly detail: Locator
  readonly filterField: Locator
  readonly tree: Locator

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
    this.detail = page.getByRole('region', { name: 'Message', exact: true })
    this.filterField = page
      .getByRole('textbox', { name: 'Filter messages' })
      .or(page.getByRole('searchbox', { name: 'Filter messages' }))
    this.tree = page.getByRole('treegrid', { name: 'Topics' })
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
    await this.filterField.fill(text)
  }

  async show(view: 'List' | 'Tree' | 'Charts'): Promise<void> {
    await this.page.getByRole('button', { name: view, exact: true }).click()
  }

  messagesOf(text: string | RegExp): Locator {
    return this.messages.getByRole('row').filter({ hasText: text })
  }

  /** How much memory messages may take, e.g. `64 MB`. */
  async keepAtMost(size: string): Promise<void> {
    await this.button('Preferences of the list').click()
    const dialog = this.page.getByRole('dialog', { name: 'Preferences' })
    await dialog.getByRole('button', { name: /Memory for messages|MB$/ }).click()
    await this.page.getByRole('option', { name: size }).click()
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  }

  /** For the subscriptions that are added from now on. */
  async chooseQos(qos: 0 | 1): Promise<void> {
    await this.page.getByRole('button', { name: /^Quality of service/ }).click()
    await this.page.getByRole('option', { name: `QoS ${qos}` }).click()
  }

  async subscribe(filter: string): Promise<void> {
    await this.topicFilter.fill(filter)
    await this.subscribeButton.click()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  /** Opens the first message that shows this text. */
  async open(text: string | RegExp): Promise<void> {
    await this.messagesOf(text).first().click()
  }

  /** How the open message is shown: `Hex`, `CBOR` … */
  form(name: string): Locator {
    return this.detail.getByRole('tab', { name, exact: true })
  }

  /** A level of the topic tree by its own name. */
  level(name: string): Locator {
    return this.tree.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** Chooses from a menu, group by group: `('More', 'Export everything kept', 'CSV')`. */
  async choose(menu: string | RegExp, ...items: readonly string[]): Promise<void> {
    await this.button(menu).click()
    for (const name of items) await this.page.getByRole('menuitem', { name }).click()
  }
}
