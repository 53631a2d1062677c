import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Change, Documents } from './documents.ts'
import { readWhole, writeWhole } from './whole-file.ts'

/** Documents of a single console in one file of JSON, which is written anew as a whole: it is the old one or the new one. */
export class FileDocuments implements Documents {
  readonly lasts = true
  readonly #path: string
  /** One change after the other. */
  #changing: Promise<unknown> = Promise.resolve()

  private constructor(path: string) {
    this.#path = path
  }

  /** @throws of the file system, or a SyntaxError, when it cannot be read or its folder cannot be written */
  static async open(path: string): Promise<FileDocuments> {
    const documents = new FileDocuments(path)
    await documents.#all()
    await access(dirname(path), constants.W_OK)
    return documents
  }

  async read(name: string): Promise<unknown> {
    await this.#changing
    return (await this.#all())[name]
  }

  async update(name: string, change: Change): Promise<unknown> {
    const changed = this.#changing.then(async () => {
      const all = await this.#all()
      const after = change(all[name])
      await writeWhole(this.#path, `${JSON.stringify({ ...all, [name]: after }, undefined, 1)}\n`)
      return after
    })
    this.#changing = changed.catch(() => {}) // told to whoever asked for it
    return await changed
  }

  async #all(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse((await readWhole(this.#path)) ?? '{}') as Record<string, unknown> // written above
  }
}
