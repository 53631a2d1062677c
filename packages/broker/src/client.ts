import type { BudgetShare } from './byte-budget.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import type { Properties } from './codec/properties.ts'
import type { PublishFrame } from './codec/publish.ts'
import { type Closing, type Connection, type ConnectionOwner, PAUSE } from './connection.ts'
import { Delivery, keep } from './delivery.ts'
import type { Engine } from './engine.ts'
import { Inbound } from './inbound.ts'
import { type Failure, failureOf, type RateLimit, type RefusedPublish } from './observer.ts'
import type { Link } from './outbound.ts'
import { messageBytes } from './own-message.ts'
import type { Session } from './session.ts'
import { rateLimit, type TokenBucket } from './token-bucket.ts'
import type { ClientView, DropCause, Message } from './types.ts'

/** What a client said in CONNECT about what it takes. */
export interface ClientCapabilities {
  receiveMaximum: number
  maximumPacketSize: number
  topicAliasMaximum: number
  wantsProblemInformation: boolean
}

/** A will, and how long it lives once it is published. */
export interface Will {
  message: Message
  expirySeconds: number | undefined
}

const NO_PROPERTIES: Properties = {}

const NOT_AUTHORIZED: Failure = { kind: 'NOT_AUTHORIZED', message: 'Not authorized to receive on this topic' }
const MAY_NOT_PUBLISH: Failure = { kind: 'NOT_AUTHORIZED', message: 'Not authorized to publish the will' }
const TOO_LARGE: Failure = { kind: 'CLIENT_ERROR', message: 'Larger than the maximum packet size of the client' }

/** The connected ones, by client id. */
export type Clients<Context> = Map<string, Client<Context>>

/** A connected client: its session's link to its connection. */
export class Client<Context> implements Link, ConnectionOwner {
  readonly view: ClientView<Context>
  readonly session: Session
  readonly connection: Connection<Client<Context>>
  readonly version: ProtocolVersion
  readonly windowSize: number
  readonly inbound: Inbound
  will: Will | undefined
  readonly #engine: Engine<Context>
  readonly #clients: Clients<Context>
  readonly #capabilities: ClientCapabilities
  readonly #maximumPacketSize: number
  readonly #outboundRate: TokenBucket | undefined
  readonly #outboundAliases: Map<string, number> | undefined
  readonly #outboundAliasMaximum: number
  #isPumpPlanned = false
  #isBlocked = false

  /** It is not among the `clients` yet, but takes itself out of them when it ends. */
  constructor(
    engine: Engine<Context>,
    clients: Clients<Context>,
    options: {
      view: ClientView<Context>
      session: Session
      connection: Connection<Client<Context>>
      capabilities: ClientCapabilities
      will: Will | undefined
    },
  ) {
    const { view, connection, capabilities } = options
    const { limits, clock } = engine
    this.#engine = engine
    this.#clients = clients
    this.view = view
    this.session = options.session
    this.connection = connection
    this.will = options.will
    this.version = view.protocolVersion
    this.windowSize = Math.min(capabilities.receiveMaximum, limits.outboundInFlight, 0xffff)
    this.#capabilities = capabilities
    this.#maximumPacketSize = capabilities.maximumPacketSize
    this.inbound = new Inbound(this.version, engine, clock.now())
    this.#outboundRate = rateLimit(limits.outboundPublishesPerSecond, clock.now())
    this.#outboundAliasMaximum = Math.min(capabilities.topicAliasMaximum, limits.topicAliases, 0xffff)
    this.#outboundAliases = this.#outboundAliasMaximum > 0 ? new Map() : undefined
  }

  get memory(): BudgetShare {
    return this.connection.memory
  }

  mayReceive(topic: string): boolean {
    try {
      return this.#engine.hooks.authorizeReceive(this.view, topic)
    } catch (error) {
      this.#engine.report(error)
      return false
    }
  }

  takes(message: Message): boolean {
    if (this.mayReceive(message.topic)) return true
    this.#engine.observer?.notSent(this.view, message, NOT_AUTHORIZED)
    return false
  }

  admit(): boolean {
    if (this.#outputLimit() !== undefined) {
      this.#isBlocked = true
      return false
    }
    const nowMs = this.#engine.clock.now()
    if (!this.#outboundRate || this.#outboundRate.take(nowMs)) return true
    if (!this.#isPumpPlanned) {
      this.#isPumpPlanned = true
      this.onThrottled('outboundPublishesPerSecond')
      this.connection.after(this.#outboundRate.waitMs(nowMs), () => {
        this.#isPumpPlanned = false
        this.session.outbound.pump()
      })
    }
    return false
  }

  sendQos0(delivery: Delivery, retain: boolean): boolean {
    const cause = this.#outputLimit() ?? this.#rateLimit()
    if (!cause) return this.#send(delivery, 0, retain, 0)
    if (cause === 'RATE') this.onThrottled('outboundPublishesPerSecond')
    this.#engine.dropped(this.view.clientId, delivery.message, cause)
    return false
  }

  sendQos1(delivery: Delivery, retain: boolean, packetId: number, dup: boolean): boolean {
    return this.#send(delivery, 1, retain, packetId, dup)
  }

  /** Counts the filters of a SUBSCRIBE or UNSUBSCRIBE: beyond their rate no further packet is read for a while. */
  countFilters(count: number): void {
    const waitMs = this.inbound.countFilters(this.connection.nowMs, count)
    if (waitMs > 0) this.onThrottled('filtersPerSecond')
    this.connection.pauseFor(PAUSE.FILTERS, waitMs)
  }

