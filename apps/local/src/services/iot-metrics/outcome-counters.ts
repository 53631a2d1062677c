import type { Counter, Metrics } from '../../foundation/metrics.ts'
import type { OutcomeKind } from '../../foundation/outcome.ts'

/** The namespace of AWS IoT's own metrics; each occurrence counts 1. */
export const NAMESPACE = 'AWS/IoT'

type Protocol = 'MQTT' | 'HTTP'

const NEVER: Counter = { add: () => {} }

/**
 * Counts how something ended, by protocol: `Connect.Success`, `Connect.AuthError`. A counter is made when it is first
 * needed, and found without making anything.
 */
export class OutcomeCounters {
  readonly #metrics: Metrics
  readonly #name: string
  readonly #counted: ReadonlySet<OutcomeKind>
  readonly #counters = { MQTT: new Map<OutcomeKind, Counter>(), HTTP: new Map<OutcomeKind, Counter>() }

  /** @param counted the outcomes that AWS has a metric of: others are not counted */
  constructor(metrics: Metrics, name: string, counted: readonly OutcomeKind[]) {
    this.#metrics = metrics
    this.#name = name
    this.#counted = new Set(counted)
  }

  count(protocol: Protocol, kind: OutcomeKind): void {
    const counter = this.#counters[protocol].get(kind) ?? this.#make(protocol, kind)
    counter.add()
  }

  #make(protocol: Protocol, kind: OutcomeKind): Counter {
    const counter = this.#counted.has(kind) ? protocolCounter(this.#metrics, `${this.#name}.${kind}`, protocol) : NEVER
    this.#counters[protocol].set(kind, counter)
    return counter
  }
}

/** A counter of one metric by protocol. */
export function protocolCounter(metrics: Metrics, name: string, protocol: Protocol): Counter {
  return metrics.counter({ namespace: NAMESPACE, name, dimensions: { Protocol: protocol }, unit: 'Count' })
}
