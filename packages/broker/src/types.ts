/**
 * The seams between the broker engine and its surroundings. The engine knows MQTT; who a client is, what it
 * may do and where sessions are kept is answered by {@link BrokerHooks} and {@link BrokerStore}.
 */

/** MQTT 5 properties of a message that travel with it (MQTT 5.0 §3.3.2.3). */
export interface MessageProperties {
  payloadFormatIndicator?: 0 | 1
  contentType?: string
  responseTopic?: string
  correlationData?: Uint8Array
  /** Name and value in the order in which the publisher sent them; a name may occur more than once. */
  userProperties?: readonly (readonly [name: string, value: string])[]
}

/** A published message, as it is routed, stored and delivered. */
export interface Message {
  topic: string
  payload: Uint8Array
  qos: 0 | 1
  retain: boolean
  properties: MessageProperties
  /** When the broker took it, epoch milliseconds. */
  receivedAtMs: number
  /** Epoch milliseconds after which it must not be delivered; undefined for never. */
  expiresAtMs?: number
  /** By which the hooks know what it causes, however many copies of it wait or are stored; theirs to set. */
  traceId?: string | undefined
}

/** What is known of the transport before any MQTT packet was read. */
export interface TransportInfo {
  kind: 'tcp' | 'tls' | 'websocket'
  remoteAddress: string
  remotePort: number
  localAddress: string
  localPort: number
  /** Whatever the listener learnt of the peer (client certificate, SigV4 credentials, …); opaque to the broker. */
  identity: unknown
}

/** A CONNECT, after syntax checks and AWS's adjustments (keep-alive clamp, assigned client id). */
export interface ConnectRequest {
  clientId: string
  /** Whether the server assigned {@link clientId} (MQTT 5, empty id). */
  clientIdAssigned: boolean
  protocolVersion: 4 | 5
  cleanStart: boolean
  /** 0 = ends with the connection. */
  sessionExpirySeconds: number
  /** What applies: clamped to the limits. The connection ends after 1.5 times this without a packet. */
  keepAliveSeconds: number
  /** What the client asked for; 0 = none. */
  requestedKeepAliveSeconds: number
  username?: string
  password?: Uint8Array
  will?: Message
}

/** Answer of {@link BrokerHooks.authenticate}; `context` is handed back with every later question. */
export type ConnectDecision<Context> =
  | {
      ok: true
      context: Context
      /** Closes the connection at that time (epoch milliseconds) for that reason, such as the end of its credentials. */
      expires?: { atMs: number; reason: DisconnectReason }
    }
  | {
      ok: false
      /**
       * `NOT_AUTHENTICATED`: nobody knows who it is. Over MQTT 3.1.1 the connection closes without CONNACK; MQTT 5 clients
       * are told that they are not authorized.
       */
      reason:
        | 'NOT_AUTHENTICATED'
        | 'NOT_AUTHORIZED'
        | 'BAD_CREDENTIALS'
        | 'SERVER_UNAVAILABLE'
        | 'QUOTA_EXCEEDED'
        | 'BAD_WILL_TOPIC'
    }

/** One connected client as the hooks see it. */
export interface ClientView<Context> {
  readonly clientId: string
  readonly context: Context
  readonly protocolVersion: 4 | 5
  readonly transport: TransportInfo
  readonly connectedAtMs: number
  readonly keepAliveSeconds: number
  readonly requestedKeepAliveSeconds: number
  readonly cleanStart: boolean
  readonly sessionExpirySeconds: number
}

export type DisconnectReason =
  | 'CLIENT_INITIATED_DISCONNECT'
  | 'CLIENT_ERROR'
  | 'CONNECTION_LOST'
  | 'DUPLICATE_CLIENTID'
  | 'MQTT_KEEP_ALIVE_TIMEOUT'
  | 'FORBIDDEN_ACCESS'
  | 'AUTH_ERROR'
  | 'SERVER_ERROR'
  | 'SERVER_INITIATED_DISCONNECT'
  | 'API_INITIATED_DISCONNECT'
  | 'THROTTLED'
  | 'WEBSOCKET_TTL_EXPIRATION'
  | 'CUSTOMAUTH_TTL_EXPIRATION'

/** How a connection ended. */
export interface DisconnectEvent {
  readonly reason: DisconnectReason
  readonly clientInitiated: boolean
  /** Of MQTT 5, where it says more than the reason: which rule a packet broke. */
  readonly reasonCode?: number | undefined
  /** For people; MQTT 5 clients are told the same. */
  readonly message?: string | undefined
}

/** Why a message did not get to one of its receivers, by the limit that it met. */
export type DropCause =
  /** `outboundPublishesPerSecond` (QoS 0; QoS 1 waits). */
  | 'RATE'
  /** `outboundBufferBytes` (QoS 0; QoS 1 waits). */
  | 'OUTPUT_FULL'
  /** `queuedMessages`, `queuedBytes` or `storedBytesPerQueue`. */
  | 'QUEUE_FULL'
  /** `memoryBytes`, of which this receiver had its share. */
  | 'MEMORY_FULL'
  /** `storedBytes`, of which this receiver had its share. */
  | 'STORE_FULL'

/**
 * Time as the broker sees it, so that tests can move it. Timers are one-shot; the default ones do not keep the process
 * alive.
 */
export interface Clock {
  /** Epoch milliseconds. It may jump, either way: whoever sets the machine's clock decides. */
  now(): number
  /** Milliseconds since some moment; never jumps, so that a difference is time that passed. */
  monotonicMs(): number
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void
}

