import type { Connection } from './connection-state.ts'
import type { SubscriptionState } from './subscription-table.ts'

/** Everything that the page shows about the MQTT session. Plain data: it crosses from the worker. */
export interface MqttStatus {
  readonly connection: Connection
  readonly clientId?: string
  /** Host of the endpoint, e.g. `PREFIX-ats.iot.us-east-1.amazonaws.com`. */
  readonly endpoint?: string
  readonly credentialsExpireAtMs?: number
  readonly subscriptions: readonly SubscriptionState[]
  /** Messages received per second, over the last second. */
  readonly messagesPerSecond: number
  /** Messages received since the page was opened. */
  readonly received: number
}

export const NO_STATUS: MqttStatus = {
  connection: { state: { kind: 'idle' }, attempt: 0 },
  subscriptions: [],
  messagesPerSecond: 0,
  received: 0,
}
