import type { Logger } from 'pino'
import { Changes } from '../../foundation/changes.ts'
import { LOG_SINK_WAITING_BYTES, type LogEntry, type LogSink, type LostLogEntries } from '../../foundation/log-sink.ts'
import type { LogBatch, WrittenBatch } from './log-thread-messages.ts'

/** Entries wait so long for others that are written with them. */
const GATHERING_MS = 25
/** So much is handed over at once, however short it has waited. */
const BATCH_SIZE = 256 * 1024
/** What is lost is said in the server's log so often at most. */
const WARNING_INTERVAL_MS = 10_000

interface Gathering {
  readonly logGroupName: string
  readonly logStreamName: string | undefined
  readonly timestamps: number[]
  readonly messages: string[]
  size: number
}

/** Gathers the server's own entries, hands them over in batches, and knows how much waits. */
export class BufferedLogSink implements LogSink {
  readonly lost: Changes<LostLogEntries>
  readonly #handOver: (batch: LogBatch) => void
  readonly #log: Logger
  /** By group and stream. */
  readonly #gatherings = new Map<string, Gathering>()
  /** By group: dropped and not told yet. */
  readonly #dropped = new Map<string, number>()
  #waitingSize = 0
  #lostEntries = 0
  /** Of these said in the server's log. */
  #toldLost = 0
  #timer: NodeJS.Timeout | undefined
  #warnedAtMs = Number.NEGATIVE_INFINITY
  #warnLater: NodeJS.Timeout | undefined

  constructor(log: Logger, handOver: (batch: LogBatch) => void) {
    this.#log = log
    this.#handOver = handOver
    this.lost = new Changes((error) => log.error({ err: error }, 'a listener to lost log entries failed'))
  }

  get lostEntries(): number {
    return this.#lostEntries
  }

  write(logGroupName: string, entries: readonly LogEntry[], logStreamName?: string): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHERING_MS).unref()
    // Neither has a colon in it.
    const key = logStreamName === undefined ? logGroupName : `${logGroupName}:${logStreamName}`
    let gathering = this.#gatherings.get(key)
    if (!gathering) {
      gathering = { logGroupName, logStreamName, timestamps: [], messages: [], size: 0 }
      this.#gatherings.set(key, gathering)
    }
    for (const { timestamp, message } of entries) {
      if (this.#waitingSize + message.length > LOG_SINK_WAITING_BYTES) {
        this.#dropped.set(logGroupName, (this.#dropped.get(logGroupName) ?? 0) + 1)
        continue
      }
      gathering.timestamps.push(timestamp)
      gathering.messages.push(message)
      gathering.size += message.length
      this.#waitingSize += message.length
    }
    if (gathering.size >= BATCH_SIZE) this.#handOverGathered(key, gathering)
  }

  /** Hands over all that has come, and tells what was dropped meanwhile. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const [key, gathering] of this.#gatherings) this.#handOverGathered(key, gathering)
    const dropped = [...this.#dropped]
    this.#dropped.clear()
    for (const [logGroupName, entries] of dropped) this.lose({ logGroupName, entries, reason: 'throttled' })
  }

  /** How a batch ended that was handed over. */
  written({ logGroupName, entries, size }: WrittenBatch, error: unknown): void {
    this.#waitingSize -= size
    if (error !== undefined) this.lose({ logGroupName, entries, reason: 'failed' }, error)
  }

  /** Forgets what was not handed over yet. */
  clear(): void {
    for (const { size } of this.#gatherings.values()) this.#waitingSize -= size
    this.#gatherings.clear()
  }

  #handOverGathered(key: string, gathering: Gathering): void {
    this.#gatherings.delete(key)
    if (gathering.messages.length > 0) this.#handOver(gathering)
  }

  lose(lost: LostLogEntries, error?: unknown): void {
    this.#lostEntries += lost.entries
    this.lost.tell(lost)
    const sinceWarnedMs = performance.now() - this.#warnedAtMs
    if (sinceWarnedMs >= WARNING_INTERVAL_MS) this.#warn(lost, error)
    else this.#warnLater ??= setTimeout(() => this.#warn(lost, error), WARNING_INTERVAL_MS - sinceWarnedMs).unref()
  }

  /** With what was lost in all by now; of what was lost meanwhile, the number is told once the time is over. */
  #warn({ logGroupName, reason }: LostLogEntries, error: unknown): void {
    clearTimeout(this.#warnLater)
    this.#warnLater = undefined
    this.#warnedAtMs = performance.now()
    const entries = this.#lostEntries - this.#toldLost
    this.#toldLost = this.#lostEntries
    this.#log.warn(
      { logGroupName, reason, entries, err: error, lostSinceStart: this.#lostEntries },
      'log entries were lost',
    )
  }
}
