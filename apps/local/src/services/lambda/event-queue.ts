import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Clock } from '../../foundation/clock.ts'
import type { Metrics } from '../../foundation/metrics.ts'
import type { EventInvokeSettings } from './function-table.ts'
import type { FunctionVersion } from './function-version.ts'
import type { KeptEvent } from './kept-event.ts'
import type { Execution, Invocation } from './runner.ts'

/** The same, in memory. */
interface QueuedEvent extends Omit<KeptEvent, 'tries'> {
  tries: number
}

export interface EventQueueParts {
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** What is run for an ARN by now; undefined where there is nothing any more. */
  readonly target: (
    functionArn: string,
  ) => { readonly version: FunctionVersion; readonly settings: EventInvokeSettings | undefined } | undefined
  readonly run: (version: FunctionVersion, invocation: Invocation) => Promise<Execution>
}

/** Of all functions together: events that wait or are under way, also those that wait for another try. */
export const MAX_EVENTS = 10_000
export const MAX_EVENT_BYTES = 64 * 1024 * 1024
/** Of one function, at once: other calls of it have room beside its events. */
const CONCURRENCY = 4
/** "Lambda retries function errors twice by default", a minute after the first and two minutes after the second. */
const RETRY_DELAYS_MS = [60_000, 120_000]
const MAX_RETRIES = RETRY_DELAYS_MS.length
/** "Lambda retains events for up to 6 hours." @see AWS Lambda developer guide, "Asynchronous invocation" */
const MAX_AGE_SECONDS = 21_600

/**
 * Events that functions are invoked with later on, in the order in which they came. One that fails is tried again; what
 * has failed for good is told in the log of the server and in a metric.
 */
export class EventQueue {
  readonly #parts: EventQueueParts
  readonly #waiting = new Map<string, QueuedEvent[]>()
  readonly #running = new Map<string, number>()
  readonly #cancelRetries = new Set<() => void>()
  /** All that wait or are under way, also those that wait for another try. */
  readonly #events = new Set<QueuedEvent>()
  #bytes = 0
  /** Of a queue that was emptied: what is under way ends, and counts no more. */
  #generation = 0

  constructor(parts: EventQueueParts) {
    this.#parts = parts
  }

  /** @returns the id of the request; undefined where as much as may waits already */
  add(functionName: string, functionArn: string, payload: Uint8Array): string | undefined {
    if (this.#events.size >= MAX_EVENTS || this.#bytes + payload.length > MAX_EVENT_BYTES) {
      this.#record(functionName, 'Throttles')
      return undefined
    }
    const requestId = randomUUID()
    this.#record(functionName, 'AsyncEventsReceived')
    const receivedAtMs = this.#parts.clock()
    this.#take({ functionName, functionArn, payload, requestId, receivedAtMs, tries: 0 })
    return requestId
  }

  /** Goes on with what {@link drain} gave, at once. */
  restore(events: readonly KeptEvent[]): void {
    for (const event of events) this.#take(event)
  }

  /**
   * Forgets all, and gives it to be kept. What is under way is among it, as nobody will hear how it ends: Lambda delivers
   * events at least once.
   */
  drain(): readonly KeptEvent[] {
    const events = [...this.#events]
    this.clear()
    return events
  }

  #take(event: KeptEvent): void {
    const queued = { ...event }
    this.#events.add(queued)
    this.#bytes += event.payload.length
    this.#enqueue(queued)
  }

  /** Forgets all that waits. */
  clear(): void {
    this.#generation += 1
    for (const cancel of this.#cancelRetries) cancel()
    this.#cancelRetries.clear()
    this.#waiting.clear()
    this.#running.clear()
    this.#events.clear()
    this.#bytes = 0
  }

  #enqueue(event: QueuedEvent): void {
    const queue = this.#waiting.get(event.functionName) ?? []
    queue.push(event)
    this.#waiting.set(event.functionName, queue)
    this.#next(event.functionName)
  }

  #next(functionName: string): void {
    const queue = this.#waiting.get(functionName)
    const running = this.#running.get(functionName) ?? 0
    if (!queue || running >= CONCURRENCY) return
    const event = queue.shift()
    if (!event) {
      this.#waiting.delete(functionName)
      return
    }
    this.#running.set(functionName, running + 1)
    const generation = this.#generation
    void this.#run(event)
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, functionName }, 'an event could not be given to its function')
        return 'failed' as const
      })
      .then((ended) => {
        if (generation !== this.#generation) return
        const left = (this.#running.get(functionName) ?? 1) - 1
        if (left === 0) this.#running.delete(functionName)
        else this.#running.set(functionName, left)
        if (ended === 'failed') this.#failed(event)
        else this.#forget(event)
        this.#next(functionName)
      })
  }

  async #run(event: QueuedEvent): Promise<'done' | 'failed'> {
    const { functionArn, payload, requestId } = event
    const target = this.#parts.target(functionArn)
    if (!target) return 'done' // it was deleted meanwhile
    const execution = await this.#parts.run(target.version, { payload, functionArn, requestId })
    return execution.kind === 'throttled' || (execution.kind === 'done' && execution.functionError !== undefined)
      ? 'failed'
      : 'done'
  }

  #failed(event: QueuedEvent): void {
    event.tries += 1
    const { functionName, functionArn, requestId, tries, receivedAtMs } = event
    const settings = this.#parts.target(functionArn)?.settings
    const delayMs = RETRY_DELAYS_MS[tries - 1] ?? 0
    const ageMs = this.#parts.clock() + delayMs - receivedAtMs
    const isTooOld = ageMs > (settings?.maxAgeSeconds ?? MAX_AGE_SECONDS) * 1_000
    if (tries > (settings?.maxRetries ?? MAX_RETRIES) || isTooOld) {
      this.#record(functionName, 'AsyncEventsDropped')
      this.#parts.log.warn({ functionName, requestId, tries }, 'an event was dropped: its function failed')
      this.#forget(event)
      return
    }
    const cancel = this.#parts.after(delayMs, () => {
      this.#cancelRetries.delete(cancel)
      this.#enqueue(event)
    })
    this.#cancelRetries.add(cancel)
  }

  #forget(event: QueuedEvent): void {
    this.#events.delete(event)
    this.#bytes -= event.payload.length
  }

  #record(FunctionName: string, name: string): void {
    this.#parts.metrics.record({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName }, unit: 'Count' })
  }
}
