import { PacketError } from './codec/packet-error.ts'
import type { ClientView, Message, TransportInfo } from './types.ts'

/** Why something that a client wanted did not happen. */
export interface Failure {
  readonly kind:
    | 'NOT_AUTHORIZED'
    /** It is no MQTT, or beyond what one client may do. */
    | 'CLIENT_ERROR'
    /** A rate, or no room. */
    | 'THROTTLED'
    /** `connectsPerSecondPerClientId`. */
    | 'CLIENT_ID_THROTTLED'
    /** A hook or the store threw. */
    | 'SERVER_ERROR'
  /** For people; MQTT 5 clients are told the same. */
  readonly message: string
}

/** What a PUBLISH said that was not taken. */
export interface RefusedPublish {
  /** Undefined where the packet could not be read that far. */
  readonly topic: string | undefined
  readonly retain: boolean
}

/** What became of one filter of a SUBSCRIBE or UNSUBSCRIBE. */
export interface FilterResult {
  readonly filter: string
  /** As MQTT 5 has it, whichever version the client speaks. */
  readonly reasonCode: number
  readonly failure?: Failure | undefined
}

/** Limits of one client by the second that it can meet without being disconnected. */
export type RateLimit =
  | 'inboundPublishesPerSecond'
  | 'outboundPublishesPerSecond'
  | 'inboundBytesPerSecond'
  | 'filtersPerSecond'

/**
 * Hears what became of what clients sent and of what was sent to them, where `BrokerHooks` do not tell it: for logs and
 * counters. It is called on the path of every message and delivery, so it should do little, and must not throw: what it
 * throws is as if the engine had thrown it.
 */
export interface BrokerObserver<Context> {
  /** `clientId`: undefined where the packet could not be read that far, or was not read at all. */
  connectRefused(clientId: string | undefined, transport: TransportInfo, failure: Failure): void
  /** PINGREQ, which is answered. `receivedAtMs`: epoch milliseconds */
  pinged(client: ClientView<Context>, receivedAtMs: number): void
  /** A PUBLISH, or a will that is due. */
  publishRefused(client: ClientView<Context>, publish: RefusedPublish, failure: Failure): void
  /** A PUBLISH was given to the client's connection: the first time or again, by subscription or directly. */
  sent(client: ClientView<Context>, message: Message): void
  /** What the client may not have (NOT_AUTHORIZED), or is larger than it takes (CLIENT_ERROR). */
  notSent(client: ClientView<Context>, message: Message, failure: Failure): void
  /** A message was stored for whoever is away. `owner`: a client id, or a shared subscription's filter. */
  queued(owner: string, message: Message): void
  /** The store threw instead. */
  notQueued(owner: string, message: Message): void
  /**
   * A SUBSCRIBE. `filters`: what is known of them; none where the packet could not be read.
   * `failure`: where the packet as a whole is not answered.
   */
  subscribed(client: ClientView<Context>, filters: readonly FilterResult[], failure: Failure | undefined): void
  /** The same of an UNSUBSCRIBE. */
  unsubscribed(client: ClientView<Context>, filters: readonly FilterResult[], failure: Failure | undefined): void
  /** A client met a limit by the second. */
  throttled(client: ClientView<Context>, limit: RateLimit): void
}

/** What a handler threw, as a failure. */
export function failureOf(error: unknown): Failure {
  return error instanceof PacketError
    ? { kind: 'CLIENT_ERROR', message: error.message }
    : { kind: 'SERVER_ERROR', message: 'Internal server error' }
}
