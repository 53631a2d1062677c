import type { Logger } from 'pino'
import type { Changes } from '../../foundation/changes.ts'
import type { Database } from '../../foundation/database.ts'
import type { JobChange } from '../../foundation/job-change.ts'
import type { Notifier } from './notifier.ts'

/** What follows from a change of jobs once it is kept. */
export class Effects {
  readonly changes: JobChange[] = []
  readonly things = new Set<string>()
  readonly later: (() => void)[] = []

  tell(change: JobChange): void {
    this.changes.push(change)
  }

  /** The pending executions of a thing may be others now. */
  touch(thingName: string): void {
    this.things.add(thingName)
  }

  /** To be done once all is kept, after changes were told. */
  afterwards(work: () => void): void {
    this.later.push(work)
  }
}

export interface LedgerParts {
  readonly database: Database
  readonly log: Logger
  readonly notifier: Pick<Notifier, 'mark' | 'tell'>
  readonly changes: Changes<JobChange>
  /** Something may be due earlier than before. */
  readonly wake: () => void
}

/** Every change of jobs and executions: first it is kept, then it is told. */
export class Ledger {
  readonly #parts: LedgerParts

  constructor(parts: LedgerParts) {
    this.#parts = parts
  }

  /**
   * Where it is kept and somebody cannot be told, as the disk has failed by then, the log says so: it is no failure of the
   * change. Things are marked with it, so that they are told later.
   * @param work all of it or nothing is kept
   * @param answer whoever asked is answered before anybody is told
   */
  change<Result>(work: (effects: Effects) => Result, answer?: (result: Result) => void): Result {
    const { database, notifier, changes, wake } = this.#parts
    const effects = new Effects()
    const result = database.transaction(() => {
      const made = work(effects)
      for (const thingName of effects.things) notifier.mark(thingName)
      return made
    })
    answer?.(result)
    for (const thingName of effects.things) this.#attempt(() => notifier.tell(thingName))
    for (const change of effects.changes) this.#attempt(() => changes.tell(change))
    for (const later of effects.later) this.#attempt(later)
    wake()
    return result
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#parts.log.error({ err: error }, 'what follows from a change of jobs could not be told')
    }
  }
}
