import type { BulkChange, BulkChangeChange, BulkChangeTargets } from '@thingdeck/contract'
import { BULK_CHANGE_KINDS, MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { isCredentialTrouble } from '../../../aws/own-account/credential-trouble.ts'
import { Pace } from '../../../aws/pace.ts'
import type { Clock } from '../../../clock.ts'
import type { Kind, KindContext } from '../kinds/kind.ts'
import { type BulkChangeStore, LEASE_MS } from './bulk-change-store.ts'
import { changeLine, isUnavailable, type LineEnd } from './change-line.ts'
import { chosenBefore } from './chosen-before.ts'
import { Holds } from './holds.ts'
import { type KeptBulkChange, type KeptLine, summaryOf } from './kept-bulk-change.ts'

const BEAT_MS = 1_000
/** Requests under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4
/** After a throttle, or a write that nobody answered, AWS is not asked for so long. */
const HOLD_MS = 1_000
/** So many targets one after the other that AWS did not answer for: the others would fail in the same way. */
const MOST_UNANSWERED = 8

/** What a line became, or failed to become, for the audit trail. */
export interface LineWrite {
  readonly kept: KeptBulkChange
  readonly change: BulkChangeChange
  readonly line: KeptLine
  /** As in {@link LineEnd} */
  readonly isFoundDone?: true
}

export interface RunParts {
  readonly store: BulkChangeStore
  readonly clock: Clock
  readonly kindOf: (change: BulkChangeChange) => Kind<BulkChangeChange>
  readonly find: (targets: BulkChangeTargets) => AsyncIterable<string>
  /** The line is noted as done when it is settled. */
  readonly onWrite: (write: LineWrite) => Promise<void>
  readonly onError: (error: unknown, bulkChangeId: string) => void
}

/** The run is over before its end: the process ends, or another console works on it. */
class Stopped extends Error {}

/**
 * The work on one bulk change, in this process, for as long as the lease is kept. A line is noted as under way before
 * AWS is told of it, and with what became of it afterwards.
 */
export class BulkChangeRun {
  readonly #parts: RunParts
  readonly #by: string
  readonly #lines: KeptLine[] = []
  readonly #taken = new Map<string, string>()
  #kept: KeptBulkChange
  #leasedUntilMs: number
  /** Since when its targets are worked on in this run. */
  #workingSinceMs: number | undefined
  readonly #workedBeforeMs: number
  #isStopped = false
  #isDone = false
  #unanswered = 0
  #pausedWhy: string | undefined

  /** @param kept as it was leased just now, under the name `by` */
  constructor(parts: RunParts, kept: KeptBulkChange, by: string) {
    this.#parts = parts
    this.#kept = kept
    this.#by = by
    this.#leasedUntilMs = parts.clock.nowMs() + LEASE_MS
    this.#workedBeforeMs = kept.bulkChange.workedMs ?? 0
  }

  /** How far it is now; what is kept is up to a second older. */
  get bulkChange(): BulkChange {
    const { bulkChange } = this.#kept
    return { ...bulkChange, ...this.#progress() }
  }

  /** Nothing where its lines are not known yet. */
  #progress(): Partial<BulkChange> {
    if (this.#lines.length === 0) return {}
    const nowMs = this.#parts.clock.nowMs()
    const workedMs = this.#workedBeforeMs + nowMs - (this.#workingSinceMs ?? nowMs)
    return { ...summaryOf(this.#lines), workedMs: Math.round(workedMs) }
  }

  /** Nothing more is begun; whoever comes next goes on. */
  stop(): void {
    this.#isStopped = true
  }

  /** Sees at once what people want of it. */
  async look(): Promise<void> {
    await this.#beat().catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error
    })
  }

  /** Until it is done, paused, cancelled or stopped. Errors of the store are thrown: it can be gone on with then. */
  async work(): Promise<void> {
    this.#beatLater()
    try {
      if (this.#kept.bulkChange.state === 'finding-things' && !(await this.#findTargets())) return
      this.#lines.push(...(await this.#parts.store.lines(this.#kept)))
      for (const { target, outcome, changes = [] } of this.#lines)
        if (outcome === 'changed' || outcome === 'under-way' || outcome === 'would-change')
          for (const { path } of changes) if (!this.#taken.has(path)) this.#taken.set(path, target)
      this.#workingSinceMs = this.#parts.clock.nowMs()
      await this.#workOnLines()
      await this.#settle()
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    } finally {
      this.#isDone = true
    }
  }

  /** @returns whether there is something to work on */
  async #findTargets(): Promise<boolean> {
    const { store, find } = this.#parts
    const { bulkChangeId } = this.#kept.bulkChange
    const names = new Set<string>()
    try {
      for await (const name of find((await store.targets(bulkChangeId)) ?? { thingNames: [] })) {
        if (this.#isStopped) throw new Stopped()
        if (this.#kept.wanted === 'cancel') break
        names.add(name)
        if (names.size > MOST_BULK_CHANGE_TARGETS)
          throw new Error(`A bulk change takes at most ${MOST_BULK_CHANGE_TARGETS} things: choose fewer.`)
      }
    } catch (error) {
      if (error instanceof Stopped) throw error
      await this.#end('failed', (error as Error).message)
      return false
    }
    const { confirmedCount = names.size } = this.#kept
    if (this.#kept.wanted !== 'cancel' && confirmedCount !== names.size) {
      await this.#end(
        'failed',
        `${confirmedCount} things were agreed to, and ${names.size} are meant now: nothing was begun.`,
      )
      return false
    }
    const lines = Array.from(names, (target): KeptLine => ({ target, outcome: 'waiting' }))
    const chunks = await store.putLines(bulkChangeId, lines)
    await this.#change((kept) => ({
      ...kept,
      chunks,
      bulkChange: { ...kept.bulkChange, state: 'running', ...summaryOf(lines) },
    }))
    return true
  }

  async #workOnLines(): Promise<void> {
    const { clock, kindOf } = this.#parts
    const { request } = this.#kept.bulkChange
    const { change, dryRun, requestsPerSecond = BULK_CHANGE_KINDS[change.kind].perSecond } = request
    const pace = new Pace(clock, requestsPerSecond)
    const turn = async () => {
      await pace.turn()
      if (this.#isStopped || clock.nowMs() > this.#leasedUntilMs) throw new Stopped()
    }
    const take: KindContext['take'] = (what, target) => {
      const by = this.#taken.get(what)
      if (by === undefined) this.#taken.set(what, target)
      return by === target ? undefined : by
    }
    const meant = new Set(this.#lines.map(({ target }) => target))
    const isMeant = (target: string) => meant.has(target)
    const chosen = await chosenBefore(this.#parts.store, this.#kept.bulkChange)
    const isChosen = (target: string) => meant.has(target) || chosen.has(target)
    const holds = new Holds()
    const queue = this.#lines.entries()
    const work = async () => {
      for (const [index, line] of queue) {
        if (line.outcome !== 'waiting' && line.outcome !== 'under-way') continue
        if (this.#kept.wanted !== 'go' || this.#pausedWhy !== undefined) return
        const began = line.outcome === 'under-way' ? { ...line, isResumed: true as const } : line
        const held = holds.forOne()
        const context = { turn, take, isMeant, isChosen, dryRun, hold: held.hold, only: line.input?.only }
        const own = line.input?.change ?? change
        const ended = await changeLine(began, {
          kind: kindOf(own),
          change: own,
          context,
          claim: (next) => this.#claim(index, next),
          keep: (next) => this.#keep(index, next),
          holdBack: () => pace.holdMs(HOLD_MS),
        }).finally(held.letGo)
        if (!ended) throw new Stopped()
        await this.#put(index, ended)
        this.#noteAnswer(ended.error)
      }
    }
    const stopping = () =>
      work().catch((error: unknown) => {
        this.#isStopped = true
        throw error
      })
    const ended = await Promise.allSettled(Array.from({ length: CONCURRENCY }, stopping))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
  }

  /** Before AWS is told: whoever goes on after the end of this process looks at it first. */
  async #claim(index: number, wanted: KeptLine): Promise<KeptLine | undefined> {
    const claimed = await this.#parts.store.changeLine(this.#kept.bulkChange.bulkChangeId, index, (line) =>
      line.outcome === 'waiting' || line.outcome === 'under-way'
        ? { ...wanted, outcome: 'under-way', by: this.#by }
        : undefined,
    )
    if (!claimed?.isChanged || this.#isStopped || this.#parts.clock.nowMs() > this.#leasedUntilMs) return undefined
    this.#lines[index] = claimed.line
    return claimed.line
  }

  /** Whoever goes on after the end of this process finds what was made, whatever became of the rest. */
  async #keep(index: number, { made }: KeptLine): Promise<void> {
    const kept = await this.#parts.store.changeLine(this.#kept.bulkChange.bulkChangeId, index, (line) =>
      made === undefined ? undefined : { ...line, made },
    )
    if (kept) this.#lines[index] = kept.line
  }

  /** In the trail first: a line whose entry was lost would never be missed. */
  async #put(index: number, { line: { by: _, ...line }, isFoundDone }: LineEnd): Promise<void> {
    const { bulkChange } = this.#kept
    const { change, dryRun } = bulkChange.request
    const isWrite = line.outcome === 'changed' || (line.outcome === 'failed' && !dryRun)
    if (isWrite)
      await this.#parts.onWrite({
        kept: this.#kept,
        change: line.input?.change ?? change,
        line,
        ...(isFoundDone && { isFoundDone }),
      })
    const put = await this.#parts.store.changeLine(bulkChange.bulkChangeId, index, (now) =>
      now.outcome === 'waiting' || (now.outcome === 'under-way' && (now.by === this.#by || line.isResumed))
        ? line
        : undefined,
    )
    if (put) this.#lines[index] = put.line
  }

  #noteAnswer(error: Error | undefined): void {
    // It would be the same for every other line.
    if (isCredentialTrouble(error)) this.#pausedWhy = `${error.message} This change waits until somebody resumes it.`
    this.#unanswered = error && isUnavailable(error) ? this.#unanswered + 1 : 0
    if (error && this.#unanswered >= MOST_UNANSWERED)
      this.#pausedWhy = `AWS did not do it for ${this.#unanswered} one after the other, the last time with ${error.name}: ${error.message}`
  }

  async #settle(): Promise<void> {
    if (this.#isStopped) return
    if (this.#kept.wanted === 'cancel') {
      await this.#parts.store.changeLines(this.#kept, (line) =>
        line.outcome === 'waiting' ? { ...line, outcome: 'cancelled' } : undefined,
      )
      this.#lines.splice(0, this.#lines.length, ...(await this.#parts.store.lines(this.#kept)))
      await this.#end('cancelled')
    } else if (this.#kept.wanted === 'pause' || this.#pausedWhy !== undefined) {
      const pausedWhy = this.#pausedWhy
      await this.#change(({ lease: _, ...kept }) => ({
        ...kept,
        // Somebody may want it to go on again by now.
        ...(pausedWhy !== undefined && kept.wanted === 'go' && { wanted: 'pause' }),
        bulkChange: {
          ...kept.bulkChange,
          ...((kept.wanted === 'pause' || pausedWhy !== undefined) && { state: 'paused' }),
          ...(pausedWhy !== undefined && { pausedWhy }),
        },
      }))
    } else await this.#end('done')
  }

  async #end(state: 'done' | 'cancelled' | 'failed', failure?: string): Promise<void> {
    const endedAt = new Date(this.#parts.clock.nowMs()).toISOString()
    await this.#change(({ lease: _, ...kept }) => ({
      ...kept,
      bulkChange: { ...kept.bulkChange, state, endedAt, ...(failure !== undefined && { failure }) },
    }))
  }

  /** As long as it is this run's, with how far it is. */
  async #change(change: (kept: KeptBulkChange) => KeptBulkChange): Promise<void> {
    const { store, clock } = this.#parts
    const workedAt = new Date(clock.nowMs()).toISOString()
    const progress = this.#progress()
    let isOurs = false
    const after = await store.changeHead(this.#kept.bulkChange.bulkChangeId, (kept) => {
      isOurs = kept.lease?.by === this.#by
      return isOurs ? change({ ...kept, workedAt, bulkChange: { ...kept.bulkChange, ...progress } }) : kept
    })
    if (!after || !isOurs) this.#isStopped = true
    if (this.#isStopped || !after) throw new Stopped()
    this.#kept = after
  }

  /** Says that it is worked on, and sees what people want. */
  async #beat(): Promise<void> {
    if (this.#isDone || this.#isStopped) return
    const untilMs = this.#parts.clock.nowMs() + LEASE_MS
    await this.#change((kept) =>
      // It may have come to its end meanwhile.
      kept.bulkChange.endedAt === undefined && kept.lease
        ? { ...kept, lease: { by: this.#by, until: new Date(untilMs).toISOString() } }
        : kept,
    )
    this.#leasedUntilMs = untilMs
  }

  #beatLater(): void {
    this.#parts.clock.after(BEAT_MS, () => {
      void this.#beat()
        .catch((error: unknown) => {
          if (!(error instanceof Stopped)) this.#parts.onError(error, this.#kept.bulkChange.bulkChangeId)
        })
        .then(() => {
          if (!this.#isDone && !this.#isStopped) this.#beatLater()
        })
    })
  }
}
