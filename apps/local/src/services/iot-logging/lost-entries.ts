import type { Logger } from 'pino'
import type { Clock } from '../../foundation/clock.ts'
import type { LogSink, LostLogEntries } from '../../foundation/log-sink.ts'

/** What is lost after it was told of is counted for so long, in milliseconds. */
const INTERVAL_MS = 10_000

const REASONS: Readonly<Record<LostLogEntries['reason'], string>> = {
  throttled: 'more came than can be written',
  failed: 'they could not be written',
}

export interface LostEntriesParts {
  readonly clock: Clock
  readonly log: Logger
  readonly sink: Pick<LogSink, 'lost'>
}

/** Says which entries are in no log, to whoever counts and, every ten seconds at most, to whoever runs the server. */
export class LostEntries {
  readonly #parts: LostEntriesParts
  readonly #waiting = new Map<string, { count: number; saidAtMs: number }>()

  constructor(parts: LostEntriesParts) {
    this.#parts = parts
    parts.sink.lost.subscribe((lost) => this.#say(lost))
  }

  /** More came than are made in a second. */
  throttled(logGroupName: string, entries: number): void {
    this.#parts.sink.lost.tell({ logGroupName, entries, reason: 'throttled' })
  }

  /** The role of the log does not let them into the group. */
  forbidden(logGroupName: string, entries: number): void {
    this.#parts.sink.lost.tell({ logGroupName, entries, reason: 'failed' })
  }

  #say({ logGroupName, entries, reason }: LostLogEntries): void {
    const key = `${reason} ${logGroupName}`
    const nowMs = this.#parts.clock()
    const waiting = this.#waiting.get(key) ?? { count: 0, saidAtMs: Number.NEGATIVE_INFINITY }
    waiting.count += entries
    this.#waiting.set(key, waiting)
    if (Math.abs(nowMs - waiting.saidAtMs) < INTERVAL_MS) return // the clock may be put back
    const { count } = waiting
    this.#parts.log.warn({ logGroupName, count, reason }, `lost: ${count} log entries, as ${REASONS[reason]}`)
    waiting.count = 0
    waiting.saidAtMs = nowMs
  }
}
