export type Qos = 0 | 1

/** An MQTT message as it arrived. Everything but topic, payload and flags is MQTT 5's. */
export interface MqttMessage {
  readonly topic: string
  /** The raw bytes. Valid only during the call that hands them over: whoever keeps them copies them. */
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly receivedAtMs: number
  /** Nothing ran here when it came: it came at some time from this to `receivedAtMs`. Left out: it came when that says. */
  readonly notBeforeMs?: number
  readonly properties?: MessageProperties
}

/** MQTT 5.0 §3.3.2.3, as far as AWS IoT Core forwards them. */
export interface MessageProperties {
  readonly payloadFormatIndicator?: boolean
  readonly messageExpiryIntervalSeconds?: number
  readonly contentType?: string
  readonly responseTopic?: string
  readonly correlationData?: Uint8Array
  /** In the order in which the sender gave them; a name may come twice. */
  readonly userProperties?: readonly (readonly [name: string, value: string])[]
}

export interface PublishRequest {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain?: boolean
  readonly properties?: MessageProperties
}

export interface SubscriptionRequest {
  readonly filter: string
  readonly qos: Qos
}
