import type { Caller } from '../rpc/rpc.ts'
import type { MqttMessage, PublishRequest, SubscriptionRequest } from './message.ts'
import type { MqttNotices, MqttProcedures, TappedMessage } from './protocol.ts'
import type { SampledMessages } from './samples.ts'
import { type MqttStatus, NO_STATUS } from './status.ts'

export interface TapListener {
  onMessage(message: TappedMessage): void
  /** The connection was away for a while: what is shown may be old. */
  onGap?(): void
  /** It was opened while the session was not connected: its messages come from now on. What happened before came to nobody. */
  onBegun?(): void
}

/** The page's side of the MQTT session that the worker owns. */
export interface MqttClient {
  status(): MqttStatus
  onStatus(listener: () => void): () => void
  retryNow(): void
  /** Resolves when the broker took it. Refusals are `RpcError`s: code `NOT_CONNECTED`, or `MQTT_0x…`. */
  publish(request: PublishRequest): Promise<void>
  /** Messages of these filters come to the page, also after reconnects. Answers a function that ends it. */
  tap(requests: readonly SubscriptionRequest[], listener: TapListener): () => void
  /** Whole messages of these filters, as many as a page can take, and how many more came. Answers a function that ends it. */
  sample(requests: readonly SubscriptionRequest[], onMessages: (batch: SampledMessages) => void): () => void
  /** The newest messages of a topic filter that live messages have kept, the oldest first. */
  kept(filter: string, count: number): Promise<readonly MqttMessage[]>
}

export function createMqttClient(caller: Caller<MqttProcedures, MqttNotices>): MqttClient {
  const taps = new Map<string, TapListener>()
  /** Those that have not begun, with their filters. */
  const waiting = new Map<string, readonly string[]>()
  const samples = new Map<string, (batch: SampledMessages) => void>()
  const listeners = new Set<() => void>()
  let status = NO_STATUS
  let lastTap = 0
  let lastSample = 0

  caller.listen('mqtt.status', (next) => {
    status = next
    for (const listener of listeners) listener()
    if (waiting.size === 0) return
    const answered = new Set(
      next.subscriptions.flatMap(({ filter, status: { kind } }) => (kind === 'pending' ? [] : filter)),
    )
    for (const [tap, filters] of waiting) {
      if (!filters.every((filter) => answered.has(filter))) continue
      waiting.delete(tap)
      taps.get(tap)?.onBegun?.()
    }
  })
  caller.listen('mqtt.tapped', (message) => taps.get(message.tap)?.onMessage(message))
  caller.listen('mqtt.sampled', (batch) => samples.get(batch.sample)?.(batch))
  caller.listen('mqtt.gap', () => {
    for (const { onGap } of taps.values()) onGap?.()
  })

  return {
    status: () => status,
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retryNow: () => caller.tell('mqtt.retryNow', undefined),
    publish: (request) => caller.call('mqtt.publish', request),
    tap(requests, listener) {
      lastTap += 1
      const tap = String(lastTap)
      taps.set(tap, listener)
      if (listener.onBegun && status.connection.state.kind !== 'connected')
        waiting.set(
          tap,
          requests.map(({ filter }) => filter),
        )
      caller.tell('mqtt.openTap', { tap, requests })
      return () => {
        taps.delete(tap)
        waiting.delete(tap)
        caller.tell('mqtt.closeTap', { tap })
      }
    },
    sample(requests, onMessages) {
      lastSample += 1
      const sample = String(lastSample)
      samples.set(sample, onMessages)
      caller.tell('mqtt.openSample', { sample, requests })
      return () => {
        samples.delete(sample)
        caller.tell('mqtt.closeSample', { sample })
      }
    },
    kept: (filter, count) => caller.call('mqtt.kept', { filter, count }),
  }
}
