import type { BulkChange } from '@thingdeck/contract'
import { BulkChangeRun, type RunParts } from './bulk-change-run.ts'
import { isOver, type KeptBulkChange } from './kept-bulk-change.ts'

const TICK_MS = 1_000
/** How long the end of the process waits for the requests that are under way. */
const CLOSE_MS = 2_000
/** After so long nobody expects any more that it goes on by itself. */
const LONGEST_ABSENCE_MS = 15 * 60_000

export interface BulkChangeEngineParts extends RunParts {
  /** Of this process. */
  readonly id: string
}

interface Working {
  readonly done: Promise<void>
  run?: BulkChangeRun
}

/**
 * Does the work of bulk changes, whichever process they were begun in: one console at a time works on one, and when it
 * ends, another or its successor goes on where it was.
 */
export class BulkChangeEngine {
  readonly #parts: BulkChangeEngineParts
  readonly #working = new Map<string, Working>()
  #isClosed = false

  constructor(parts: BulkChangeEngineParts) {
    this.#parts = parts
    this.#later()
  }

  /** How far one is that this process works on; undefined: it does not. */
  live(bulkChangeId: string): BulkChange | undefined {
    return this.#working.get(bulkChangeId)?.run?.bulkChange
  }

  /** Begins with one, or sees what people want of it, without waiting until it is looked for. */
  async look(bulkChangeId: string): Promise<void> {
    const working = this.#working.get(bulkChangeId)
    if (working) await working.run?.look().catch((error) => this.#parts.onError(error, bulkChangeId))
    else this.#begin(bulkChangeId)
  }

  /** Whoever comes next goes on at once: it need not wait until this one is not heard of any more. */
  async close(): Promise<void> {
    const { store, clock } = this.#parts
    this.#isClosed = true
    const working = [...this.#working.entries()]
    for (const [, { run }] of working) run?.stop()
    const late = Promise.withResolvers<void>()
    clock.after(CLOSE_MS, late.resolve)
    await Promise.race([Promise.all(working.map(([, { done }]) => done)), late.promise])
    for (const [bulkChangeId] of working)
      await store
        .changeHead(bulkChangeId, ({ lease, ...kept }) =>
          lease && lease.by !== this.#parts.id ? { ...kept, lease } : kept,
        )
        .catch((error: unknown) => this.#parts.onError(error, bulkChangeId))
  }

  #later(): void {
    this.#parts.clock.after(TICK_MS, () => {
      if (this.#isClosed) return
      void this.#tick()
        .catch((error: unknown) => this.#parts.onError(error, ''))
        .then(() => this.#later())
    })
  }

  async #tick(): Promise<void> {
    for (const bulkChange of await this.#parts.store.list())
      if (!isOver(bulkChange) && !this.#isClosed) this.#begin(bulkChange.bulkChangeId)
  }

  #begin(bulkChangeId: string): void {
    if (this.#isClosed || this.#working.has(bulkChangeId)) return
    const done = this.#workOn(bulkChangeId)
      .catch((error: unknown) => this.#parts.onError(error, bulkChangeId))
      .finally(() => this.#working.delete(bulkChangeId))
    this.#working.set(bulkChangeId, { done })
  }

  async #workOn(bulkChangeId: string): Promise<void> {
    const { store, clock, id } = this.#parts
    const before = await store.head(bulkChangeId)
    if (!before || (before.bulkChange.state === 'paused' && before.wanted === 'pause')) return
    if (isOver(before.bulkChange)) {
      // A process may have ended before the list had it, which would count it among those that run for ever.
      await store.changeHead(bulkChangeId, (kept) => kept)
      return
    }
    if (!(await store.lease(bulkChangeId, id, clock.nowMs()))) return
    const kept = await store.changeHead(bulkChangeId, (found) => takenOver(found, id, clock.nowMs()))
    const working = this.#working.get(bulkChangeId)
    if (kept?.lease?.by !== id || !working || this.#isClosed) return
    working.run = new BulkChangeRun(this.#parts, kept, id)
    await working.run.work()
  }
}

/** As it is gone on with: by the process that had it, or by another one. */
function takenOver(kept: KeptBulkChange, id: string, nowMs: number): KeptBulkChange {
  const { bulkChange } = kept
  const isOther = kept.workedBy !== undefined && kept.workedBy !== id
  const { pausedWhy: _, ...rest } = bulkChange
  const state = rest.state === 'paused' ? 'running' : rest.state
  const taken: KeptBulkChange = {
    ...kept,
    workedBy: id,
    bulkChange: { ...rest, state, ...(isOther && { resumed: (bulkChange.resumed ?? 0) + 1 }) },
  }
  if (!isOther || kept.wanted !== 'go' || nowMs - Date.parse(kept.workedAt) < LONGEST_ABSENCE_MS) return taken
  const { lease: _lease, ...idle } = taken
  return {
    ...idle,
    wanted: 'pause',
    bulkChange: {
      ...taken.bulkChange,
      state: 'paused',
      pausedWhy: `Nobody worked on it since ${kept.workedAt}, as its server had ended: look whether it is still wanted before it goes on.`,
    },
  }
}
