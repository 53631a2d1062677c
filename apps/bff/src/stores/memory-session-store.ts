import type { Session } from 'fastify'
import type { Clock } from '../clock.ts'
import { IDLE_MS, LONGEST_REQUEST_MS, MOST_SESSIONS, MOST_SESSIONS_OF_PERSON, SESSION_MS } from '../session-life.ts'
import { type Done, type Found, type KeptSession, type SessionStore, sessionName, signedInAs } from './session-store.ts'

interface Kept {
  /** As text: the session object itself holds on to the request that it came with. */
  readonly text: string
  readonly personId: string
  readonly sinceMs: number
  seenAtMs: number
}

/** Sessions of one process. They end by themselves, and there are never more than a bound: the oldest go. */
export class MemorySessionStore implements SessionStore {
  readonly #clock: Pick<Clock, 'nowMs'>
  /** In the order of their sign-ins. */
  readonly #kept = new Map<string, Kept>()
  /** When sessions were ended by somebody, the oldest first. Their ids do not come again. */
  readonly #ended = new Map<string, number>()

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock
  }

  /** How many are kept, and how much text that is. */
  get size(): { readonly sessions: number; readonly characters: number } {
    const characters = this.#kept.values().reduce((sum, { text }) => sum + text.length, 0)
    return { sessions: this.#kept.size, characters }
  }

  get(sessionId: string, done: Found): void {
    const kept = this.#kept.get(sessionId)
    if (kept && !this.#hasEnded(kept)) {
      kept.seenAtMs = this.#clock.nowMs()
      done(null, JSON.parse(kept.text) as Session) // written below
    } else {
      this.#kept.delete(sessionId)
      done(null, null)
    }
  }

  set(sessionId: string, session: Session, done: Done): void {
    const signedIn = signedInAs(session)
    // A request that was slow brings it back, as it was before it ended.
    if (signedIn && !this.#hasBeenEnded(sessionId)) {
      this.#kept.set(sessionId, { ...signedIn, text: JSON.stringify(session), seenAtMs: this.#clock.nowMs() })
      this.#purge(signedIn.personId)
    } else this.#kept.delete(sessionId)
    done()
  }

  destroy(sessionId: string, done: Done): void {
    this.#kept.delete(sessionId)
    this.#ended.set(sessionId, this.#clock.nowMs())
    done()
  }

  #hasBeenEnded(sessionId: string): boolean {
    for (const [id, atMs] of this.#ended) {
      if (this.#clock.nowMs() < atMs + LONGEST_REQUEST_MS && this.#ended.size <= MOST_SESSIONS) break
      this.#ended.delete(id)
    }
    return this.#ended.has(sessionId)
  }

  async countOf(personId: string): Promise<number> {
    return this.#of(personId).length
  }

  async listOf(personId: string): Promise<readonly KeptSession[]> {
    return this.#of(personId).map(([id, { text, seenAtMs }]) => ({
      name: sessionName(id),
      session: JSON.parse(text) as Session, // written above
      seenAtMs,
    }))
  }

  async endOf(personId: string, name: string): Promise<boolean> {
    const [id] = this.#of(personId).find(([each]) => sessionName(each) === name) ?? []
    if (id !== undefined) this.destroy(id, () => {})
    return id !== undefined
  }

  #of(personId: string): [sessionId: string, kept: Kept][] {
    return [...this.#kept].filter(([, kept]) => kept.personId === personId && !this.#hasEnded(kept))
  }

  #hasEnded({ sinceMs, seenAtMs }: Kept): boolean {
    const nowMs = this.#clock.nowMs()
    return nowMs >= sinceMs + SESSION_MS || nowMs >= seenAtMs + IDLE_MS
  }

  #purge(personId: string): void {
    for (const [id, kept] of this.#kept) if (this.#hasEnded(kept)) this.#kept.delete(id)
    const all = [...this.#kept]
    const ofPerson = all.filter(([, kept]) => kept.personId === personId)
    for (const [id] of ofPerson.slice(0, -MOST_SESSIONS_OF_PERSON)) this.#kept.delete(id)
    for (const [id] of all.slice(0, -MOST_SESSIONS)) this.#kept.delete(id)
  }
}
