import { KeptByTopic, matchedFilter, TopicFilterTrie } from '@thingdeck/topics'
import type { SubscriptionRequest } from './codec/decode.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import type { Environment } from './outbound.ts'
import { type Membership, Session, type Subscription } from './session.ts'
import { SharedGroup } from './shared-group.ts'
import { type Route, routeOf, type Subscriber } from './subscription.ts'

/** MQTT 5: a session that does not expire (§3.1.2.11.2). */
const NEVER = 0xffff_ffff

/** All sessions, connected or not, and what they subscribed to. */
export class SessionRegistry {
  readonly #environment: Environment
  readonly #random: () => number
  readonly #sessions = new Map<string, Session>()
  readonly #groups = new Map<string, SharedGroup>()
  readonly #filters: TopicFilterTrie<Subscriber>
  /** Those that a subscription may concern are forgotten whenever it comes or goes. */
  readonly #routes: KeptByTopic<Route>

  constructor(environment: Environment, options: { random: () => number; hashMatchesParent: boolean }) {
    this.#environment = environment
    this.#random = options.random
    this.#filters = new TopicFilterTrie({ hashMatchesParent: options.hashMatchesParent })
    this.#routes = new KeptByTopic((topic) => routeOf(this.#filters.matching(topic)))
  }

  get(clientId: string): Session | undefined {
    return this.#sessions.get(clientId)
  }

  /** Who gets the messages of a topic. Good until the next subscription comes or goes. */
  route(topic: string): Route {
    return this.#routes.get(topic)
  }

  /** Begins a session of which nothing is left from an earlier one, whatever became of that one's end in the store. */
  open(clientId: string, protocolVersion: ProtocolVersion, expirySeconds: number): Session {
    this.#environment.store.deleteSession(clientId)
    return this.#take(clientId, protocolVersion, expirySeconds)
  }

  /** Forgets a session, its subscriptions and what is queued for it. */
  end(session: Session): void {
    session.cancelExpiry?.()
    for (const filter of [...session.subscriptions.keys()]) this.unsubscribe(session, filter)
    if (this.#sessions.get(session.clientId) === session) this.#sessions.delete(session.clientId)
    if (!session.isStored) return
    session.outbound.end()
    session.uncount()
    this.#environment.store.deleteSession(session.clientId)
  }

  /** The client went: its session ends now, or when it expires. */
  leave(session: Session): void {
    session.detach(this.#environment.clock.now())
    if (session.expirySeconds === 0) this.end(session)
    else {
      this.#expireAfter(session, session.expirySeconds * 1000)
      session.save()
    }
  }

  /**
   * Adds or replaces a subscription; the session is not saved. False where it is there already, as it should be: whoever
   * sends it again and again, as devices do that come back, costs the others nothing.
   */
  subscribe(session: Session, request: SubscriptionRequest & { qos: 0 | 1 }): boolean {
    const { filter, qos, noLocal, retainAsPublished } = request
    if (isSame(session.subscriptions.get(filter), request)) return false
    if (filter.startsWith('$share/')) {
      const group = this.#group(filter)
      group.join(session, qos)
      session.subscriptions.set(filter, { kind: 'shared', group, qos })
    } else {
      this.unsubscribe(session, filter)
      const subscription = { kind: 'ordinary', session, filter, qos, noLocal, retainAsPublished } as const
      session.subscriptions.set(filter, subscription)
      this.#filters.add(filter, subscription)
    }
    this.#routes.forget(matchedFilter(filter))
    return true
  }

  /** False where there was none; the session is not saved. */
  unsubscribe(session: Session, filter: string): boolean {
    const subscription = session.subscriptions.get(filter)
    if (!subscription) return false
    session.subscriptions.delete(filter)
    if (subscription.kind === 'ordinary') this.#filters.remove(filter, subscription)
    else {
      const group = this.#group(filter)
      group.leave(session)
      if (group.isEmpty) this.#endGroup(group)
    }
    this.#routes.forget(matchedFilter(filter))
    return true
  }

  /** Takes over what the store has from before this process. Sessions that were connected then have left now. */
  load(): void {
    const { store, clock } = this.#environment
    for (const stored of [...store.sessions()]) {
      const { clientId, protocolVersion, sessionExpirySeconds, subscriptions } = stored
      const leftAtMs = stored.disconnectedAtMs ?? clock.now()
      const restMs = leftAtMs + sessionExpirySeconds * 1000 - clock.now()
      if (restMs <= 0 && sessionExpirySeconds !== NEVER) {
        store.deleteSession(clientId)
        continue
      }
      const session = this.#take(clientId, protocolVersion, sessionExpirySeconds)
      session.disconnectedAtMs = leftAtMs
      session.outbound.count()
      for (const each of subscriptions) this.subscribe(session, { ...each, retainHandling: 0 })
      if (stored.disconnectedAtMs === undefined) session.save()
      else session.count()
      this.#expireAfter(session, restMs)
    }
  }

  /** What was stored after that many commits is lost: queues that it concerns are counted again. */
  recount(commits: number): void {
    for (const session of this.#sessions.values()) session.outbound.recount(commits)
    for (const group of this.#groups.values()) group.recount(commits)
  }

  /** Stops all timers; sessions stay in the store. */
  close(): void {
    for (const session of this.#sessions.values()) session.cancelExpiry?.()
    for (const group of this.#groups.values()) group.stop()
  }

  #take(clientId: string, protocolVersion: ProtocolVersion, expirySeconds: number): Session {
    const session = new Session({ clientId, protocolVersion, expirySeconds }, this.#environment)
    this.#sessions.set(clientId, session)
    return session
  }

  #expireAfter(session: Session, delayMs: number): void {
    if (session.expirySeconds === NEVER) return
    session.cancelExpiry = this.#environment.clock.after(delayMs, () => this.end(session))
  }

  #group(filter: string): SharedGroup {
    let group = this.#groups.get(filter)
    if (!group) {
      group = new SharedGroup(filter, this.#environment, this.#random)
      this.#groups.set(filter, group)
      this.#filters.add(matchedFilter(filter), group)
    }
    return group
  }

  #endGroup(group: SharedGroup): void {
    group.end()
    this.#groups.delete(group.filter)
    this.#filters.remove(matchedFilter(group.filter), group)
  }
}

function isSame(
  existing: Subscription | Membership | undefined,
  { qos, noLocal, retainAsPublished }: SubscriptionRequest,
): boolean {
  if (existing?.qos !== qos) return false
  return (
    existing.kind === 'shared' || (existing.noLocal === noLocal && existing.retainAsPublished === retainAsPublished)
  )
}
