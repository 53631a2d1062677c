import { AwsError } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import type { Database } from './foundation/database.ts'
import type { HandlerTable } from './foundation/service.ts'

export interface WholeRequestsParts {
  readonly database: Pick<Database, 'transaction'>
  readonly log: Logger
  /** Finds out anew what is kept in memory of the tables. */
  readonly reread: () => void
}

type Outcome<Result> = { readonly result: Result } | { readonly refusal: AwsError }

/**
 * What a request writes is one transaction, whoever writes it: tables of several services, messages that wait for
 * subscribers, indexes. So whoever is told that it failed finds nothing of it, and whoever is told that it is done, all.
 *
 * That holds for what is done at once. What a handler does after it has waited for something (a key pair, a file in S3) is
 * as whole as the handler makes it by a transaction of its own. Decision 61.
 */
export class WholeRequests {
  readonly #parts: WholeRequestsParts

  constructor(parts: WholeRequestsParts) {
    this.#parts = parts
  }

  /** The same handlers, each of whose calls is whole. */
  of(handlers: HandlerTable): HandlerTable {
    return Object.fromEntries(
      Object.entries(handlers).map(([operation, handler]) => [
        operation,
        handler && ((input: unknown, call: Parameters<typeof handler>[1]) => this.perform(() => handler(input, call))),
      ]),
    )
  }

  /**
   * Does all of `work`, or nothing. A refusal of its own (an {@link AwsError}) is an outcome as any other: what was found
   * out on the way to it, as that something has expired, stays written.
   * @throws what `work` throws; what SQLite says where nothing of it is kept
   */
  perform<Result>(work: () => Result): Result {
    let outcome: Outcome<Result>
    try {
      outcome = this.#parts.database.transaction(() => this.#outcomeOf(work))
    } catch (error) {
      this.#reread()
      throw error
    }
    if ('refusal' in outcome) throw outcome.refusal
    return outcome.result
  }

  #outcomeOf<Result>(work: () => Result): Outcome<Result> {
    try {
      const result = work()
      // Also where what was done at once is not kept, so that nobody waits for it.
      if (result instanceof Promise) result.catch((error: unknown) => error instanceof AwsError || this.#reread())
      return { result }
    } catch (error) {
      if (error instanceof AwsError) return { refusal: error }
      throw error
    }
  }

  #reread(): void {
    try {
      this.#parts.reread()
    } catch (error) {
      this.#parts.log.error({ err: error }, 'what is kept in memory could not be read anew')
    }
  }
}
