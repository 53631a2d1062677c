import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers'
import { MQTT_TOPIC_LIMITS, type TopicLimits } from '@thingdeck/topics'
import { Acceptance } from './acceptance.ts'
import type { BrokerOptions } from './broker-api.ts'
import type { Client } from './client.ts'
import { Delivery } from './delivery.ts'
import { AWS_LIMITS, type Limits } from './limits.ts'
import { memoryStore } from './memory-store.ts'
import { type Environment, isExpired } from './outbound.ts'
import type { Session } from './session.ts'
import { SessionRegistry } from './session-registry.ts'
import { systemClock } from './system-clock.ts'
import { TokenBucket } from './token-bucket.ts'
import type { BrokerHooks, BrokerStore, ClientView, Clock, Message } from './types.ts'

/** Client ids whose last CONNECT is remembered, where there is a limit to their rate. */
const REMEMBERED_CONNECTS = 100_000

/** A connection's output, written at the end of the turn. */
export interface Flushable {
  flush(): void
  /** The store failed: what waits may acknowledge what is not stored, so it must not be sent. */
  abort(): void
}

/** Who published a message: a client that is, or was, connected. */
interface Publisher<Context> {
  readonly view: ClientView<Context>
  readonly session: Session
}

/** What connections share: who is subscribed, how messages get to them, and when output is written. */
export class Engine<Context> implements Environment {
  readonly hooks: BrokerHooks<Context>
  readonly store: BrokerStore
  readonly limits: Readonly<Limits>
  readonly clock: Clock
  readonly sessions: SessionRegistry
  /** The connected ones, by id. */
  readonly clients = new Map<string, Client<Context>>()
  readonly topicLimits: TopicLimits
  readonly newClientId: () => string
  readonly #onError: (error: unknown) => void
  readonly #connectRates = new Map<string, TokenBucket>()
  readonly #acceptance: Acceptance<Context>
  #publishing = 0
  #dirty: Flushable[] = []
  readonly #flushAll = () => this.flush()

  constructor(options: BrokerOptions<Context>) {
    this.hooks = options.hooks
    this.#acceptance = new Acceptance(options.hooks)
    this.store = options.store ?? memoryStore()
    this.limits = { ...AWS_LIMITS, ...options.limits }
    this.clock = options.clock ?? systemClock
    this.#onError = options.onError ?? (() => {})
    this.newClientId = options.newClientId ?? randomUUID
    this.topicLimits = {
      maxBytes: Math.min(this.limits.topicBytes, MQTT_TOPIC_LIMITS.maxBytes),
      maxSlashes: this.limits.topicSlashes,
    }
    this.sessions = new SessionRegistry(this, {
      random: options.random ?? Math.random,
      hashMatchesParent: options.hashMatchesParent ?? false,
    })
    this.sessions.load()
  }

  /** Reports what a hook or the store threw. */
  report(error: unknown): void {
    this.#onError(error)
  }

  /** Runs an event hook, which cannot fail the operation that it hears of. */
  notify(hook: () => void): void {
    try {
      hook()
    } catch (error) {
      this.report(error)
    }
  }

  removeClient(client: Client<Context>): void {
    const { clientId } = client.view
    if (this.clients.get(clientId) === client) this.clients.delete(clientId)
  }

  /** Whether a message is on its way to subscribers and the hook: what is stored until then belongs into one commit. */
  get isPublishing(): boolean {
    return this.#publishing > 0
  }

  /**
   * Takes a message: asks `onMessage`, retains, routes, tells `onAccepted`. A promise where a hook makes it wait.
   * `from`: the publisher and its session, for the hooks and for no-local; undefined for the server itself.
   * @throws what a hook or the store throws
   */
  publish(delivery: Delivery, from: Publisher<Context> | undefined): void | Promise<void> {
    const verdict = this.hooks.onMessage?.(delivery.message, from?.view)
    if (typeof verdict === 'object') return this.#publishLater(delivery, verdict, from)
    return this.#accept(delivery, verdict !== 'consume', from)
  }

  /** Whether the rate allows another CONNECT of that client id. */
  mayConnect(clientId: string): boolean {
    const { connectsPerSecondPerClientId } = this.limits
    if (!Number.isFinite(connectsPerSecondPerClientId)) return true
    const nowMs = this.clock.now()
    let rate = this.#connectRates.get(clientId)
    if (!rate) {
      if (this.#connectRates.size >= REMEMBERED_CONNECTS) this.#connectRates.clear()
      rate = new TokenBucket(connectsPerSecondPerClientId, nowMs)
      this.#connectRates.set(clientId, rate)
    }
    return rate.take(nowMs)
  }

  /** A Message Expiry Interval within what is allowed; 0 becomes 1, as AWS has it. */
  messageExpirySeconds(interval: number): number {
    return Math.min(Math.max(interval, 1), this.limits.messageExpirySeconds)
  }

  /** Whether there is room for a retained message on that topic. */
  mayRetain(topic: string): boolean {
    const { store, limits } = this
    return store.retainedCount() < limits.retainedMessages || store.retained(topic) !== undefined
  }

  /** The retained message of a topic, unless it expired. */
  retained(topic: string): Message | undefined {
    const message = this.store.retained(topic)
    if (!message || !isExpired(message, this.clock.now())) return message
    this.store.deleteRetained(topic)
    return undefined
  }

  /** Writes this connection's output at the end of the turn of the event loop. */
  flushLater(connection: Flushable): void {
    if (this.#dirty.length === 0) setImmediate(this.#flushAll)
    this.#dirty.push(connection)
  }

  /** Makes what was stored durable, then lets out what acknowledges it. */
  flush(): void {
    const dirty = this.#dirty
    this.#dirty = []
    const isDurable = this.commit()
    for (const connection of dirty) {
      if (isDurable) connection.flush()
      else connection.abort()
    }
  }

  commit(): boolean {
    try {
      this.store.commit?.()
      return true
    } catch (error) {
      this.report(error)
      return false
    }
  }

  async #publishLater(
    { message }: Delivery,
    verdict: Promise<'deliver' | 'consume'>,
    from: Publisher<Context> | undefined,
  ): Promise<void> {
    const isDelivered = (await verdict) === 'deliver'
    await this.#accept(new Delivery(message, this.clock.now()), isDelivered, from)
  }

  #accept(delivery: Delivery, isDelivered: boolean, from: Publisher<Context> | undefined): void | Promise<void> {
    this.#publishing++
    try {
      if (isDelivered) this.#distribute(delivery, from?.session)
      return this.#acceptance.tell(delivery.message, from?.view)
    } finally {
      this.#publishing--
    }
  }

  #distribute(delivery: Delivery, publisher: Session | undefined): void {
    const { message } = delivery
    if (message.retain) this.#retain(message)
    const { targets, groups } = this.sessions.route(message.topic)
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index]
      if (!target) continue
      const { session } = target
      if (target.noLocal && session === publisher) continue // [MQTT-3.8.3-3]
      if (session.link && !session.link.mayReceive(message.topic)) continue
      const qos = message.qos === 1 && target.qos === 1 ? 1 : 0
      session.deliver(delivery, qos, message.retain && target.retainAsPublished) // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
    }
    for (let index = 0; index < groups.length; index++) groups[index]?.deliver(delivery)
  }

  #retain(message: Message): void {
    if (message.payload.length === 0)
      this.store.deleteRetained(message.topic) // [MQTT-3.3.1-6]
    else this.store.putRetained(message)
  }
}
