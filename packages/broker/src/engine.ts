import { randomUUID } from 'node:crypto'
import { MQTT_TOPIC_LIMITS, type TopicLimits } from '@thingdeck/topics'
import { Acceptance } from './acceptance.ts'
import type { BrokerOptions } from './broker-api.ts'
import { ByteBudget } from './byte-budget.ts'
import { ConnectRates } from './connect-rates.ts'
import { Delivery } from './delivery.ts'
import { FlushQueue } from './flush-queue.ts'
import { AWS_LIMITS, type Limits } from './limits.ts'
import { memoryStore } from './memory-store.ts'
import type { BrokerObserver } from './observer.ts'
import { type Environment, isExpired } from './outbound.ts'
import { messageBytes } from './own-message.ts'
import type { Session } from './session.ts'
import { SessionRegistry } from './session-registry.ts'
import { systemClock } from './system-clock.ts'
import type { BrokerHooks, BrokerStore, ClientView, Clock, DropCause, Message } from './types.ts'

/** Who published a message: a client that is, or was, connected. */
interface Publisher<Context> {
  readonly view: ClientView<Context>
  readonly session: Session
}

/** What connections share: who is subscribed, how messages get to them, and what bounds them. */
export class Engine<Context> implements Environment {
  readonly hooks: BrokerHooks<Context>
  readonly observer: BrokerObserver<Context> | undefined
  readonly store: BrokerStore
  readonly limits: Readonly<Limits>
  readonly clock: Clock
  readonly sessions: SessionRegistry
  readonly flushes: FlushQueue
  readonly memory: ByteBudget
  readonly storage: ByteBudget
  readonly connectRates: ConnectRates
  readonly topicLimits: TopicLimits
  readonly newClientId: () => string
  readonly #onError: (error: unknown) => void
  readonly #acceptance: Acceptance<Context>

  constructor(options: BrokerOptions<Context>) {
    this.hooks = options.hooks
    this.observer = options.observer
    this.#acceptance = new Acceptance(options.hooks)
    this.store = options.store ?? memoryStore()
    this.limits = { ...AWS_LIMITS, ...options.limits }
    this.#onError = options.onError ?? (() => {})
    this.clock = this.#guarded(options.clock ?? systemClock)
    this.flushes = new FlushQueue(this.store, (error) => this.#onLost(error))
    this.memory = new ByteBudget(this.limits.memoryBytes)
    this.storage = new ByteBudget(this.limits.storedBytes)
    this.connectRates = new ConnectRates(this.limits, this.clock)
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

  /** Runs an event hook, or other work that cannot fail the operation that it belongs to. */
  notify(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.report(error)
    }
  }

  dropped(owner: string, message: Message, cause: DropCause): void {
    if (this.hooks.onDropped) this.notify(() => this.hooks.onDropped?.(owner, message, cause))
  }

  queued(owner: string, message: Message): void {
    this.observer?.queued(owner, message)
  }

  notQueued(owner: string, message: Message): void {
    this.observer?.notQueued(owner, message)
  }

  /**
   * Takes a message: asks `onMessage`, retains, routes, tells `onAccepted`. A promise where a hook makes it wait.
   * `from`: the publisher and its session, for the hooks and for no-local; undefined for the server itself.
   * @throws what a hook or the store throws
   */
  publish(delivery: Delivery, from: Publisher<Context> | undefined): void | Promise<void> {
    const { message } = delivery
    const { properties } = message
    const verdict = this.hooks.onMessage?.(message, from?.view)
    if (message.properties !== properties) delivery.forgetFrames()
    if (typeof verdict === 'object') return this.#publishLater(delivery, verdict, from)
    return this.#accept(delivery, verdict !== 'consume', from)
  }

  /** A Message Expiry Interval within what is allowed; 0 becomes 1, as AWS has it. */
  messageExpirySeconds(interval: number): number {
    return Math.min(Math.max(interval, 1), this.limits.messageExpirySeconds)
  }

  /** Whether there is room for a retained message of so many bytes (`messageBytes`, about) on that topic. */
  mayRetain(topic: string, sizeBytes: number): boolean {
    const { store, limits } = this
    const hasPlace = store.retainedCount() < limits.retainedMessages
    if (hasPlace && store.retainedBytes() + sizeBytes <= limits.retainedBytes) return true
    const earlier = store.retained(topic)
    return earlier !== undefined && store.retainedBytes() - messageBytes(earlier) + sizeBytes <= limits.retainedBytes
  }

  /** The retained message of a topic, unless it expired. */
  retained(topic: string): Message | undefined {
    const message = this.store.retained(topic)
    if (!message || !isExpired(message, this.clock.now())) return message
    this.store.deleteRetained(topic)
    return undefined
  }

  async #publishLater(
    { message }: Delivery,
    verdict: Promise<'deliver' | 'consume'>,
    from: Publisher<Context> | undefined,
  ): Promise<void> {
    const isDelivered = (await verdict) === 'deliver'
    await this.#accept(new Delivery(message, this.clock.now()), isDelivered, from)
  }

  /** What a timer does ends nobody's process: the store can fail then, too. */
  #guarded(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      after: (delayMs, callback) => clock.after(delayMs, () => this.notify(callback)),
    }
  }

  /** The store did not keep what it was given since the last commit: what is known of it is found out anew. */
  #onLost(error: unknown): void {
    this.report(error)
    this.notify(() => this.sessions.recount(this.flushes.commits))
  }

  #accept(delivery: Delivery, isDelivered: boolean, from: Publisher<Context> | undefined): void | Promise<void> {
    this.flushes.hold() // what the message and the hook store belongs into one commit
    try {
      if (isDelivered) this.#distribute(delivery, from?.session)
      return this.#acceptance.tell(delivery.message, from?.view)
    } finally {
      this.flushes.release()
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
      if (session.link && !session.link.takes(message)) continue
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
