import type { Clock } from '../../clock.ts'
import type { TokenBuckets } from './token-buckets.ts'

/** Background work finds no more than half a bucket: a click of a person finds a token at once. */
const LEFT_TO_PEOPLE = 0.5

interface Waiting {
  readonly pass: () => void
  readonly fail: (reason: unknown) => void
}

/**
 * Who may call an operation next, when more want to than AWS takes: people before background work, and of people one
 * after the other, however much each of them wants.
 */
export class Turns {
  readonly #clock: Clock
  readonly #buckets: TokenBuckets
  readonly #name: string
  readonly #perSecond: number
  /** The next is the first one's; who had a turn goes to the end. */
  readonly #people = new Map<string, Waiting[]>()
  readonly #background: Waiting[] = []
  #isServing = false
  #wake = () => {}

  constructor(clock: Clock, buckets: TokenBuckets, name: string, perSecond: number) {
    this.#clock = clock
    this.#buckets = buckets
    this.#name = name
    this.#perSecond = perSecond
  }

  /**
   * Resolves when it is one's turn.
   * @param person undefined: for background work
   */
  turn(person: string | undefined): Promise<void> {
    const { promise, resolve: pass, reject: fail } = Promise.withResolvers<void>()
    this.#lineOf(person).push({ pass, fail })
    this.#wake()
    if (!this.#isServing) this.#serve()
    return promise
  }

  #lineOf(person: string | undefined): Waiting[] {
    if (person === undefined) return this.#background
    const line = this.#people.get(person) ?? []
    this.#people.set(person, line)
    return line
  }

  async #serve(): Promise<void> {
    this.#isServing = true
    for (;;) {
      const isForPeople = this.#people.size > 0
      if (!isForPeople && this.#background.length === 0) break
      const take = { name: this.#name, perSecond: this.#perSecond, leaves: isForPeople ? 0 : LEFT_TO_PEOPLE }
      try {
        const taken = this.#buckets.take(take)
        const waitMs = typeof taken === 'number' ? taken : await taken
        if (waitMs > 0) await this.#wait(waitMs)
        else this.#next(isForPeople)?.pass()
      } catch (error) {
        this.#next(isForPeople)?.fail(error)
      }
    }
    this.#isServing = false
  }

  /** Whoever has waited longest for a turn; of people, the line of who had one goes to the end. */
  #next(isForPeople: boolean): Waiting | undefined {
    if (!isForPeople) return this.#background.shift()
    const [next] = this.#people
    if (next === undefined) return undefined
    const [person, line] = next
    const waiting = line.shift()
    this.#people.delete(person)
    if (line.length > 0) this.#people.set(person, line)
    return waiting
  }

  /** Until there is a token, or somebody comes: it may be a person, who need not leave half of the bucket. */
  #wait(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#clock.after(Math.ceil(waitMs), resolve)
    })
  }
}
