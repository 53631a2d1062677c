import type { Stranger } from '../../foundation/admissions.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { Authorizer } from './authorizer-table.ts'
import type { AuthorizerYes } from './function-answer.ts'

interface Kept {
  readonly key: string
  readonly answer: AuthorizerYes
  readonly untilMs: number
}

/**
 * The last answer of a function for each HTTP connection that is kept alive, where its authorizer has
 * `enableCachingForHttp`. Good only for a request that brings the very same: a proxy may send those of many people over
 * one connection.
 */
export class RequestCache {
  readonly #clock: Clock
  readonly #kept = new WeakMap<object, Kept>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  find(connection: object, key: string): AuthorizerYes | undefined {
    const kept = this.#kept.get(connection)
    return kept && kept.key === key && this.#clock() < kept.untilMs ? kept.answer : undefined
  }

  put(connection: object, key: string, answer: AuthorizerYes): void {
    this.#kept.set(connection, { key, answer, untilMs: this.#clock() + answer.refreshAfterSeconds * 1000 })
  }
}

/** What differs from one message to the next, and says nothing of who sends it. */
const OF_THE_MESSAGE: ReadonlySet<string> = new Set(['content-length', 'content-type', 'date'])

/** All that a function's answer may depend on. */
export function requestKey({ name, modifiedAtMs }: Authorizer, { http, serverName }: Stranger): string {
  const headers = Object.entries(http?.headers ?? {}).filter(([header]) => !OF_THE_MESSAGE.has(header))
  return JSON.stringify([name, modifiedAtMs, serverName, http?.queryString, headers])
}
