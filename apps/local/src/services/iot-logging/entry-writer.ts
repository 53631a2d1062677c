import { randomUUID } from 'node:crypto'
import type { Clock } from '../../foundation/clock.ts'
import { IOT_LOG_LEVELS, type IotLogEntry, type IotLogEventType, type IotLogStatus } from '../../foundation/iot-log.ts'
import type { LogEntry } from '../../foundation/log-sink.ts'
import type { EntryRate } from './entry-rate.ts'
import { formatTimestamp } from './timestamp.ts'

/** Entries of one turn for one log group. */
interface Batch {
  readonly entries: LogEntry[]
  /** Of the latest entries, and where the first of them stands. */
  trace: string | undefined
  traceStart: number
}

export interface EntryWriterOptions {
  readonly clock: Clock
  readonly accountId: string
  readonly rate: EntryRate
  /** The log group of an event type, as it is set now. */
  readonly groupOf: (eventType: IotLogEventType) => string
  /** Takes the entries of a turn. */
  readonly keep: (logGroupName: string, entries: readonly LogEntry[]) => void
  /** Hears of entries for which there was no room. */
  readonly lose: (logGroupName: string, entries: number) => void
  /** Calls back at the end of the turn. */
  readonly atTurnEnd: (callback: () => void) => void
}

/**
 * Writes entries as AWS does: one line of JSON, with what all have in common first. Texts are put together rather than
 * objects made, since there is one for every message and delivery; they are handed on once a turn.
 */
export class EntryWriter {
  readonly #options: EntryWriterOptions
  readonly #batches = new Map<string, Batch>()
  /** What stands between trace id and fields, by event type and status: put together once. */
  readonly #middles = new Map<string, string>()
  #isPlanned = false
  #isFull = false
  /** Entries of this turn for which there was no room. */
  #lost: Partial<Record<IotLogEventType, number>> = {}

  constructor(options: EntryWriterOptions) {
    this.#options = options
  }

  /** Whether the rate had no room left in this turn. */
  get isFull(): boolean {
    return this.#isFull
  }

  /** Whether the rate has room for an entry, which is then counted; asked before it is made. */
  admits(eventType: IotLogEventType): boolean {
    const { rate, clock } = this.#options
    // Once it has none, that is so for the turn: what is too much is to cost as little as can be.
    if (!this.#isFull && rate.take(clock())) return true
    this.#isFull = true
    this.#lost[eventType] = (this.#lost[eventType] ?? 0) + 1
    this.#plan()
    return false
  }

  /** Writes an entry, unless the rate has no room. */
  write({ eventType, status, traceId, fields }: IotLogEntry): void {
    if (!this.admits(eventType)) return
    const text = JSON.stringify(fields).slice(1, -1)
    this.add(eventType, status, traceId === undefined ? randomUUID() : traceId, text)
  }

  /**
   * Adds an entry that was admitted.
   * @param traceId null for none
   * @param fields JSON of its own fields, without braces
   */
  add(eventType: IotLogEventType, status: IotLogStatus, traceId: string | null, fields: string): void {
    const batch = this.#batch(eventType)
    const timestamp = this.#options.clock()
    if (traceId === null || batch.trace !== traceId) {
      batch.trace = traceId ?? undefined
      batch.traceStart = batch.entries.length
    }
    batch.entries.push({ timestamp, message: this.#line(timestamp, eventType, status, traceId, fields) })
  }

  /**
   * Adds what caused the latest entries, those that have its trace id, before them: that a message was taken is known
   * once it was delivered.
   */
  addCause(eventType: IotLogEventType, status: IotLogStatus, traceId: string, fields: string): void {
    const batch = this.#batch(eventType)
    if (batch.trace !== traceId) {
      this.add(eventType, status, traceId, fields)
      return
    }
    const timestamp = batch.entries[batch.traceStart]?.timestamp ?? this.#options.clock()
    const message = this.#line(timestamp, eventType, status, traceId, fields)
    batch.entries.splice(batch.traceStart, 0, { timestamp, message })
  }

  /** Hands on what was written. */
  flush(): void {
    this.#isPlanned = false
    for (const [group, { entries }] of this.#batches) this.#options.keep(group, entries)
    this.#batches.clear()
    if (this.#isFull) this.#tellLost()
  }

  /** Forgets what was not handed on yet. */
  discard(): void {
    this.#batches.clear()
    this.#isFull = false
    this.#lost = {}
  }

  #tellLost(): void {
    const lost = new Map<string, number>()
    for (const [eventType, entries] of Object.entries(this.#lost)) {
      const group = this.#options.groupOf(eventType as IotLogEventType) // a key of that table
      lost.set(group, (lost.get(group) ?? 0) + entries)
    }
    this.#isFull = false
    this.#lost = {}
    for (const [group, entries] of lost) this.#options.lose(group, entries)
  }

  #batch(eventType: IotLogEventType): Batch {
    const group = this.#options.groupOf(eventType)
    let batch = this.#batches.get(group)
    if (!batch) {
      batch = { entries: [], trace: undefined, traceStart: 0 }
      this.#batches.set(group, batch)
    }
    this.#plan()
    return batch
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#options.atTurnEnd(() => this.flush())
  }

  #line(
    timestamp: number,
    eventType: IotLogEventType,
    status: IotLogStatus,
    traceId: string | null,
    fields: string,
  ): string {
    const head = `{"timestamp":"${formatTimestamp(timestamp)}${logLevelText(eventType, status)}`
    const trace = traceId === null ? '' : `"traceId":"${traceId}",`
    return `${head}${trace}${this.#middle(eventType, status)}${fields === '' ? '}' : `,${fields}}`}`
  }

  #middle(eventType: IotLogEventType, status: IotLogStatus): string {
    const key = status === 'Success' ? eventType : `${eventType} ${status}`
    let middle = this.#middles.get(key)
    if (middle === undefined) {
      middle = JSON.stringify({ accountId: this.#options.accountId, status, eventType }).slice(1, -1)
      this.#middles.set(key, middle)
    }
    return middle
  }
}

const logLevelText = (eventType: IotLogEventType, status: IotLogStatus): string =>
  status === 'Success' ? SUCCESS_LEVELS[IOT_LOG_LEVELS[eventType]] : FAILURE_LEVEL

const SUCCESS_LEVELS = { DEBUG: '","logLevel":"DEBUG",', INFO: '","logLevel":"INFO",', ERROR: '","logLevel":"ERROR",' }
const FAILURE_LEVEL = SUCCESS_LEVELS.ERROR
