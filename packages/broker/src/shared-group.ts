import { Delivery } from './delivery.ts'
import { type Environment, isExpired } from './outbound.ts'
import { messageBytes } from './own-message.ts'
import type { Session } from './session.ts'
import { StoredQueue } from './stored-queue.ts'
import { TokenBucket } from './token-bucket.ts'

/** How long to wait before asking full members again, where no rate says so. */
const RETRY_MS = 50

/**
 * A shared subscription: each message goes to one of its members, chosen at random among those that are connected.
 * QoS 1 messages are queued for the group while it has a persistent member and none that can take them.
 * @see MQTT 5.0 §4.8.2; AWS IoT developer guide, "Shared subscriptions"
 */
export class SharedGroup {
  readonly kind = 'group'
  /** `$share/name/filter`, which is the owner of its queue too. */
  readonly filter: string
  readonly #environment: Environment
  readonly #random: () => number
  readonly #members = new Map<Session, 0 | 1>()
  readonly #pacers = new Map<Session, TokenBucket>()
  /** Its connected members; made anew after one came or went. */
  #onlineMembers: Session[] | undefined
  /** Whether a member is persistent, with QoS 1. */
  #mayQueue = false
  readonly #queue: StoredQueue
  #cancelRetry: (() => void) | undefined

  constructor(filter: string, environment: Environment, random: () => number) {
    this.filter = filter
    this.#environment = environment
    this.#random = random
    this.#queue = new StoredQueue(filter, environment)
    this.#queue.count()
  }

  get isEmpty(): boolean {
    return this.#members.size === 0
  }

  join(session: Session, qos: 0 | 1): void {
    this.#members.set(session, qos)
    this.#onMembership()
  }

  leave(session: Session): void {
    this.#members.delete(session)
    this.#onMembership()
  }

  /** A member came or went. */
  changed(): void {
    this.#onlineMembers = undefined
    for (const session of this.#pacers.keys()) if (!session.isOnline) this.#pacers.delete(session)
  }

  /** As {@link StoredQueue.recount}. */
  recount(commits: number): void {
    this.#queue.recount(commits)
  }

  /** Stops its timer; its queue stays in the store. */
  stop(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
  }

  /** Ends it, its queue included. */
  end(): void {
    this.stop()
    if (this.#queue.length > 0) this.#environment.store.deleteQueue(this.filter)
    this.#queue.end()
  }

  deliver(delivery: Delivery): void {
    const { message } = delivery
    const isQueueable = message.qos === 1 && this.#mayQueue
    const session = this.#choose(message.topic, isQueueable)
    if (session) {
      const qos = message.qos === 1 && this.#members.get(session) === 1 ? 1 : 0
      session.deliver(delivery, qos, false)
    } else if (isQueueable) {
      const key = this.#queue.enqueue(message.retain ? { ...message, retain: false } : message, true)
      if (key !== undefined) this.#retryLater()
    }
  }

  /** Sends what is queued to members that are connected, as fast as each may get it. */
  drain(): void {
    const { clock, limits } = this.#environment
    while (this.#queue.length > 0 && this.#online.length > 0) {
      const [next] = this.#queue.page(0, 1)
      if (!next) {
        this.#queue.end()
        return
      }
      if (!isExpired(next.message, clock.now())) {
        const session = this.#choose(next.message.topic, true, (member) => {
          let pacer = this.#pacers.get(member)
          if (!pacer) {
            pacer = new TokenBucket(limits.sharedMessagesPerSecond, clock.now())
            this.#pacers.set(member, pacer)
          }
          return pacer.take(clock.now())
        })
        if (!session) {
          this.#retryLater()
          return
        }
        // To the member first: a message may be there twice after a crash, but never be lost.
        session.deliver(new Delivery(next.message, clock.now()), this.#members.get(session) ?? 0, false)
      }
      this.#queue.dequeue(next.key, messageBytes(next.message))
    }
  }

  get #online(): Session[] {
    this.#onlineMembers ??= [...this.#members.keys()].filter((session) => session.isOnline)
    return this.#onlineMembers
  }

  #onMembership(): void {
    this.#mayQueue = [...this.#members].some(([session, qos]) => qos === 1 && session.isStored)
    this.changed()
  }

  /** A connected member that may have the topic, at random; with `onlyWithRoom`, one that can send it at once. */
  #choose(topic: string, onlyWithRoom: boolean, isWilling = (_: Session) => true): Session | undefined {
    const online = this.#online
    const first = Math.floor(this.#random() * online.length)
    for (let offset = 0; offset < online.length; offset++) {
      const session = online[(first + offset) % online.length]
      if (!session?.link?.mayReceive(topic)) continue
      const hasRoom = !onlyWithRoom || this.#members.get(session) === 0 || session.outbound.hasRoom
      if (hasRoom && isWilling(session)) return session
    }
    return undefined
  }

  #retryLater(): void {
    if (this.#cancelRetry || this.#online.length === 0) return
    const { clock, limits } = this.#environment
    const delayMs = Math.max(RETRY_MS, Math.ceil(1000 / limits.sharedMessagesPerSecond))
    this.#cancelRetry = clock.after(delayMs, () => {
      this.#cancelRetry = undefined
      this.drain()
    })
  }
}
