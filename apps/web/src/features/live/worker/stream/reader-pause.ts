import type { Gap } from '../../../../shared/recording/gap.ts'

/** The time in which a reader holds the view while messages go on being kept. */
export class ReaderPause {
  #begun: { readonly atMs: number; readonly received: number } | undefined

  /** When it began, epoch ms; undefined while the view goes on. */
  get atMs(): number | undefined {
    return this.#begun?.atMs
  }

  begin(atMs: number, received: number): void {
    this.#begun ??= { atMs, received }
  }

  /** Answers the gap to mark; none if nothing came meanwhile. */
  end(nowMs: number, received: number): Gap | undefined {
    const begun = this.#begun
    this.#begun = undefined
    const count = begun ? received - begun.received : 0
    if (!begun || count <= 0) return undefined
    const came = count === 1 ? 'one message came' : `${count} messages came`
    return { fromMs: begun.atMs, toMs: nowMs, reason: `${came} meanwhile and are kept`, cause: 'paused' }
  }

  forget(): void {
    this.#begun = undefined
  }
}
