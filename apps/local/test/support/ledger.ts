import { expect } from 'vitest'

/**
 * What a server acknowledged, key by key, and the one write that it was asked for and had not answered when it died:
 * that one may have happened or not, everything else must be as it was acknowledged.
 */
export class Ledger {
  readonly #name: string
  #kept = new Map<string, string>()
  #pending: { key: string; value: string | undefined } | undefined

  constructor(name: string) {
    this.#name = name
  }

  /** Writes one at a time; `undefined` for a key that is deleted. */
  async write(key: string, value: string | undefined, send: () => Promise<unknown>): Promise<void> {
    this.#pending = { key, value }
    await send()
    this.#keep(key, value)
    this.#pending = undefined
  }

  /** Compares with what is there; that is what further writes build on. */
  compare(found: ReadonlyMap<string, string>): void {
    const pending = this.#pending
    if (pending && found.get(pending.key) === pending.value) this.#keep(pending.key, pending.value)
    this.#pending = undefined
    expect([...found].sort(), this.#name).toEqual([...this.#kept].sort())
  }

  get(key: string): string | undefined {
    return this.#kept.get(key)
  }

  get size(): number {
    return this.#kept.size
  }

  #keep(key: string, value: string | undefined): void {
    if (value === undefined) this.#kept.delete(key)
    else this.#kept.set(key, value)
  }
}
