import type { Clock } from '../../../../shared/mqtt/clock.ts'
import { type PublishReceipt, PublishRefused } from '../../../../shared/mqtt/line.ts'
import type { PublishRequest } from '../../../../shared/mqtt/message.ts'
import { reasonInWords } from '../../../../shared/mqtt/reason-codes.ts'
import { PublishTally } from '../../../../shared/reports/publish-tally.ts'
import type { PublishOutcome, PublishProgress, TaskWrites } from '../../protocol/publish.ts'
import { refusalOf } from '../../protocol/publish-refusal.ts'
import type { Task } from '../tasks/task.ts'

/** The operator's way to the broker. */
export interface Outlet {
  /** @throws {PublishRefused} */
  publish(request: PublishRequest): Promise<PublishReceipt>
  isConnected(): boolean
}

/** MQTT 5.0 §2.2.3: AWS takes a hundred messages that it has not acknowledged; half are left to the rest of the page. */
const MAX_IN_FLIGHT = 50
const GIVE_UP_MS = 10_000
const RETRY_MS = 500

/** Publishes one message and says what became of it. Does not throw for what a broker refuses. */
export async function publishOnce(outlet: Outlet, clock: Clock, request: PublishRequest): Promise<PublishOutcome> {
  const atMs = clock.nowMs()
  const common = { topic: request.topic, sizeBytes: request.payload.length, atMs }
  try {
    const { reasonCode } = await outlet.publish(request)
    if (request.qos === 0) return { ...common, ok: true, reason: 'sent; at QoS 0 the broker does not say more' }
    const roundTripMs = clock.nowMs() - atMs
    const code = reasonCode ?? 0
    return { ...common, ok: true, roundTripMs, reasonCode: code, reason: ACCEPTED.get(code) ?? reasonInWords(code) }
  } catch (error) {
    if (!(error instanceof PublishRefused)) throw error
    const code = /^MQTT_0x([0-9a-f]+)$/.exec(error.code)?.[1]
    const reasonCode = code === undefined ? {} : { reasonCode: Number.parseInt(code, 16) }
    return { ...common, ok: false, reason: error.message, ...reasonCode }
  }
}

const ACCEPTED = new Map([
  [0x00, 'acknowledged'],
  [0x10, 'acknowledged; nobody is subscribed to it (0x10)'],
])

/** Sends the messages of a task one after the other, and keeps its figures. */
export class Outbox {
  readonly #outlet: Outlet
  readonly #clock: Clock
  readonly #task: Task
  readonly #inFlight = new Set<Promise<void>>()
  #sent = 0
  #succeeded = 0
  #refused = 0
  #last: PublishOutcome | undefined
  #lastRefusal: PublishOutcome | undefined
  #sentAtMs: number[] = []
  readonly #tally = new PublishTally()
  #fromMs: number | undefined
  #toMs = 0

  constructor(outlet: Outlet, clock: Clock, task: Task) {
    this.#outlet = outlet
    this.#clock = clock
    this.#task = task
    task.tellWritesBy(() => this.#writes())
  }

  /**
   * Sends without waiting for the broker, while not too many are under way. A connection that is gone is waited for.
   * False when it stayed away: the task is to end.
   */
  async send(request: PublishRequest): Promise<boolean> {
    while (this.#inFlight.size >= MAX_IN_FLIGHT) await Promise.race(this.#inFlight)
    const giveUpAtMs = this.#clock.nowMs() + GIVE_UP_MS
    while (!this.#outlet.isConnected()) {
      if (this.#task.signal.aborted) return true
      if (this.#clock.nowMs() >= giveUpAtMs) return false
      await this.#task.until(this.#clock.nowMs() + RETRY_MS)
    }
    const sending = publishOnce(this.#outlet, this.#clock, request)
      .then((outcome) => this.#count(request, outcome))
      .finally(() => this.#inFlight.delete(sending))
    this.#inFlight.add(sending)
    return true
  }

  /** Until all that is under way has been answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight)
  }

  #writes(): TaskWrites | undefined {
    const counts = this.#tally.counts()
    return counts && { counts, fromMs: this.#fromMs ?? this.#toMs, toMs: this.#toMs }
  }

  #count({ topic, qos, retain = false, payload }: PublishRequest, outcome: PublishOutcome): void {
    const nowMs = this.#clock.nowMs()
    this.#fromMs ??= nowMs
    this.#toMs = nowMs
    this.#tally.count({ topic, qos, retain, bytes: payload.length }, refusalOf(outcome))
    this.#sent += 1
    this.#last = outcome
    if (outcome.ok) this.#succeeded += 1
    else {
      this.#refused += 1
      this.#lastRefusal = outcome
    }
    this.#sentAtMs.push(nowMs)
    if (this.#sentAtMs.length > 1_000 || (this.#sentAtMs[0] ?? nowMs) < nowMs - 1_000) {
      this.#sentAtMs = this.#sentAtMs.filter((atMs) => atMs >= nowMs - 1_000)
    }
    this.#task.published(this.progress())
  }

  progress(): PublishProgress {
    const nowMs = this.#clock.nowMs()
    return {
      sent: this.#sent,
      succeeded: this.#succeeded,
      refused: this.#refused,
      perSecond: this.#sentAtMs.filter((atMs) => atMs >= nowMs - 1_000).length,
      ...(this.#last ? { last: this.#last } : {}),
      ...(this.#lastRefusal ? { lastRefusal: this.#lastRefusal } : {}),
    }
  }
}
