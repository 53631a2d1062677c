import type { Clock } from '../../clock.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'

/** How long refusals of one kind are counted before they are told of. */
const COUNTED_MS = 60_000
/** Kinds that are counted at once; one more is told of each time. */
const MOST_KINDS = 1_000

interface Counted {
  readonly sinceMs: number
  times: number
  latest: NewAuditEntry
}

/**
 * Refusals of one kind by one person: the first is told of at once, those that follow within a minute as one, with how
 * many they were. Whoever repeats what is refused fills no trail.
 */
export class Refusals {
  readonly #clock: Clock
  readonly #tell: (entry: NewAuditEntry) => Promise<void>
  readonly #kinds = new Map<string, Counted>()

  /** @param tell of several refusals at once; what it throws is nobody's */
  constructor(clock: Clock, tell: (entry: NewAuditEntry) => Promise<void>) {
    this.#clock = clock
    this.#tell = tell
  }

  /** @returns whether it was counted: it is told of later then */
  count(entry: NewAuditEntry): boolean {
    const kind = kindOf(entry)
    if (kind === undefined) return false
    const counted = this.#kinds.get(kind)
    if (counted) {
      counted.times += 1
      counted.latest = entry
      return true
    }
    if (this.#kinds.size < MOST_KINDS) this.#begin(kind, entry)
    return false
  }

  #begin(kind: string, latest: NewAuditEntry): void {
    const counted: Counted = { sinceMs: this.#clock.nowMs(), times: 0, latest }
    this.#kinds.set(kind, counted)
    this.#clock.after(COUNTED_MS, () => void this.#end(kind, counted))
  }

  async #end(kind: string, counted: Counted): Promise<void> {
    if (this.#kinds.get(kind) !== counted) return
    this.#kinds.delete(kind)
    if (counted.times === 0) return
    this.#begin(kind, counted.latest) // it may go on
    await this.#tell(merged(counted))
  }

  /** Tells of all that is counted. */
  async flush(): Promise<void> {
    const counted = [...this.#kinds.values()].filter(({ times }) => times > 0)
    this.#kinds.clear()
    await Promise.all(counted.map((each) => this.#tell(merged(each))))
  }
}

const merged = ({ latest, times, sinceMs }: Counted): NewAuditEntry => ({
  ...latest,
  repeated: { times, since: new Date(sinceMs).toISOString() },
})

/** Undefined: it was done, or is one thing of a bulk change, which is told of by itself. */
function kindOf({ person, action, resource, outcome, bulkChangeId }: NewAuditEntry): string | undefined {
  if (outcome.code === undefined || bulkChangeId !== undefined) return undefined
  return JSON.stringify([person.id, action, outcome.code, resource?.type, resource?.id])
}
