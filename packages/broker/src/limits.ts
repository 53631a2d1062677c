/**
 * Every bound that the broker holds its clients to. `Infinity` switches one off.
 * Defaults: AWS IoT Core endpoints and quotas, "Message broker and protocol limits"; those marked *own* guard the
 * process and have no published counterpart.
 */
export interface Limits {
  /** Whole packet, fixed header included; announced as Maximum Packet Size. A larger one is refused unread. */
  packetBytes: number
  payloadBytes: number
  clientIdBytes: number
  /** Of a topic or topic filter, without `$share/name/`. */
  topicBytes: number
  topicSlashes: number
  subscriptionsPerClient: number
  filtersPerSubscribe: number
  /**
   * *Own.* Filters that one client subscribes to or unsubscribes from; above it, reading pauses. Default: twice what a
   * client may have. (AWS allows an account 3,000 a second.)
   */
  filtersPerSecond: number
  shareNameBytes: number
  /** Unacknowledged QoS 1 messages of a client; announced as Receive Maximum. */
  inboundInFlight: number
  /** Unacknowledged QoS 1 messages to a client, where its own Receive Maximum is not lower. */
  outboundInFlight: number
  /** PUBLISH packets of one client; the excess is discarded (QoS 1 in MQTT 5: PUBACK 0x97). */
  inboundPublishesPerSecond: number
  /** PUBLISH packets to one client; QoS 0 in excess is discarded, QoS 1 waits. */
  outboundPublishesPerSecond: number
  /** Bytes read from one connection; above it, reading pauses. */
  inboundBytesPerSecond: number
  /** CONNECT packets per client id; the excess is refused. Default: off, since AWS's 1 makes every takeover a wait. */
  connectsPerSecondPerClientId: number
  /** A lower Keep Alive is raised to this. */
  keepAliveMinSeconds: number
  /** A higher Keep Alive, and 0, becomes this; with Infinity, 0 means none. */
  keepAliveMaxSeconds: number
  /** A longer Session Expiry Interval is lowered to this; sessions of MQTT 3.1.1 have it. */
  sessionExpirySeconds: number
  /** A longer Message Expiry Interval is lowered to this. */
  messageExpirySeconds: number
  /** Topic Alias Maximum, each way. */
  topicAliases: number
  userPropertiesBytes: number
  contentTypeBytes: number
  responseTopicBytes: number
  correlationDataBytes: number
  retainedMessages: number
  /** *Own.* Bytes (`messageBytes`) of all of them. */
  retainedBytes: number
  /** Messages stored while a client was away, sent per second after it returned. */
  storedMessagesPerSecond: number
  /** Messages stored for a shared subscription, sent per second and member. */
  sharedMessagesPerSecond: number
  /** *Own.* QoS 1 messages that wait for one client or shared subscription; further ones are dropped. */
  queuedMessages: number
  /** *Own.* Bytes of messages that wait in memory for one connected client; further ones are dropped. */
  queuedBytes: number
  /** *Own.* Bytes that a socket has not taken yet, above which QoS 0 messages to it are dropped. */
  outboundBufferBytes: number
  /**
   * *Own.* Bytes that wait in memory for all connected clients, what several wait with counted once. A client may add
   * to it as long as it holds less than is free, so that the slowest meet it first. Below a stream's high-water mark
   * (64 KiB in Node) nothing is counted.
   */
  memoryBytes: number
  /** *Own.* Bytes (`messageBytes`) stored for one client or shared subscription; further messages are dropped. */
  storedBytesPerQueue: number
  /**
   * *Own.* Bytes stored for all of them, and for sessions that outlive their connections with their subscriptions. One
   * may add to it as long as it has less than is free.
   */
  storedBytes: number
  /** *Own.* Messages of one client that wait for the `onMessage` hook; above it, reading pauses. */
  pendingMessages: number
  /** *Own.* Their bytes, likewise. They count as memory for all, too. */
  pendingBytes: number
  /** *Own.* Connections at a time; a further one is closed. */
  connections: number
  /** *Own.* From accepting a connection to its CONNACK. */
  connectTimeoutMs: number
  /** *Own.* For a closing peer to take what it was sent. */
  closeTimeoutMs: number
}

export const AWS_LIMITS: Readonly<Limits> = {
  packetBytes: 149_504,
  payloadBytes: 131_072,
  clientIdBytes: 128,
  topicBytes: 256,
  topicSlashes: 7,
  subscriptionsPerClient: 50,
  filtersPerSubscribe: 8,
  filtersPerSecond: 100,
  shareNameBytes: 128,
  inboundInFlight: 100,
  outboundInFlight: 100,
  inboundPublishesPerSecond: 100,
  outboundPublishesPerSecond: 100,
  inboundBytesPerSecond: 524_288,
  connectsPerSecondPerClientId: Number.POSITIVE_INFINITY,
  keepAliveMinSeconds: 30,
  keepAliveMaxSeconds: 1200,
  sessionExpirySeconds: 3600,
  messageExpirySeconds: 604_800,
  topicAliases: 8,
  userPropertiesBytes: 8192,
  contentTypeBytes: 256,
  responseTopicBytes: 256,
  correlationDataBytes: 256,
  retainedMessages: 500_000,
  retainedBytes: 1_073_741_824, // as `storedBytes`
  storedMessagesPerSecond: 10,
  sharedMessagesPerSecond: 20,
  queuedMessages: 100_000,
  queuedBytes: 16_777_216,
  outboundBufferBytes: 4_194_304,
  memoryBytes: 268_435_456, // a laptop has it to spare, and more than a dozen clients can fill their own queues
  storedBytesPerQueue: 67_108_864, // several hundred of the largest messages, or all that `queuedMessages` allows of 600 bytes
  storedBytes: 1_073_741_824, // as much as a disk has to spare; a dozen and more full queues
  pendingMessages: 1000,
  pendingBytes: 4_194_304,
  connections: 50_000, // several gigabytes of TLS; AWS's 500,000 for an account are not for one machine
  connectTimeoutMs: 30_000,
  closeTimeoutMs: 2_000,
}
