import { Finding } from './attack.ts'

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

  /**
   * Compares with what is there; that is what further writes build on.
   * @throws {Finding} where that is not what was acknowledged
   */
  compare(found: ReadonlyMap<string, string>): void {
    const pending = this.#pending
    if (pending && found.get(pending.key) === pending.value) this.#keep(pending.key, pending.value)
    this.#pending = undefined
    const lost = [...this.#kept].filter(([key, value]) => found.get(key) !== value)
    const invented = [...found].filter(([key]) => !this.#kept.has(key))
    if (lost.length + invented.length === 0) return
    const few = (entries: readonly [string, string][]) => JSON.stringify(entries.slice(0, 5))
    throw new Finding(
      `${this.#name}: ${lost.length} acknowledged are not as they were, as ${few(lost)}; ` +
        `${invented.length} are there that should not be, as ${few(invented)}`,
    )
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
