import type { MqttWriter } from '@thingdeck/contract'
import type { Connection } from './connection-state.ts'
import type { SubscriptionState } from './subscription-table.ts'

/** Everything that the page shows about the MQTT session. Plain data: it crosses from the worker. */
export interface MqttStatus {
  readonly connection: Connection
  readonly clientId?: string
  /** Who publishes, for reports of it; once it was connected, that of the last connection. */
  readonly writer?: MqttWriter
  /** Host of the endpoint, e.g. `PREFIX-ats.iot.us-east-1.amazonaws.com`. */
  readonly endpoint?: string
  readonly credentialsExpireAtMs?: number
  readonly subscriptions: readonly SubscriptionState[]
  /**
   * The stream broke off then (epoch ms), while something was subscribed to, and has not come back: what is published
   * at QoS 0 is being missed. Left out while nothing is.
   */
  readonly openGap?: { readonly fromMs: number; readonly reason: string }
  /** Messages received per second, over the last second. */
  readonly messagesPerSecond: number
  /** Messages received since the page was opened. */
  readonly received: number
  /** Every connection, the main one first. Left out while there is only that one. */
  readonly connections?: readonly ConnectionView[]
  readonly spread?: SpreadReport
}

/** One of several connections over which subscriptions are spread. */
export interface ConnectionView {
  readonly clientId?: string
  readonly state: Connection['state']
  readonly filters: readonly string[]
  readonly messagesPerSecond: number
}

/**
 * `off`: one connection, whatever it costs in messages. `offer`: more subscriptions than one connection holds are
 * spread, a rate at the broker's limit is reported and spreading offered. `auto`: that too is spread without asking.
 */
export type SpreadMode = 'off' | 'offer' | 'auto'

export interface SpreadSettings {
  readonly mode: SpreadMode
  /** Connections in all, 1 … 20. */
  readonly maxConnections: number
}

/** What spreading does, or would do, and what it costs: sentences for a person. */
export interface SpreadReport {
  readonly settings: SpreadSettings
  /** Connections wanted at present. */
  readonly connections: number
  /** Why there are several. Empty while there is one. */
  readonly reasons: readonly string[]
  readonly costs: readonly string[]
  /** Filters read through `$share/…` by several connections. */
  readonly shared: readonly string[]
  /** What `mqtt.acceptSpread` would do. Left out when nothing is to be gained. */
  readonly offer?: { readonly connections: number; readonly reason: string; readonly costs: readonly string[] }
  /** Filters that found no place within `maxConnections`. */
  readonly unplaced: readonly string[]
}

export const NO_STATUS: MqttStatus = {
  connection: { state: { kind: 'idle' }, attempt: 0 },
  subscriptions: [],
  messagesPerSecond: 0,
  received: 0,
}
