import type { BrokerHooks, ClientView, Message } from './types.ts'

/** A message that was accepted while the hook was busy with another one. */
interface Waiting<Context> {
  message: Message
  client: ClientView<Context> | undefined
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Tells the hook `onAccepted` of one message after the other. What the hook itself publishes waits until it is done with
 * the message before: whoever shares the hook (a shadow service, rules, counters) hears of a cause before its effect.
 */
export class Acceptance<Context> {
  readonly #hooks: Pick<BrokerHooks<Context>, 'onAccepted'>
  #isTelling = false
  readonly #waiting: Waiting<Context>[] = []

  constructor(hooks: Pick<BrokerHooks<Context>, 'onAccepted'>) {
    this.#hooks = hooks
  }

  /**
   * @returns a promise where the message has to wait for its turn, which comes before the outermost call returns
   * @throws what the hook throws
   */
  tell(message: Message, client: ClientView<Context> | undefined): void | Promise<void> {
    if (!this.#hooks.onAccepted) return
    if (this.#isTelling) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      this.#waiting.push({ message, client, resolve, reject })
      return promise
    }
    this.#isTelling = true
    try {
      this.#hooks.onAccepted(message, client)
    } finally {
      if (this.#waiting.length > 0) this.#tellWaiting()
      this.#isTelling = false
    }
  }

  /** Those that come meanwhile too. */
  #tellWaiting(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        this.#hooks.onAccepted?.(next.message, next.client)
        next.resolve()
      } catch (error) {
        next.reject(error)
      }
    }
  }
}
