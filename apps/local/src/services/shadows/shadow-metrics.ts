import type { Counter, Metrics } from '../../foundation/metrics.ts'
import type { Traffic } from '../../foundation/traffic.ts'

/** What can be accepted, in the words of the request topics; only HTTP lists. */
type ShadowRequest = 'get' | 'update' | 'delete' | 'list'

const NAMES: Readonly<Record<ShadowRequest, string>> = {
  get: 'GetThingShadow.Accepted',
  update: 'UpdateThingShadow.Accepted',
  delete: 'DeleteThingShadow.Accepted',
  list: 'ListThingShadow.Accepted',
}

const OPERATIONS: Readonly<Record<string, ShadowRequest>> = {
  GetThingShadow: 'get',
  UpdateThingShadow: 'update',
  DeleteThingShadow: 'delete',
  ListNamedShadowsForThing: 'list',
}

/**
 * The metrics of the Device Shadow service: requests that were accepted, by protocol.
 * @see AWS IoT Core developer guide, "Device Shadow metrics"
 */
export class ShadowMetrics {
  readonly #metrics: Metrics
  readonly #counters = new Map<string, Counter>()

  /** @param traffic tells of the requests by HTTP */
  constructor(metrics: Metrics, traffic: Traffic) {
    this.#metrics = metrics
    traffic.operations.subscribe(({ operation, outcome }) => {
      const request = OPERATIONS[operation]
      if (request && outcome.kind === 'Success') this.accepted(request, 'HTTP')
    })
  }

  accepted(request: ShadowRequest, Protocol: 'MQTT' | 'HTTP'): void {
    const key = `${request} ${Protocol}`
    let counter = this.#counters.get(key)
    if (!counter) {
      counter = this.#metrics.counter({
        namespace: 'AWS/IoT',
        name: NAMES[request],
        dimensions: { Protocol },
        unit: 'Count',
      })
      this.#counters.set(key, counter)
    }
    counter.add()
  }
}
