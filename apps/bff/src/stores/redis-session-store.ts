import type { Session } from 'fastify'
import { IDLE_MS, LONGEST_REQUEST_MS, MOST_SESSIONS, MOST_SESSIONS_OF_PERSON, SESSION_MS } from '../session-life.ts'
import type { Redis } from './redis.ts'
import { createSeal, type Seal } from './seal.ts'
import { type Done, type Found, type KeptSession, type SessionStore, sessionName, signedInAs } from './session-store.ts'

/** A session that is read is written down as seen this often, not each time. */
const SEEN_EVERY_MS = 60_000

/**
 * Sessions in Redis, so that a person may move between consoles. They hold the issuer's tokens: who reads the Redis
 * reads neither them, which are sealed, nor a session's id, of which it has the hash. Beside them are lists of their
 * keys by the time of their sign-in, of each person and of all, so that the oldest can go.
 */
export class RedisSessionStore implements SessionStore {
  readonly #redis: Redis
  readonly #seal: Seal
  readonly #all: string

  constructor(redis: Redis, secret: string) {
    this.#redis = redis
    this.#seal = createSeal(secret, 'thingdeck sessions')
    this.#all = redis.key('sessions')
  }

  #key(sessionId: string): string {
    return this.#keyOfName(sessionName(sessionId))
  }

  #keyOfName(name: string): string {
    return this.#redis.key('session', name)
  }

  #ofPerson(personId: string): string {
    return this.#redis.key('sessions-of', sessionName(personId))
  }

  get(sessionId: string, done: Found): void {
    this.#find(this.#key(sessionId)).then((session) => done(null, session), done)
  }

  set(sessionId: string, session: Session, done: Done): void {
    this.#keep(this.#key(sessionId), session).then(() => done(), done)
  }

  destroy(sessionId: string, done: Done): void {
    this.#end(this.#key(sessionId)).then(() => done(), done)
  }

  async countOf(personId: string): Promise<number> {
    const keys = await this.#redis.ask((client) => client.zRange(this.#ofPerson(personId), 0, -1))
    // Those that ended by themselves are still in the list.
    return keys.length === 0 ? 0 : this.#redis.ask((client) => client.exists(keys))
  }

  async listOf(personId: string): Promise<readonly KeptSession[]> {
    const keys = await this.#redis.ask((client) => client.zRange(this.#ofPerson(personId), 0, -1))
    const kept = await Promise.all(keys.map((key) => this.#look(key)))
    return kept.filter((each) => each !== undefined)
  }

  async endOf(personId: string, name: string): Promise<boolean> {
    const key = this.#keyOfName(name)
    const score = await this.#redis.ask((client) => client.zScore(this.#ofPerson(personId), key))
    if (score !== null) await this.#end(key)
    return score !== null
  }

  /** A session without asking for it: that it is looked at is no use of it. */
  async #look(key: string): Promise<KeptSession | undefined> {
    const [sealed, leftMs] = await this.#redis.ask((client) => Promise.all([client.get(key), client.pTTL(key)]))
    const session = this.#open(sealed, key)
    if (!session) return undefined
    const endsAtMs = Date.now() + leftMs
    // What ends with its working day, and not by being idle, may have been seen at any time since.
    const endsIdle = endsAtMs < (signedInAs(session)?.sinceMs ?? 0) + SESSION_MS - 1_000
    return { name: key.slice(this.#keyOfName('').length), session, seenAtMs: endsIdle ? endsAtMs - IDLE_MS : undefined }
  }

  async #find(key: string): Promise<Session | null> {
    const [sealed, leftMs] = await this.#redis.ask((client) => Promise.all([client.get(key), client.pTTL(key)]))
    const session = this.#open(sealed, key)
    const signedIn = session && signedInAs(session)
    if (signedIn && leftMs < IDLE_MS - SEEN_EVERY_MS) {
      // Does nothing where the session was ended meanwhile.
      await this.#redis.ask((client) => client.pExpireAt(key, endsAtMs(signedIn.sinceMs)))
    }
    return session
  }

  #open(sealed: string | null, key: string): Session | null {
    const text = sealed === null ? undefined : this.#seal.open(sealed, key)
    return text === undefined ? null : (JSON.parse(text) as Session) // written below
  }

  async #keep(key: string, session: Session): Promise<void> {
    const signedIn = signedInAs(session)
    if (!signedIn) return
    const { sinceMs } = signedIn
    const ofPerson = this.#ofPerson(signedIn.personId)
    const sealed = this.#seal.seal(JSON.stringify(session), key)
    const expiration = { type: 'PXAT', value: endsAtMs(sinceMs) } as const
    await this.#redis.ask((client) =>
      client
        .multi()
        .set(key, sealed, { expiration })
        .zAdd(this.#all, { score: sinceMs, value: key })
        .zAdd(ofPerson, { score: sinceMs, value: key })
        .pExpire(ofPerson, SESSION_MS)
        .exec(),
    )
    // A request that was slow brings it back, as it was before it ended. Whoever ends it says so before they delete it.
    if ((await this.#redis.ask((client) => client.exists(endedKey(key)))) === 1) await this.#end(key)
    await this.#letGo(ofPerson, MOST_SESSIONS_OF_PERSON)
    await this.#letGo(this.#all, MOST_SESSIONS)
  }

  /** The oldest of a list, beyond as many as it may have. */
  async #letGo(list: string, most: number): Promise<void> {
    const oldest = await this.#redis.ask(async (client) => {
      await client.zRemRangeByScore(list, 0, Date.now() - SESSION_MS)
      return client.zRange(list, 0, -(most + 1))
    })
    if (oldest.length > 0) await this.#redis.ask((client) => client.multi().del(oldest).zRem(list, oldest).exec())
  }

  async #end(key: string): Promise<void> {
    const session = this.#open(await this.#redis.ask((client) => client.get(key)), key)
    const signedIn = session && signedInAs(session)
    await this.#redis.ask((client) => {
      const write = client
        .multi()
        .set(endedKey(key), '1', { expiration: { type: 'PX', value: LONGEST_REQUEST_MS } })
        .del(key)
        .zRem(this.#all, key)
      if (signedIn) write.zRem(this.#ofPerson(signedIn.personId), key)
      return write.exec()
    })
  }
}

const endedKey = (key: string): string => `${key}:ended`

/** Of a session that was seen just now. */
const endsAtMs = (sinceMs: number): number => Math.min(sinceMs + SESSION_MS, Date.now() + IDLE_MS)
