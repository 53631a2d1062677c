import type { Line } from './line.ts'
import type { Qos, SubscriptionRequest } from './message.ts'
import type { SubscriptionStatus } from './subscription-table.ts'

interface Asked {
  /** Undefined of what an earlier connection left in the broker's session, if that is still there. */
  readonly qos: Qos | undefined
  /** Undefined while the broker has not answered. */
  readonly status: SubscriptionStatus | undefined
}

/**
 * Holds one connection to what is wanted of it. One thing is asked at a time, and what is asked next is made of what is
 * wanted by then: whatever was wanted in between, the last wish is what the broker ends up with.
 *
 *     wanted      asked            in force
 *     A           SUBSCRIBE A
 *     A, X          (unanswered)
 *     nothing       (unanswered)
 *                 UNSUBSCRIBE A    nothing
 */
export class LineSubscriptions {
  readonly #line: Line
  readonly #onAnswer: (filter: string, status: SubscriptionStatus) => void
  #wanted: ReadonlyMap<string, Qos> = new Map()
  /** What the broker was asked for; refusals too, which are not asked for again. */
  readonly #asked: Map<string, Asked>
  #work: Promise<void> | undefined

  /**
   * @param onAnswer for each filter that is wanted when it is known how the broker answered
   * @param leftBehind filters that an earlier connection of this client id may have left in the broker's session
   */
  constructor(
    line: Line,
    onAnswer: (filter: string, status: SubscriptionStatus) => void = () => {},
    leftBehind: Iterable<string> = [],
  ) {
    this.#line = line
    this.#onAnswer = onAnswer
    this.#asked = new Map(Array.from(leftBehind, (filter) => [filter, { qos: undefined, status: undefined }]))
  }

  /** Filters that may be in force: granted, or not answered for yet. */
  get maybeInForce(): readonly string[] {
    return Array.from(this.#asked).flatMap(([filter, { status }]) => (status?.kind === 'refused' ? [] : [filter]))
  }

  /** Makes `requests` all that is wanted. Resolves once the broker has answered; rejects when the connection ended before. */
  want(requests: readonly SubscriptionRequest[]): Promise<void> {
    this.#wanted = new Map(requests.map(({ filter, qos }) => [filter, qos]))
    this.#tellAnswers()
    if (!this.#work && this.#isCaughtUp()) return Promise.resolve()
    this.#work ??= this.#catchUp()
    return this.#work
  }

  #isCaughtUp(): boolean {
    const { gone, missing } = this.#differences()
    return gone.length === 0 && missing.length === 0
  }

  #differences() {
    return {
      gone: [...this.#asked.keys()].filter((filter) => !this.#wanted.has(filter)),
      missing: Array.from(this.#wanted, ([filter, qos]) => ({ filter, qos })).filter(
        ({ filter, qos }) => this.#asked.get(filter)?.qos !== qos,
      ),
    }
  }

  /** How the broker has answered for what is wanted, so far. */
  #tellAnswers(): void {
    for (const [filter, qos] of this.#wanted) {
      const asked = this.#asked.get(filter)
      if (asked?.status && asked.qos === qos) this.#onAnswer(filter, asked.status)
    }
  }

  async #catchUp(): Promise<void> {
    try {
      for (;;) {
        const { gone, missing } = this.#differences()
        if (gone.length > 0) await this.#unsubscribe(gone)
        else if (missing.length > 0) await this.#subscribe(missing)
        else return
      }
    } finally {
      // At once, and not a turn later: what is wished in between would be taken for being at work on.
      this.#work = undefined
    }
  }

  async #unsubscribe(filters: readonly string[]): Promise<void> {
    const inForce = this.maybeInForce.filter((filter) => filters.includes(filter))
    if (inForce.length > 0) await this.#line.unsubscribe(inForce)
    for (const filter of filters) this.#asked.delete(filter)
  }

  async #subscribe(requests: readonly SubscriptionRequest[]): Promise<void> {
    for (const { filter, qos } of requests) this.#asked.set(filter, { qos, status: undefined })
    const answers = await this.#line.subscribe(requests)
    for (const [index, { filter, qos }] of requests.entries()) {
      const status = answers[index]
      if (!status) throw new Error('a SUBACK has an answer for each filter')
      this.#asked.set(filter, { qos, status })
    }
    this.#tellAnswers()
  }
}
