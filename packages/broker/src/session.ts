import { BudgetShare, ENTRY_BYTES } from './byte-budget.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import type { Delivery } from './delivery.ts'
import { type Environment, type Link, Outbound } from './outbound.ts'
import type { StoredSession, StoredSubscription } from './types.ts'

/** One subscription of one session. */
export interface Subscription extends StoredSubscription {
  kind: 'ordinary'
  session: Session
}

/** A session's part in a shared subscription. */
export interface Membership {
  kind: 'shared'
  group: MembershipGroup
  qos: 0 | 1
}

/** What a session tells the group that it is a member of. */
interface MembershipGroup {
  /** The member connected, or its connection ended. */
  changed(): void
  /** The member can take what is queued. */
  drain(): void
}

/** What the broker keeps for a client id (MQTT 5.0 §4.1); it may outlive the connection. */
export class Session {
  readonly clientId: string
  readonly protocolVersion: ProtocolVersion
  /** Whether it is in the store: it was made to outlive its connection. */
  readonly isStored: boolean
  readonly outbound: Outbound
  /** By filter, with `$share/name/` where given. */
  readonly subscriptions = new Map<string, Subscription | Membership>()
  /** 0: ends with its connection. */
  expirySeconds: number
  link: Link | undefined
  disconnectedAtMs: number | undefined
  cancelExpiry: (() => void) | undefined
  readonly #environment: Environment
  readonly #share: BudgetShare

  constructor(
    options: { clientId: string; protocolVersion: ProtocolVersion; expirySeconds: number },
    environment: Environment,
  ) {
    this.clientId = options.clientId
    this.protocolVersion = options.protocolVersion
    this.expirySeconds = options.expirySeconds
    this.isStored = options.expirySeconds > 0
    this.#environment = environment
    this.#share = new BudgetShare(environment.storage)
    this.outbound = new Outbound(this.clientId, this.isStored, environment)
  }

  get isOnline(): boolean {
    return this.link !== undefined
  }

  attach(link: Link): void {
    this.cancelExpiry?.()
    this.cancelExpiry = undefined
    this.disconnectedAtMs = undefined
    this.link = link
    for (const group of this.#groups()) group.changed()
  }

  detach(nowMs: number): void {
    this.link = undefined
    this.disconnectedAtMs = nowMs
    this.outbound.detach()
    for (const group of this.#groups()) group.changed()
  }

  /** What was sent to it and stored for it, now that its client was told that it is connected. */
  resume(link: Link): void {
    this.outbound.attach(link)
    for (const group of this.#groups()) group.drain()
  }

  /** Delivers to the client if it is there, else keeps what has to be kept. */
  deliver(delivery: Delivery, qos: 0 | 1, retain: boolean): void {
    if (qos === 1) this.outbound.send(delivery, retain)
    else this.link?.sendQos0(delivery, retain)
  }

  /** Whether the store may have more of it: it counts there, like what is queued. */
  get hasRoom(): boolean {
    return !this.isStored || this.#share.hasRoom
  }

  /** Counts what the store has of it. */
  count(): void {
    let bytes = Buffer.byteLength(this.clientId) + ENTRY_BYTES
    for (const filter of this.subscriptions.keys()) bytes += Buffer.byteLength(filter) + ENTRY_BYTES
    this.#share.add(bytes - this.#share.bytes)
  }

  /** The store has nothing of it any more. */
  uncount(): void {
    this.#share.add(-this.#share.bytes)
  }

  /** Writes it to the store, if that is where it belongs. */
  save(): void {
    if (!this.isStored) return
    this.count()
    const stored: StoredSession = {
      clientId: this.clientId,
      protocolVersion: this.protocolVersion,
      sessionExpirySeconds: this.expirySeconds,
      subscriptions: [...this.subscriptions].map(([filter, subscription]) => toStored(filter, subscription)),
    }
    if (this.disconnectedAtMs !== undefined) stored.disconnectedAtMs = this.disconnectedAtMs
    this.#environment.store.putSession(stored)
  }

  #groups(): MembershipGroup[] {
    return [...this.subscriptions.values()].flatMap((each) => (each.kind === 'shared' ? each.group : []))
  }
}

function toStored(filter: string, subscription: Subscription | Membership): StoredSubscription {
  if (subscription.kind === 'shared') {
    return { filter, qos: subscription.qos, noLocal: false, retainAsPublished: false }
  }
  const { qos, noLocal, retainAsPublished } = subscription
  return { filter, qos, noLocal, retainAsPublished }
}
