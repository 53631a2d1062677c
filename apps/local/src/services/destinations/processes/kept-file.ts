import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * A file of JSON that a program writes over as it stands, so that its end may leave half of it. A copy is the last that
 * was whole.
 */
export class KeptFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** To be called before the program reads the file. */
  restore(): void {
    if (wholeText(this.#path) !== undefined) return
    const copy = wholeText(this.#copy)
    if (copy === undefined) rmSync(this.#path, { force: true })
    else writeFileSync(this.#path, copy)
  }

  /** @returns false while the file is being written, or was never */
  copy(): boolean {
    const text = wholeText(this.#path)
    if (text === undefined) return false
    writeFileSync(`${this.#copy}.new`, text)
    renameSync(`${this.#copy}.new`, this.#copy)
    return true
  }

  get #copy(): string {
    return `${this.#path}.whole`
  }
}

function wholeText(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    JSON.parse(text)
    return text
  } catch {
    return undefined // not there, or half
  }
}
