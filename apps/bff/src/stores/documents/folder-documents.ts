import { access, constants, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change, Documents } from './documents.ts'
import { readWhole, writeWhole } from './whole-file.ts'

const MODE = 0o700
const NAME = /^[a-zA-Z0-9-]{1,128}$/

/** Documents of a single console, each in a file of its own: for many that change often. */
export class FolderDocuments implements Documents {
  readonly lasts = true
  readonly #folder: string
  /** Of each document, one change after the other. */
  readonly #changing = new Map<string, Promise<unknown>>()

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws of the file system, when the folder cannot be made or written */
  static async open(folder: string): Promise<FolderDocuments> {
    await mkdir(folder, { recursive: true, mode: MODE })
    await access(folder, constants.W_OK)
    return new FolderDocuments(folder)
  }

  async read(name: string): Promise<unknown> {
    await this.#changing.get(name)
    return this.#parsed(name)
  }

  async update(name: string, change: Change): Promise<unknown> {
    const before = this.#changing.get(name) ?? Promise.resolve()
    const changed = before.then(async () => {
      const after = change(await this.#parsed(name))
      if (after === undefined) await rm(this.#path(name), { force: true })
      else await writeWhole(this.#path(name), JSON.stringify(after))
      return after
    })
    const settled = changed.catch(() => {}) // told to whoever asked for it
    this.#changing.set(name, settled)
    void settled.then(() => {
      if (this.#changing.get(name) === settled) this.#changing.delete(name)
    })
    return await changed
  }

  async #parsed(name: string): Promise<unknown> {
    const text = await readWhole(this.#path(name))
    return text === undefined ? undefined : JSON.parse(text)
  }

  #path(name: string): string {
    if (!NAME.test(name)) throw new TypeError(`no name of a document: ${name}`)
    return join(this.#folder, `${name}.json`)
  }
}
