import type { DecisionLine, RehearsalMessage } from '../protocol.ts'

export interface KeptMessage {
  readonly id: number
  readonly message: RehearsalMessage
  /** Undefined until its turn has come. */
  draft?: DecisionLine | undefined
  /** Of what is compared, only where that decides otherwise. */
  compared?: DecisionLine | undefined
  /** Where actions would send something else, though both decide the same. */
  sentOtherwise?: readonly string[] | undefined
}

/** So much is kept to be decided anew when the rule changes. */
const MOST_MESSAGES = 2_000
const MOST_BYTES = 32 * 1024 * 1024

/** The newest messages, within bounds of their number and their bytes. */
export class KeptMessages {
  readonly #messages: KeptMessage[] = []
  #bytes = 0

  get all(): readonly KeptMessage[] {
    return this.#messages
  }

  find(id: number): KeptMessage | undefined {
    return this.#messages.find((kept) => kept.id === id)
  }

  add(kept: KeptMessage): void {
    this.#messages.push(kept)
    this.#bytes += kept.message.payload.length
    while (this.#messages.length > MOST_MESSAGES || this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#messages.shift()?.message.payload.length ?? 0
    }
  }

  clear(): void {
    this.#messages.length = 0
    this.#bytes = 0
  }
}
