import type { DisconnectReason } from '@thingdeck/broker'
import type { Renewal } from '../foundation/admissions.ts'
import type { LiveSession } from './live-sessions.ts'

export interface RenewalsParts {
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** Ends the connection of a session, if it is still there. */
  readonly end: (session: LiveSession, reason: DisconnectReason) => void
  readonly onFault: (error: unknown) => void
}

/** Asks again for what authorizers granted to connections, as long as these last. */
export class Renewals {
  readonly #parts: RenewalsParts
  readonly #waiting = new Map<LiveSession, () => void>()

  constructor(parts: RenewalsParts) {
    this.#parts = parts
  }

  watch(session: LiveSession, renewal: Renewal): void {
    const cancel = this.#parts.after(renewal.afterMs, () => {
      this.#renew(session, renewal).catch((error: unknown) => {
        this.#parts.onFault(error)
        session.permissions.invalidate()
        this.#parts.end(session, 'SERVER_ERROR') // what it may do from now on nobody has said
      })
    })
    this.#waiting.set(session, cancel)
  }

  forget(session: LiveSession): void {
    this.#waiting.get(session)?.()
    this.#waiting.delete(session)
  }

  async #renew(session: LiveSession, renewal: Renewal): Promise<void> {
    const next = await renewal.again()
    if (!this.#waiting.has(session)) return // it went while the function was asked
    session.permissions.invalidate()
    if (next) this.watch(session, next)
    else this.#parts.end(session, 'AUTH_ERROR')
  }
}
