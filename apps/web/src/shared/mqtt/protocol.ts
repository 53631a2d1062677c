import type { MqttMessage, PublishRequest, Qos, SubscriptionRequest } from './message.ts'
import type { SampledMessages } from './samples.ts'
import type { MqttStatus, SpreadSettings } from './status.ts'

/** What the page may ask of the worker's MQTT session. */
export type MqttProcedures = {
  /** Connects as this person, and as nobody else who signs in later. */
  readonly 'mqtt.start': (request: { readonly personId: string }) => void
  /** Ends the session. Resolves when what was received is where it is kept, so that the worker may be ended too. */
  readonly 'mqtt.stop': (nothing?: undefined) => Promise<void>
  readonly 'mqtt.retryNow': (nothing?: undefined) => void
  readonly 'mqtt.setOnline': (online: boolean) => void
  readonly 'mqtt.publish': (request: PublishRequest) => Promise<void>
  /** Forwards the messages of `requests` to the page as notices with this `tap` name, until it is closed. */
  readonly 'mqtt.openTap': (request: {
    readonly tap: string
    readonly requests: readonly SubscriptionRequest[]
  }) => void
  readonly 'mqtt.closeTap': (request: { readonly tap: string }) => void
  /** Whole messages of `requests` come to the page in batches with this name, as many as it can take, until it is closed. */
  readonly 'mqtt.openSample': (request: {
    readonly sample: string
    readonly requests: readonly SubscriptionRequest[]
  }) => void
  readonly 'mqtt.closeSample': (request: { readonly sample: string }) => void
  /** The newest messages of a topic filter that live messages, or recordings that are open there, have kept. */
  readonly 'mqtt.kept': (request: { readonly filter: string; readonly count: number }) => readonly MqttMessage[]
  readonly 'mqtt.setSpread': (settings: SpreadSettings) => void
  /** Takes up what `status.spread.offer` offers. */
  readonly 'mqtt.acceptSpread': (nothing?: undefined) => void
}

/** A message forwarded to the page. The payload is the page's own copy. */
export interface TappedMessage {
  readonly tap: string
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  /** It was there before anybody subscribed. */
  readonly retain: boolean
  readonly receivedAtMs: number
}

export type MqttNotices = {
  readonly 'mqtt.status': MqttStatus
  readonly 'mqtt.tapped': TappedMessage
  readonly 'mqtt.sampled': SampledMessages
  /** The stream of every tap has a hole (epoch ms). */
  readonly 'mqtt.gap': { readonly fromMs: number; readonly toMs: number; readonly reason: string }
}
