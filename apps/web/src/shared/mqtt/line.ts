import type { MqttMessage, PublishRequest, SubscriptionRequest } from './message.ts'
import type { SubscriptionStatus } from './subscription-table.ts'

/** One MQTT connection, from CONNACK to its end. The session above it decides when there is one, two or none. */
export interface Line {
  readonly clientId: string
  /** How each filter was answered, in the order asked. Rejects only when the connection ended meanwhile. */
  subscribe(requests: readonly SubscriptionRequest[]): Promise<readonly SubscriptionStatus[]>
  unsubscribe(filters: readonly string[]): Promise<void>
  /**
   * Until the broker has answered something that was asked now: what it had sent on this connection before is here.
   * Rejects when the connection ended meanwhile.
   */
  roundTrip(): Promise<void>
  /** QoS 1: until the broker acknowledged. Rejects with a {@link PublishRefused} if it refused. */
  publish(request: PublishRequest): Promise<PublishReceipt>
  /** Says DISCONNECT and ends the broker's session. `onClose` is not called. */
  end(): void
}

/** What the broker answered; empty at QoS 0. */
export interface PublishReceipt {
  /** MQTT 5 reason code of the PUBACK: 0x00, or 0x10 when nobody is subscribed. */
  readonly reasonCode?: number
}

export interface LineHandlers {
  /** Something came: called once for what came in one piece, before the messages in it are given the time of now. */
  onArrival(): void
  onMessage(message: MqttMessage): void
  /** The connection ended by itself; `reason` is for a person. */
  onClose(reason: string): void
}

export interface LineOptions {
  /** Signed and ready. */
  readonly url: string
  readonly clientId: string
  /** False: go on with the broker's session of this client id, which kept QoS 1 messages meanwhile. */
  readonly cleanStart: boolean
}

/** Resolves at CONNACK; rejects with an Error whose message is for a person. */
export type OpenLine = (options: LineOptions, handlers: LineHandlers) => Promise<Line>

/** The broker did not take a message: MQTT 5's reason code, or `NOT_CONNECTED`. */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