/** Questions and events. The authorize hooks are synchronous: they sit on the path of every message. */
export interface BrokerHooks<Context> {
  /** Asked once per CONNECT, will included (a will topic that may not be published refuses the connection). */
  authenticate(
    request: ConnectRequest,
    transport: TransportInfo,
  ): ConnectDecision<Context> | Promise<ConnectDecision<Context>>
  /**
   * May this client publish to `topic`? A retained publish is asked with `retain: true`. Asked about a will when it is
   * due, when `client` is not connected any more: what is refused then is not published.
   */
  authorizePublish(client: ClientView<Context>, topic: string, retain: boolean): boolean
  /** `filter` is the literal text of the SUBSCRIBE, with `$share/name/` where given. */
  authorizeSubscribe(client: ClientView<Context>, filter: string): boolean
  /** Asked at each delivery. */
  authorizeReceive(client: ClientView<Context>, topic: string): boolean
  /**
   * The verdict on a message on its way to subscribers. `client` is undefined for messages of the server itself.
   * 'consume' ends it here (Basic Ingest); a promise delays it, and its PUBACK, until it settles. It may give the message
   * other properties before it returns: a new object, as that of a message may be shared.
   */
  onMessage?(
    message: Message,
    client: ClientView<Context> | undefined,
  ): 'deliver' | 'consume' | Promise<'deliver' | 'consume'>
  /**
   * Called once for each accepted message, wills and messages of the server itself (`client` undefined) included, after
   * it was handed to its subscribers, or consumed, and before its PUBACK; in the order in which messages were accepted,
   * one at a time. Messages to one client (`deliverTo`, `sendDirect`) are not among them.
   *
   * What it writes to the store, and to whatever the store's `commit` makes durable, is in the same commit as the
   * message, unless the hook closes a connection, which commits what is there. What it publishes follows the message in
   * every subscription, and is told to the hook when it is done with the message; so a hook that answers every message
   * with another never ends.
   *
   * What it throws cannot take the message back from its subscribers. The publisher is told as when `onMessage` throws:
   * a client gets no PUBACK and its connection is closed with SERVER_ERROR, `publish` rejects, a will has nobody to
   * tell; but for `publish`, `onError` hears of it.
   */
  onAccepted?(message: Message, client: ClientView<Context> | undefined): void
  onConnected?(client: ClientView<Context>): void
  onConnectFailed?(request: ConnectRequest, transport: TransportInfo, reason: string): void
  onDisconnected?(client: ClientView<Context>, event: DisconnectEvent): void
  onSubscribed?(client: ClientView<Context>, filters: readonly string[]): void
  onUnsubscribed?(client: ClientView<Context>, filters: readonly string[]): void
  /**
   * A message did not get to one of its receivers because of a limit; called for each of them, so it should do no more
   * than count. `owner`: the receiver, as {@link BrokerStore} has it: a client id, or a shared subscription's filter.
   */
  onDropped?(owner: string, message: Message, cause: DropCause): void
}

/** A session that outlives its connection. */
export interface StoredSession {
  clientId: string
  protocolVersion: 4 | 5
  sessionExpirySeconds: number
  /** Undefined while connected. */
  disconnectedAtMs?: number
  subscriptions: readonly StoredSubscription[]
}

export interface StoredSubscription {
  filter: string
  qos: 0 | 1
  noLocal: boolean
  retainAsPublished: boolean
}

export interface QueuedMessage {
  key: number
  message: Message
}

/**
 * Where persistent sessions, their queued QoS 1 messages and retained messages are kept. Calls are synchronous:
 * when one returns (or, for a store with {@link BrokerStore.commit}, when that returns), what it wrote survives the
 * end of the process. `memoryStore()` is the default; `storeSuite` from `@thingdeck/broker/store-suite` says what
 * any store must do.
 *
 * A queue's `owner` is a client id, or for the queue of a shared subscription its whole filter
 * (`$share/name/filter`); the two cannot collide since no client id starts with `$`.
 */
export interface BrokerStore {
  sessions(): Iterable<StoredSession>
  /** Inserts or replaces. */
  putSession(session: StoredSession): void
  /** Deletes the session and its queue; an unknown one is ignored. */
  deleteSession(clientId: string): void
  /**
   * Appends to a queue; returns the message's key within that queue, greater than any key before it, also when
   * messages were dequeued, or lost by a commit that failed, in between. The payload may be a view on a larger buffer: copy it.
   */
  enqueue(owner: string, message: Message): number
  /** An unknown key is ignored. */
  dequeue(owner: string, key: number): void
  /** At most `limit` messages with a key above `afterKey`, in key order. */
  queue(owner: string, afterKey: number, limit: number): QueuedMessage[]
  queueLength(owner: string): number
  /** The sum of `messageBytes` over the queue; the engine asks once, and keeps account itself from then on. */
  queueBytes(owner: string): number
  deleteQueue(owner: string): void
  retained(topic: string): Message | undefined
  /** In topic order (by UTF-16 code unit, as `<` compares strings), from after `afterTopic`. */
  retainedTopics(afterTopic: string | undefined, limit: number): Message[]
  retainedCount(): number
  /** The sum of `messageBytes` over all of them. */
  retainedBytes(): number
  putRetained(message: Message): void
  deleteRetained(topic: string): void
  /**
   * Makes what was written since the last call durable. The engine calls it once for all messages of a turn of the
   * event loop, before it sends anything that acknowledges them; a store without it is durable call by call.
   *
   * @throws where something that was written since the last call is not kept; said once. All of it may be gone then, and
   * the engine asks anew for what it knew of the queues.
   */
  commit?(): void
}
