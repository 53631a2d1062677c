import { httpStatusOf, isNamed } from '../../aws/error-name.ts'
import { isCredentialTrouble } from '../../aws/own-account/credential-trouble.ts'
import { Pace } from '../../aws/pace.ts'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { type Advance, advanceThing, type CertificateWrite, Held } from './advance-thing.ts'
import { inStage, isDue, type KeptRotation, type KeptThing, type ThingChange } from './kept-rotation.ts'
import type { RotationAws } from './rotation-aws.ts'
import type { PlacedThing, RotationStore } from './rotation-store.ts'
import type { Look } from './sightings.ts'

const TICK_MS = 1_000
const LOOK_EVERY_MS = 10_000
const RENEW_MS = 3_000
/** Things under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4
const AT_A_TIME = 40
/** How long the end of the process waits for the requests that are under way. */
const CLOSE_MS = 2_000
/** After a throttle nobody asks AWS for so long. */
const THROTTLE_MS = 1_000
const HELD_MS = 60_000
const MOST_WAIT_MS = 30_000
const MOST_ATTEMPTS = 8

/** What passes by itself: too much at once, or what AWS has not spread yet. */
const PASSING = [
  'ThrottlingException',
  'ServiceUnavailableException',
  'InternalFailureException',
  'DeleteConflictException',
]

/** The process ends: nothing more is begun, and all that was done is kept. */
class Closed extends Error {}

export interface RotationEngineParts {
  readonly store: RotationStore
  readonly clock: Clock
  /** Of this process. */
  readonly id: string
  readonly awsOf: (turn: () => Promise<void>) => RotationAws
  readonly look: (fromMs: number, nowMs: number) => Promise<Look>
  readonly onWrite: (rotation: KeptRotation, write: CertificateWrite) => Promise<void>
  readonly onError: (error: unknown) => void
}

/**
 * Does the work of rotations, whichever process they were started in: one console at a time works on one, and when it
 * ends, another or its successor goes on where it was.
 */
export class RotationEngine {
  readonly #parts: RotationEngineParts
  readonly #paces = new Map<string, Pace>()
  readonly #lookedMs = new Map<string, number>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #leased = new Set<string>()
  #isClosed = false

  constructor(parts: RotationEngineParts) {
    this.#parts = parts
    this.#later()
  }

