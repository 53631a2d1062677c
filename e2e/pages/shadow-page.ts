import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class ShadowPage extends ConsolePage {
  readonly table: Locator
  readonly editor: Locator
  readonly updateButton: Locator
  readonly version: Locator
  readonly olderVersion: Locator

  constructor(page: Page) {
    super(page)
    this.table = page.getByRole('table', { name: 'Desired and reported state' })
    this.editor = page.getByRole('textbox', { name: 'Desired state as JSON' })
    this.updateButton = page.getByRole('button', { name: 'Update desired' })
    this.version = page.getByText(/^version \d+$/)
    this.olderVersion = page.getByRole('button', { name: 'Older version' })
  }

  row(key: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: key, exact: true }) })
  }

  /** The chooser between one's own value and somebody else's, for one key. */
  choice(key: string, side: 'Mine' | 'Theirs'): Locator {
    return this.page
      .getByRole('group', { name: `Which value for ${key}` })
      .getByRole('button', { name: new RegExp(`^${side}:`) })
  }

  /** Writes this JSON as the draft of the desired state. */
  async draft(desired: object): Promise<void> {
    await this.draftText(JSON.stringify(desired))
  }

  /** Writes this text as the draft, whatever it is. */
  async draftText(text: string): Promise<void> {
    // By keys and not by `fill`: the editor draws itself anew from its own document, not from what the browser selects.
    await this.editor.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(text)
  }

  /** Replaces the desired state by this JSON text, and sends what changed. */
  async update(desired: object): Promise<void> {
    await this.draft(desired)
    await this.updateButton.click()
  }

  /** Opens a saved recording in the history, under this name. */
  async openRecording(path: string, name: string): Promise<void> {
    await this.openRecordingOf(name, await readFile(path))
  }

  /** Opens a file of these bytes in the history. */
  async openRecordingOf(name: string, buffer: Buffer): Promise<void> {
    await this.page.getByLabel('Open a recording…').setInputFiles({ name, mimeType: 'application/gzip', buffer })
  }

  /** Chooses from the menu of what can be done to the shadow. */
  async act(action: 'Read again' | 'Duplicate shadow' | 'Delete shadow'): Promise<void> {
    await this.page.getByRole('button', { name: 'Actions' }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  /** Chooses how the draft is edited, or which section of it. */
  async switchTo(choice: 'Form' | 'JSON' | 'desired' | 'reported'): Promise<void> {
    await this.page.getByRole('button', { name: choice, exact: true }).click()
  }
}
