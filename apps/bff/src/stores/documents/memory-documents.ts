import type { Change, Documents } from './documents.ts'

/** Documents that end with the process. As text, so that nobody holds on to what is kept. */
export class MemoryDocuments implements Documents {
  readonly lasts = false
  readonly #texts = new Map<string, string>()

  async read(name: string): Promise<unknown> {
    return this.#read(name)
  }

  async update(name: string, change: Change): Promise<unknown> {
    const after = change(this.#read(name))
    if (after === undefined) this.#texts.delete(name)
    else this.#texts.set(name, JSON.stringify(after))
    return after
  }

  #read(name: string): unknown {
    const text = this.#texts.get(name)
    return text === undefined ? undefined : JSON.parse(text)
  }
}
