import { Signer } from '@fastify/cookie'
import { MOST_SESSIONS } from '../session-life.ts'

type Unsigned = ReturnType<Signer['unsign']>

/**
 * Signs ids of sessions as the session plugin's own signer does, and remembers those of cookies that were right: each
 * request has its cookie looked at and its id signed again. What is wrong, and ids that nobody has come back with, are
 * not remembered: as many of these come as anybody cares to send.
 */
export class SessionSigner {
  readonly #signer: Signer
  readonly #unsigned = new Map<string, Unsigned>()
  readonly #signed = new Map<string, string>()

  constructor(secret: string) {
    this.#signer = new Signer(secret)
  }

  sign(sessionId: string): string {
    return this.#signed.get(sessionId) ?? this.#signer.sign(sessionId)
  }

  unsign(cookie: string): Unsigned {
    const known = this.#unsigned.get(cookie)
    if (known) return known
    const unsigned = this.#signer.unsign(cookie)
    if (unsigned.valid) this.#remember(cookie, unsigned)
    return unsigned
  }

  #remember(cookie: string, unsigned: Unsigned & { readonly valid: true }): void {
    this.#unsigned.set(cookie, unsigned)
    this.#signed.set(unsigned.value, cookie)
    for (const [oldest, { value }] of this.#unsigned) {
      if (this.#unsigned.size <= MOST_SESSIONS) return
      this.#unsigned.delete(oldest)
      if (value !== null) this.#signed.delete(value)
    }
  }
}
