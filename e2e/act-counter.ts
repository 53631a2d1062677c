import type { Page } from '@playwright/test'

/** What a job takes of a person. */
export interface Acts {
  /** Presses of the pointer, and of Enter. */
  readonly clicks: number
  /** Fields that something is typed into. */
  readonly fields: number
  /** Pages that are shown on the way, without the one that it begins at. */
  readonly pages: number
  /** Dialogs that something is done in. */
  readonly dialogs: number
}

interface Counted {
  clicks: number
  fields: Set<EventTarget>
  dialogs: Set<Element>
}

declare global {
  /** Of the page, from its first script on. */
  var countedActs: Counted
}

/** Counts what a person does in a page from now on; it is told of documents that are opened after it. */
export class ActCounter {
  readonly #page: Page
  #pages: string[] = []
  #loads = 0

  private constructor(page: Page) {
    this.#page = page
    page.on('framenavigated', (frame) => {
      const at = pageAt(frame.url())
      if (frame === page.mainFrame() && at !== this.#pages.at(-1)) this.#pages.push(at)
    })
    page.on('domcontentloaded', () => {
      this.#loads += 1
    })
  }

  static async begin(page: Page): Promise<ActCounter> {
    await page.addInitScript(listen)
    return new ActCounter(page)
  }

  /** Forgets what was counted so far: a job begins, at the page that is open. */
  async reset(): Promise<void> {
    await this.#page.evaluate(() => {
      globalThis.countedActs.clicks = 0
      globalThis.countedActs.dialogs.clear()
      globalThis.countedActs.fields.clear()
    })
    this.#pages = [pageAt(this.#page.url())]
    this.#loads = 0
  }

  /**
   * What the job has taken.
   * @throws {Error} where a document was loaded anew: what was counted before it is lost
   */
  async read(): Promise<Acts> {
    if (this.#loads > 0) throw new Error(`${this.#loads} times the whole console was loaded anew`)
    const inPage = await this.#page.evaluate(() => {
      const { clicks, fields, dialogs } = globalThis.countedActs
      return { clicks, fields: fields.size, dialogs: dialogs.size }
    })
    return { ...inPage, pages: this.#pages.length - 1 }
  }
}

/** Filters, tabs and the like are of the page that they are on; a bulk change, or a registration, and the form for a new one are two. */
function pageAt(address: string): string {
  const { pathname, searchParams } = new URL(address)
  return `${pathname} ${searchParams.get('bulkChange') ?? searchParams.get('run') ?? ''}`
}

/**
 * Runs in the page. What Playwright holds back, as something else came under the pointer, never gets below the window; a
 * dialog counts where something is done in it, as what only tells of progress may come and go unseen.
 */
function listen(): void {
  const counted: Counted = { clicks: 0, fields: new Set(), dialogs: new Set() }
  globalThis.countedActs = counted
  const countPlace = (target: EventTarget | null) => {
    const dialog = target instanceof Element ? target.closest('[role=dialog]:has(h2)') : null
    if (dialog) counted.dialogs.add(dialog)
  }
  const countClick = ({ target }: Event) => {
    counted.clicks += 1
    countPlace(target)
  }
  document.addEventListener('pointerdown', countClick, true)
  document.addEventListener('keydown', (event) => event.key === 'Enter' && countClick(event), true)
  document.addEventListener(
    'input',
    ({ target }) => {
      if (!target || (target instanceof HTMLInputElement && ['checkbox', 'radio', 'file'].includes(target.type))) return
      counted.fields.add(target)
      countPlace(target)
    },
    true,
  )
}
