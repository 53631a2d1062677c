import type { BudgetShare } from './byte-budget.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import { Delivery, type KeptDelivery } from './delivery.ts'
import { HeldMessages } from './held-messages.ts'
import { messageBytes } from './own-message.ts'
import { type QueueEnvironment, StoredQueue } from './stored-queue.ts'
import { TokenBucket } from './token-bucket.ts'
import type { Clock, Message } from './types.ts'

/** What a session needs of its surroundings. */
export interface Environment extends QueueEnvironment {
  readonly clock: Clock
}

/** The sending side of a connection, as a session sees it. */
export interface Link {
  readonly version: ProtocolVersion
  /** How many QoS 1 messages may be unacknowledged. */
  readonly windowSize: number
  /** Where messages that wait in memory for it are counted. */
  readonly memory: BudgetShare
  mayReceive(topic: string): boolean
  /** The same of a message that would be sent to it: what it may not have is told. */
  takes(message: Message): boolean
  /** Whether socket and rate allow another QoS 1 message now. If not, the link calls {@link Outbound.pump} later. */
  admit(): boolean
  /** Sends, or drops where socket, rate or packet size do not allow it; whether it was sent. */
  sendQos0(delivery: Delivery, retain: boolean): boolean
  /** False where the packet exceeds what the client takes. */
  sendQos1(delivery: Delivery, retain: boolean, packetId: number, dup: boolean): boolean
}

/** A QoS 1 message that was sent and is not acknowledged. */
interface InFlight {
  /** In the stored queue; 0 for none. */
  key: number
  /** What it counts there. */
  sizeBytes: number
  settle?: ((acknowledged: boolean) => void) | undefined
}

const NO_KEYS: ReadonlySet<number> = new Set()

/** How many stored messages are read at once. */
const PAGE = 32

/**
 * The QoS 1 messages on their way to one client: those in flight, up to the client's window, and those that wait.
 *
 * The messages of a stored session are all in the store until they are acknowledged, in key order:
 *
 *     | in flight, unacknowledged when the client left | stored while it was away | sent since it is back | waiting |
 *     sent first, again, with DUP                        paced: up to 10/s          in flight               live, behind
 *
 * So two cursors, one for the paced part and one for the live part, tell what was not sent yet. Those of another session
 * wait in memory and end with it.
 */
export class Outbound {
  readonly #owner: string
  readonly #environment: Environment
  /** Undefined where nothing outlives the connection. */
  readonly #queue: StoredQueue | undefined
  #link: Link | undefined
  readonly #inFlight = new Map<number, InFlight>()
  #lastPacketId = 0
  /** Packet ids of an earlier connection that were not sent again yet. */
  #resend: number[] = []
  /** Keys in flight at the last attach: neither cursor sends them. */
  #resumedKeys: ReadonlySet<number> = NO_KEYS

  #pacer: TokenBucket | undefined
  #pacedCursor = 0
  #liveCursor = 0
  /** The first key of the live part, where there is one. */
  #liveStart: number | undefined
  /** Whether live messages wait in the store. */
  #behind = false
  #cancelPacing: (() => void) | undefined

  /** Of a session that is not stored. */
  readonly #held: HeldMessages

  /** `stored`: whether messages are kept in the store, under the name `owner`. */
  constructor(owner: string, stored: boolean, environment: Environment) {
    this.#owner = owner
    this.#environment = environment
    this.#held = new HeldMessages(environment.limits)
    if (stored) this.#queue = new StoredQueue(owner, environment)
  }

  /** Whether another message would be sent at once, as far as the window goes. */
  get hasRoom(): boolean {
    return this.#link !== undefined && !this.#isWaiting && this.#hasWindow
  }

