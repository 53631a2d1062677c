import { createHash } from 'node:crypto'
import type { FastifySessionOptions } from '@fastify/session'
import type { Session } from 'fastify'
import type { Redis } from './redis.ts'
import { createSeal, type Seal } from './seal.ts'

type SessionStore = NonNullable<FastifySessionOptions['store']>
type Done = Parameters<SessionStore['destroy']>[1]

/**
 * Sessions in Redis, so that a person may move between consoles. They hold the issuer's tokens: who reads the Redis
 * reads neither them, which are sealed, nor a session's id, of which it has the hash.
 */
export class RedisSessionStore implements SessionStore {
  readonly #redis: Redis
  readonly #seal: Seal
  readonly #ttlMs: number

  /** @param ttlMs of a session whose cookie does not say when it expires */
  constructor(redis: Redis, secret: string, ttlMs: number) {
    this.#redis = redis
    this.#seal = createSeal(secret, 'thingdeck sessions')
    this.#ttlMs = ttlMs
  }

  #key(sessionId: string): string {
    return this.#redis.key('session', createHash('sha256').update(sessionId).digest('base64url'))
  }

  get(sessionId: string, done: (error: unknown, session?: Session | null) => void): void {
    const key = this.#key(sessionId)
    this.#redis
      .ask((client) => client.get(key))
      .then((sealed) => (sealed === null ? undefined : this.#seal.open(sealed, key)))
      .then((text) => (text === undefined ? null : (JSON.parse(text) as Session)))
      .then((session) => done(null, session), done)
  }

  set(sessionId: string, session: Session, done: Done): void {
    const key = this.#key(sessionId)
    const expires = session.cookie.expires ? new Date(session.cookie.expires).getTime() : Date.now() + this.#ttlMs
    const expiration = { type: 'PXAT', value: expires } as const
    this.#redis
      .ask((client) => client.set(key, this.#seal.seal(JSON.stringify(session), key), { expiration }))
      .then(() => done(), done)
  }

  destroy(sessionId: string, done: Done): void {
    this.#redis.ask((client) => client.del(this.#key(sessionId))).then(() => done(), done)
  }
}
