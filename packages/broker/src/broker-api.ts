import type { Duplex } from 'node:stream'
import type { Limits } from './limits.ts'
import type { BrokerObserver } from './observer.ts'
import type { BrokerHooks, BrokerStore, ClientView, Clock, DisconnectReason, Message, TransportInfo } from './types.ts'

export interface BrokerOptions<Context> {
  hooks: BrokerHooks<Context>
  /** Hears what became of each packet and delivery; without one it costs nothing. */
  observer?: BrokerObserver<Context>
  /** Default: {@link memoryStore}, which forgets with the process. */
  store?: BrokerStore
  /** Those that differ from {@link AWS_LIMITS}. */
  limits?: Partial<Limits>
  clock?: Clock
  /** Called with whatever a hook or the store throws; the connection in question is closed with SERVER_ERROR. */
  onError?: (error: unknown) => void
  /** Whether `a/#` also matches `a`, as the MQTT standard has it; AWS IoT Core says it does not. Default: false. */
  hashMatchesParent?: boolean
  /** Makes the id of an MQTT 5 client that asked for one. Default: a random UUID. */
  newClientId?: () => string
  /** Picks the member of a shared subscription: 0 <= value < 1. Default: Math.random. */
  random?: () => number
}

/** A message to publish: what {@link Message} has, where the broker can supply the rest. */
export interface OutgoingMessage {
  topic: string
  payload: Uint8Array
  qos?: 0 | 1
  retain?: boolean
  properties?: Message['properties']
  /** Epoch milliseconds. */
  expiresAtMs?: number
  /** As {@link Message.traceId}. */
  traceId?: string | undefined
}

export interface DisconnectOptions {
  /** Default: API_INITIATED_DISCONNECT. */
  reason?: DisconnectReason
  /** Ends the session too, subscriptions and queued messages included. */
  cleanSession?: boolean
  /** Keeps the will from being published. */
  preventWill?: boolean
}

/** What became of a message for one client. */
export type DirectResult =
  /** Handed to the client's connection (QoS 0). */
  | 'delivered'
  /** PUBACK received (QoS 1). */
  | 'acknowledged'
  | 'timeout'
  | 'not-connected'
  /** `authorizeReceive` said no. */
  | 'not-authorized'
  /** The client's receive window or socket buffer is full, or the message exceeds the client's Maximum Packet Size. */
  | 'not-deliverable'

/** A subscription as its client asked for it. */
export interface SubscriptionView {
  /** With `$share/name/` where given. */
  filter: string
  qos: 0 | 1
}

/** One accepted transport connection. */
export interface AcceptedConnection {
  /**
   * Closes it, whatever client it belongs to by now. A listener whose transport can say goodbye (a WebSocket Close
   * frame) calls this with CLIENT_INITIATED_DISCONNECT and `preventWill`, before the stream ends.
   */
  disconnect(options?: DisconnectOptions): void
}

/** An MQTT 3.1.1 and 5 broker engine. */
export interface Broker<Context> extends AsyncDisposable {
  /** Speaks MQTT over `stream` until either side closes it. The stream belongs to the broker from here on. */
  accept(stream: Duplex, transport: TransportInfo): AcceptedConnection
  /**
   * Publishes a message of the server itself: retained, routed and queued as if a client had sent it, but without
   * authorization. Resolves when the `onMessage` hook has settled, the message was handed to its subscribers, and
   * `onAccepted` has heard of it; rejects with what one of the hooks throws.
   * @throws {RangeError} when the topic is not a valid topic name, or a property is no MQTT string or longer than one.
   */
  publish(message: OutgoingMessage): Promise<void>
  /** Sends to one connected client whatever it subscribed to (SendDirectMessage); QoS 1 waits for its PUBACK. */
  sendDirect(
    clientId: string,
    message: OutgoingMessage,
    options: { qos: 0 | 1; timeoutMs: number },
  ): Promise<DirectResult>
  /**
   * Answers a connected client on a topic that it need not have subscribed to, at the message's QoS.
   * @returns whether it was handed to a connection.
   */
  deliverTo(clientId: string, message: OutgoingMessage): boolean
  /** @returns whether there was such a connection or, with `cleanSession`, such a session. */
  disconnect(clientId: string, options?: DisconnectOptions): boolean
  /** The connected client of that id. */
  client(clientId: string): ClientView<Context> | undefined
  clients(): IterableIterator<ClientView<Context>>
  /** Of a connected client or an offline persistent session; undefined when there is neither. */
  subscriptions(clientId: string): SubscriptionView[] | undefined
  /** Closes every connection for which `stillAllowed` answers false (a certificate was deactivated). */
  reauthorize(stillAllowed: (client: ClientView<Context>) => boolean, reason?: DisconnectReason): void
  /** The store the broker writes to. */
  readonly store: BrokerStore
  readonly limits: Readonly<Limits>
  /** Tells every client that the server shuts down (MQTT 5: DISCONNECT 0x8B), and resolves when all sockets closed. */
  close(): Promise<void>
}