  onThrottled(limit: RateLimit): void {
    this.#engine.observer?.throttled(this.view, limit)
  }

  /** A PUBLISH of it, or its will, was not taken. */
  onPublishRefused(publish: RefusedPublish, failure: Failure): void {
    this.#engine.observer?.publishRefused(this.view, publish, failure)
  }

  /** The socket took what it was given: messages that waited for that can go. */
  onWritten(): void {
    if (!this.#isBlocked || this.connection.state === 'closed') return
    this.#isBlocked = false
    this.session.outbound.pump()
  }

  /** Reason String, for clients that want one and where the packet stays within what they take. */
  reasonString(message: string | undefined): Properties {
    const { wantsProblemInformation, maximumPacketSize } = this.#capabilities
    if (message === undefined || !wantsProblemInformation) return NO_PROPERTIES // [MQTT-3.1.2-29]
    return Buffer.byteLength(message) + 32 > maximumPacketSize ? NO_PROPERTIES : { reasonString: message }
  }

  /** The connection closed: the session goes on alone or ends, the will is published, and the hook hears of it. */
  end(closing: Closing): void {
    const engine = this.#engine
    if (this.#clients.get(this.view.clientId) === this) this.#clients.delete(this.view.clientId)
    if (closing.cleanSession) this.session.expirySeconds = 0
    // The store may fail here: the connection has ended all the same, of which others have to hear.
    engine.notify(() => engine.sessions.leave(this.session))
    if (this.will) this.memory.add(-messageBytes(this.will.message))
    if (this.will && !closing.preventWill) this.#publishWill(this.will)
    const { reason, reasonCode, message } = closing
    const event = { reason, clientInitiated: reason === 'CLIENT_INITIATED_DISCONNECT', reasonCode, message }
    engine.notify(() => engine.hooks.onDisconnected?.(this.view, event))
  }

  #publishWill({ message, expirySeconds }: Will): void {
    const engine = this.#engine
    const nowMs = engine.clock.now()
    const will: Message = { ...message, receivedAtMs: nowMs }
    if (expirySeconds !== undefined) will.expiresAtMs = nowMs + expirySeconds * 1000
    if (!this.#mayPublish(will)) {
      this.onPublishRefused(will, MAY_NOT_PUBLISH)
      return
    }
    if (will.retain && !engine.mayRetain(will.topic, messageBytes(will))) will.retain = false
    try {
      const published = engine.publish(new Delivery(will, nowMs), { view: this.view, session: this.session })
      published?.catch((error: unknown) => this.#onWillFailed(will, error))
    } catch (error) {
      this.#onWillFailed(will, error)
    }
  }

  #onWillFailed(will: Message, error: unknown): void {
    this.onPublishRefused(will, failureOf(error))
    this.#engine.report(error)
  }

  /** Asked once more when the will is due: the right may have been taken away since CONNECT. */
  #mayPublish({ topic, retain }: Message): boolean {
    try {
      return this.#engine.hooks.authorizePublish(this.view, topic, retain)
    } catch (error) {
      this.#engine.report(error)
      return false
    }
  }

  /** Why the socket's slowness allows no further message. */
  #outputLimit(): DropCause | undefined {
    const { output } = this.connection
    if (output.backlogBytes > this.#engine.limits.outboundBufferBytes) return 'OUTPUT_FULL'
    return output.isStalled && !output.hasRoom ? 'MEMORY_FULL' : undefined
  }

  #rateLimit(): DropCause | undefined {
    return this.#outboundRate && !this.#outboundRate.take(this.#engine.clock.now()) ? 'RATE' : undefined
  }

  #send(delivery: Delivery, qos: 0 | 1, retain: boolean, packetId: number, dup = false): boolean {
    const { connection } = this
    const { output } = connection
    const aliased = this.#outboundAliases && this.#aliasedFrame(this.#outboundAliases, delivery, qos, retain)
    let frame = aliased ?? delivery.frame(this.version, qos, retain)
    if (frame.end - frame.start > this.#maximumPacketSize) {
      this.#engine.observer?.notSent(this.view, delivery.message, TOO_LARGE)
      return false // [MQTT-3.1.2-24]
    }
    if (dup) frame = withDup(frame)
    if (output.isStalled) {
      output.keep(aliased || dup ? keep(frame) : delivery.keptFrame(this.version, qos, retain), packetId)
    } else {
      output.pushPublish(frame, packetId)
      connection.wrote()
    }
    this.#engine.observer?.sent(this.view, delivery.message)
    return true
  }

  /** The first topics that are sent get the aliases there are, and keep them. */
  #aliasedFrame(
    aliases: Map<string, number>,
    delivery: Delivery,
    qos: 0 | 1,
    retain: boolean,
  ): PublishFrame | undefined {
    const { topic } = delivery.message
    const known = aliases.get(topic)
    if (known !== undefined) return delivery.aliasedFrame('', known, qos, retain)
    if (aliases.size >= this.#outboundAliasMaximum) return undefined
    const alias = aliases.size + 1
    const frame = delivery.aliasedFrame(topic, alias, qos, retain)
    if (frame.end - frame.start > this.#maximumPacketSize) return undefined
    aliases.set(topic, alias)
    return frame
  }
}

/** [MQTT-3.3.1-1] */
function withDup(frame: PublishFrame): PublishFrame {
  const bytes = Buffer.from(frame.bytes.subarray(frame.start, frame.end))
  bytes[0] = (bytes[0] ?? 0) | 0x08
  return { ...frame, bytes, start: 0, end: bytes.length }
}
