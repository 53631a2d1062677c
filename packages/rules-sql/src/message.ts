/** The message that a rule is run on, and who sent it. */
export interface RuleMessage {
  /** Without the `$aws/rules/NAME/` of basic ingest. */
  readonly topic: string
  readonly payload: Uint8Array
  /** When the engine took it: milliseconds of the epoch, what `timestamp()` says. */
  readonly timestampMs: number
  /** Of MQTT; undefined where the message came otherwise. */
  readonly clientId?: string | undefined
  readonly principal?: string | undefined
  readonly sourceIp?: string | undefined
  readonly traceId?: string | undefined
  readonly mqtt?: MqttProperties | undefined
}

/** Properties of a PUBLISH. Source: MQTT 5.0 §3.3.2.3. */
export interface MqttProperties {
  /** Payload format indicator 1: the payload is text in UTF-8. */
  readonly payloadIsUtf8?: boolean | undefined
  readonly contentType?: string | undefined
  readonly responseTopic?: string | undefined
  readonly correlationData?: Uint8Array | undefined
  /** In the order in which they were sent; a key may come more than once. */
  readonly userProperties?: readonly (readonly [key: string, value: string])[] | undefined
}
