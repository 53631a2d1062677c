import type { Logger } from 'pino'
import type { Clock } from '../foundation/clock.ts'
import type { AuthenticationFailure, Refusal, RefusedOperation, Traffic } from '../foundation/traffic.ts'

/** As it is remembered. */
export interface RefusalEntry extends Refusal {
  /** Epoch milliseconds of the latest. */
  readonly timestamp: number
  /** How many of the same came in a row. */
  readonly count: number
  /** Of the latest; empty for whom an authorizer did not let in. */
  readonly traceId: string
}

const KEPT = 500

/** Tells refusals to the log, and remembers the latest. */
export class Refusals {
  readonly #log: Logger
  readonly #clock: Clock
  /** The oldest first. */
  #entries: RefusalEntry[] = []

  constructor(log: Logger, clock: Clock, traffic: Traffic) {
    this.#log = log
    this.#clock = clock
    traffic.refused.subscribe((refused) => this.#tell(refused))
    traffic.authenticationFailures.subscribe((failure) => this.#tellStranger(failure))
  }

  /** The latest first. */
  latest(limit: number = KEPT): RefusalEntry[] {
    return this.#entries.slice(-Math.min(limit, KEPT)).reverse()
  }

  clear(): void {
    this.#entries = []
  }

  #tell({ refusal, publisher: { traceId } }: RefusedOperation): void {
    this.#log.warn(
      { ...refusal, traceId },
      `refused: ${refusal.principal} may not ${refusal.action} on ${refusal.resource}`,
    )
    this.#add(refusal, traceId)
  }

  /** Whom an authorizer did not let in; the log has heard of it. Other doors say by themselves whom they refuse. */
  #tellStranger({ authenticationType, principalId = '', clientId, protocol, reason, details }: AuthenticationFailure) {
    if (!authenticationType.startsWith('CUSTOM_AUTH')) return
    const action = protocol === 'MQTT' ? 'iot:Connect' : 'iot:Publish'
    this.#add({ principal: principalId, clientId, action, resource: '*', reason: `${reason}: ${details}` }, '')
  }

  #add(refusal: Refusal, traceId: string): void {
    const last = this.#entries.at(-1)
    const timestamp = this.#clock()
    if (last && isSame(last, refusal)) {
      this.#entries[this.#entries.length - 1] = { ...refusal, timestamp, count: last.count + 1, traceId }
      return
    }
    if (this.#entries.length >= 2 * KEPT) this.#entries = this.#entries.slice(-KEPT)
    this.#entries.push({ ...refusal, timestamp, count: 1, traceId })
  }
}

function isSame(a: Refusal, b: Refusal): boolean {
  return (
    a.principal === b.principal &&
    a.clientId === b.clientId &&
    a.action === b.action &&
    a.resource === b.resource &&
    a.reason === b.reason
  )
}