  /** Whoever comes next goes on at once: it need not wait until this one is not heard of any more. */
  async close(): Promise<void> {
    const { store, clock, id } = this.#parts
    this.#isClosed = true
    const late = Promise.withResolvers<void>()
    clock.after(CLOSE_MS, late.resolve)
    await Promise.race([Promise.all(this.#running.values()), late.promise])
    await Promise.all([...this.#leased].map((rotationId) => store.release(rotationId, id).catch(this.#parts.onError)))
  }

  #later(): void {
    this.#parts.clock.after(TICK_MS, () => {
      if (this.#isClosed) return
      void this.#tick()
        .catch(this.#parts.onError)
        .then(() => this.#later())
    })
  }

  /** Of each rotation one piece of work goes on at a time, and none waits for another. */
  async #tick(): Promise<void> {
    const open = (await this.#parts.store.list()).filter(({ isOver }) => !isOver)
    for (const { rotationId } of open) {
      if (this.#isClosed || this.#running.has(rotationId)) continue
      const running = this.#workOn(rotationId)
        .catch((error: unknown) => {
          if (!(error instanceof Closed)) this.#parts.onError(error)
        })
        .finally(() => this.#running.delete(rotationId))
      this.#running.set(rotationId, running)
    }
  }

  /** As long as there is something to do. */
  async #workOn(rotationId: string): Promise<void> {
    const { store, clock, id } = this.#parts
    for (let isWorking = true; isWorking && !this.#isClosed; ) {
      const head = await store.lease(rotationId, id, clock.nowMs())
      if (!head) return
      this.#leased.add(rotationId)
      const seen = await this.#look(head, await store.things(head))
      const things = await store.things(head)
      // Few at a time: what people want of the others meanwhile is seen before it is their turn.
      const due = things.filter(({ thing }) => isDue(thing, head, clock.nowMs())).slice(0, AT_A_TIME)
      isWorking = due.length > 0
      if (isWorking) await this.#advanceAll(head, things, due)
      if (isWorking || seen) await store.noteProgress(seen ?? head, await this.#thingsOf(head))
    }
  }

  async #thingsOf(head: KeptRotation): Promise<KeptThing[]> {
    return (await this.#parts.store.things(head)).map(({ thing }) => thing)
  }

  async #advanceAll(head: KeptRotation, things: readonly PlacedThing[], due: readonly PlacedThing[]): Promise<void> {
    const { store, clock, id } = this.#parts
    const pace = this.#paceOf(head)
    const aws = this.#parts.awsOf(async () => {
      await pace.turn()
      if (this.#isClosed) throw new Closed()
    })
    const names = new Map(things.map(({ thing }) => [thing.thingName, thing]))
    let renewedMs = clock.nowMs()
    const queue = due.values()
    const work = async () => {
      for (let next = queue.next(); !next.done; next = queue.next()) {
        if (this.#isClosed) throw new Closed()
        if (clock.nowMs() - renewedMs > RENEW_MS) {
          renewedMs = clock.nowMs()
          if (!(await store.lease(head.rotationId, id, renewedMs))) return
        }
        await this.#advance(head, next.value, names, aws, pace)
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: CONCURRENCY }, work))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
  }

  async #advance(
    head: KeptRotation,
    placed: PlacedThing,
    names: Map<string, KeptThing>,
    aws: RotationAws,
    pace: Pace,
  ): Promise<void> {
    const { store, clock, onWrite } = this.#parts
    const { thingName, stage } = placed.thing
    const change = async (wanted: ThingChange): Promise<KeptThing | undefined> => {
      let after: KeptThing | undefined
      const made = (thing: KeptThing) => {
        if (thing.thingName !== thingName) return undefined
        // What was learnt is true whatever somebody wants meanwhile; where it goes on is theirs to say then.
        const { stage: _, since: __, ...learnt } = wanted
        const isStill = thing.stage === stage
        after = isStill ? ({ ...thing, ...wanted } as KeptThing) : undefined
        return isStill ? wanted : learnt
      }
      await store.changeThings(head, made, placed.chunk)
      if (after) names.set(thingName, after)
      return after
    }
    const advance: Advance = {
      aws,
      nowMs: () => clock.nowMs(),
      learn: change,
      enter: async (next, more) => void (await change(inStage(next, clock.nowMs(), more))),
      onWrite: (write) => onWrite(head, write),
      known: () =>
        new Set(
          [...names.values()].flatMap(({ oldCertificateIds, newCertificateId = '' }) => [
            ...oldCertificateIds,
            newCertificateId,
          ]),
        ),
      isSafeWithout: (other, what) => SAFE[what].includes(names.get(other)?.stage ?? 'chosen'),
    }
    try {
      await advanceThing(placed.thing, advance)
    } catch (error) {
      const isOurs = error instanceof Problem && !isCredentialTrouble(error)
      if (error instanceof Closed || isOurs || !(error instanceof Error)) throw error
      if (isNamed(error, 'ThrottlingException')) pace.holdMs(THROTTLE_MS)
      await change(failureOf(error, names.get(thingName) ?? placed.thing, clock.nowMs()))
    }
  }

  /** Where devices are waited for, from time to time: which ones connected. */
  async #look(head: KeptRotation, things: PlacedThing[]): Promise<KeptRotation | undefined> {
    const { store, clock, look } = this.#parts
    const waiting = things.filter(({ thing }) => thing.stage === 'waiting')
    const nowMs = clock.nowMs()
    if (waiting.length === 0 || nowMs - (this.#lookedMs.get(head.rotationId) ?? 0) < LOOK_EVERY_MS) return undefined
    this.#lookedMs.set(head.rotationId, nowMs)
    const since = Math.min(...waiting.map(({ thing }) => Date.parse(thing.since)))
    const found = await look(head.readFrom === undefined ? since : Date.parse(head.readFrom), nowMs).catch(
      (error: unknown) => {
        if (isCredentialTrouble(error)) return undefined // the next look may have better ones
        throw error
      },
    )
    if (!found) return undefined
    const at = new Map(found.sightings.map(({ certificateId, at: seenAt }) => [certificateId, seenAt]))
    await store.changeThings(head, ({ stage, newCertificateId = '' }) => {
      const seenAt = at.get(newCertificateId)
      return stage !== 'waiting' || seenAt === undefined
        ? undefined
        : { ...inStage('seen', nowMs), since: seenAt, seenAt, seenBy: 'log' }
    })
    return store.changeHead(head.rotationId, { sight: found.sight, readFrom: new Date(found.readFromMs).toISOString() })
  }

  #paceOf({ rotationId, requestsPerSecond }: KeptRotation): Pace {
    const pace = this.#paces.get(rotationId) ?? new Pace(this.#parts.clock, requestsPerSecond)
    this.#paces.set(rotationId, pace)
    return pace
  }
}

/** A thing in one of these gets on without its old certificate being active, or being there. */
const SAFE: Readonly<Record<'active' | 'there', readonly KeptThing['stage'][]>> = {
  active: ['seen', 'deactivating', 'replaced', 'deleting', 'finished'],
  there: ['replaced', 'deleting', 'finished'],
}

/** What passes is tried again; of the rest a person is told. */
function failureOf(error: Error, { attempts = 0 }: KeptThing, nowMs: number): ThingChange {
  const code = isCredentialTrouble(error) ? error.code : error.name
  const failure = { code, message: error.message, at: new Date(nowMs).toISOString() }
  const again = (delayMs: number) => new Date(nowMs + delayMs).toISOString()
  if (isCredentialTrouble(error)) return { failure, retryAt: again(MOST_WAIT_MS) }
  if (error instanceof Held) return { failure, retryAt: again(HELD_MS) }
  const status = httpStatusOf(error)
  const isUnanswered = status === undefined && isNetwork(error)
  const mayPass = isUnanswered || isNamed(error, ...PASSING) || (status !== undefined && status >= 500)
  if (!mayPass || (attempts >= MOST_ATTEMPTS && !isUnanswered))
    return { failure, attempts: undefined, retryAt: undefined }
  return { attempts: attempts + 1, retryAt: again(Math.min(MOST_WAIT_MS, 500 * 2 ** attempts)) }
}

/** Nobody answered: Node says what became of the connection (`ECONNREFUSED`). */
function isNetwork(error: Error): boolean {
  const { code }: Error & { readonly code?: unknown } = error
  return error.name === 'TimeoutError' || (typeof code === 'string' && /^E[A-Z]+$/.test(code))
}