  get #storedCount(): number {
    return this.#queue?.length ?? 0
  }

  get #hasWindow(): boolean {
    return this.#link !== undefined && this.#inFlight.size - this.#resend.length < this.#link.windowSize
  }

  get #isWaiting(): boolean {
    return this.#behind || this.#resend.length > 0 || !this.#held.isEmpty
  }

  /** The client is back: what it did not acknowledge is sent again, then what was stored. */
  attach(link: Link): void {
    this.#link = link
    this.#resend = [...this.#inFlight.keys()]
    this.#resumedKeys = this.#resend.length > 0 ? new Set([...this.#inFlight.values()].map(({ key }) => key)) : NO_KEYS
    this.#pacedCursor = 0
    this.#liveCursor = 0
    this.#liveStart = undefined
    const { storedMessagesPerSecond } = this.#environment.limits
    const isPaced = Number.isFinite(storedMessagesPerSecond)
    this.#pacer = isPaced ? new TokenBucket(storedMessagesPerSecond, this.#environment.clock.now()) : undefined
    this.#behind = !isPaced && this.#storedCount > 0
    this.pump()
  }

  /** Counts what the store has from before this process. */
  count(): void {
    this.#queue?.count()
  }

  /** As {@link StoredQueue.recount}. */
  recount(commits: number): void {
    this.#queue?.recount(commits)
  }

  /** The session ended, and its queue with it. */
  end(): void {
    this.#queue?.end()
  }

  detach(): void {
    if (this.#link) this.#held.drop(this.#link.memory)
    this.#link = undefined
    this.#cancelPacing?.()
    this.#cancelPacing = undefined
    for (const [packetId, { key, settle }] of this.#inFlight) {
      if (key === 0) this.#inFlight.delete(packetId)
      settle?.(false)
    }
  }

  /** Sends a message, or keeps it until it can be sent. */
  send(delivery: Delivery, retain: boolean): void {
    if (this.#queue) this.#sendStored(this.#queue, delivery, retain)
    else if (this.#link && !(this.#held.isEmpty && this.#transmit(delivery, retain, 0))) {
      const cause = this.#held.add(this.#link.memory, delivery, retain)
      if (cause) this.#environment.dropped(this.#owner, delivery.message, cause)
    }
  }

  /** Sends a message now or never. False if it cannot be; `settle` hears of its acknowledgement or loss. */
  sendNow(delivery: Delivery, settle: (acknowledged: boolean) => void): boolean {
    return this.#hasWindow && this.#transmit(delivery, false, 0, settle)
  }

  /** False for a packet id that is not in flight. */
  acknowledge(packetId: number): boolean {
    const entry = this.#inFlight.get(packetId)
    if (!entry) return false
    this.#inFlight.delete(packetId)
    if (this.#resend.length > 0) this.#resend = this.#resend.filter((id) => id !== packetId)
    if (entry.key > 0) this.#queue?.dequeue(entry.key, entry.sizeBytes)
    entry.settle?.(true)
    if (this.#isWaiting || (this.#pacer && this.#storedCount > this.#inFlight.size)) this.pump()
    return true
  }

  /** Forgets a message that was sent with {@link sendNow}, if it is still in flight. */
  abandon(settle: (acknowledged: boolean) => void): void {
    for (const entry of this.#inFlight.values()) if (entry.settle === settle) entry.settle = undefined
  }

  /** Sends what waits, as far as window, socket and rate allow. */
  pump(): void {
    if (!this.#link) return
    if (!this.#pumpResend(this.#link)) return
    if (this.#queue) {
      if (this.#behind && !this.#pumpLive(this.#queue)) return
      if (this.#pacer) this.#pumpPaced(this.#queue, this.#pacer)
    } else this.#held.drain(this.#link.memory, (kept) => this.#transmitHeld(kept))
  }

  #sendStored(queue: StoredQueue, delivery: Delivery, retain: boolean): void {
    const key = queue.enqueue(withRetain(delivery.message, retain), this.#link === undefined)
    if (key === undefined || !this.#link) return
    this.#liveStart ??= key
    if (!this.#behind && this.#resend.length === 0 && this.#transmit(delivery, retain, key)) this.#liveCursor = key
    else if (!this.#behind) {
      this.#behind = true
      this.#liveCursor = key - 1
    }
  }

  /** False where window, socket or rate do not allow it. A packet too large for the client counts as sent. */
  #transmit(delivery: Delivery, retain: boolean, key: number, settle?: (acknowledged: boolean) => void): boolean {
    const link = this.#link
    if (!link || !this.#hasWindow || !link.admit()) return false
    const packetId = this.#nextPacketId()
    if (!link.sendQos1(delivery, retain, packetId, false)) {
      if (key > 0) this.#forget(key, delivery.message) // [MQTT-3.1.2-25]
      settle?.(false)
      return true
    }
    const sizeBytes = key > 0 ? messageBytes(delivery.message) : 0
    this.#inFlight.set(packetId, settle ? { key, sizeBytes, settle } : { key, sizeBytes })
    return true
  }

  /** Sends a stored message; what expired, or what the client may not have any more, is forgotten instead. */
  #transmitStored(message: Message, key: number): boolean {
    const nowMs = this.#environment.clock.now()
    if (isExpired(message, nowMs) || !this.#link?.takes(message)) {
      this.#forget(key, message)
      return true
    }
    return this.#transmit(new Delivery(message, nowMs), message.retain, key)
  }

  /** The same for one that waited in memory. */
  #transmitHeld({ delivery, retain }: KeptDelivery): boolean {
    const nowMs = this.#environment.clock.now()
    const { message } = delivery
    if (isExpired(message, nowMs) || !this.#link?.takes(message)) return true
    return this.#transmit(delivery.at(nowMs), retain, 0)
  }

  /** [MQTT-4.4.0-1]: with their packet ids and DUP. False while some are left. */
  #pumpResend(link: Link): boolean {
    const { clock } = this.#environment
    while (this.#resend.length > 0) {
      if (!this.#hasWindow || !link.admit()) return false
      const packetId = this.#resend.shift() ?? 0
      const key = this.#inFlight.get(packetId)?.key ?? 0
      const [stored] = this.#queue?.page(key - 1, 1) ?? []
      const message = stored?.key === key ? stored.message : undefined
      const isWanted = message && !isExpired(message, clock.now()) && link.takes(message)
      if (isWanted && link.sendQos1(new Delivery(message, clock.now()), message.retain, packetId, true)) continue
      this.#inFlight.delete(packetId)
      if (message) this.#forget(key, message)
    }
    return true
  }

  /** False while some are left. */
  #pumpLive(queue: StoredQueue): boolean {
    while (this.#hasWindow) {
      const page = queue.page(this.#liveCursor, PAGE)
      if (page.length === 0) {
        this.#behind = false
        return true
      }
      for (const { key, message } of page) {
        if (!this.#resumedKeys.has(key) && !this.#transmitStored(message, key)) return false
        this.#liveCursor = key
      }
    }
    return false
  }

  #pumpPaced(queue: StoredQueue, pacer: TokenBucket): void {
    const { clock } = this.#environment
    while (this.#hasWindow) {
      const page = queue.page(this.#pacedCursor, PAGE)
      const [first] = page
      if (!first || first.key >= (this.#liveStart ?? Number.POSITIVE_INFINITY)) {
        this.#pacer = undefined
        return
      }
      for (const { key, message } of page) {
        if (key >= (this.#liveStart ?? Number.POSITIVE_INFINITY)) break
        if (!this.#resumedKeys.has(key)) {
          if (!pacer.take(clock.now())) {
            this.#pumpLater(pacer.waitMs(clock.now()))
            return
          }
          if (!this.#transmitStored(message, key)) return
        }
        this.#pacedCursor = key
      }
    }
  }

  #pumpLater(delayMs: number): void {
    if (this.#cancelPacing) return
    this.#cancelPacing = this.#environment.clock.after(delayMs, () => {
      this.#cancelPacing = undefined
      this.pump()
    })
  }

  #forget(key: number, message: Message): void {
    this.#queue?.dequeue(key, messageBytes(message))
  }

  #nextPacketId(): number {
    do this.#lastPacketId = this.#lastPacketId === 0xffff ? 1 : this.#lastPacketId + 1
    while (this.#inFlight.has(this.#lastPacketId))
    return this.#lastPacketId
  }
}

export function isExpired(message: Message, nowMs: number): boolean {
  return message.expiresAtMs !== undefined && message.expiresAtMs <= nowMs
}

function withRetain(message: Message, retain: boolean): Message {
  return message.retain === retain ? message : { ...message, retain }
}
