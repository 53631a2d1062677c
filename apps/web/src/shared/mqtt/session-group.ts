import type { Clock } from './clock.ts'
import { GroupTraffic } from './group-traffic.ts'
import type { PublishReceipt } from './line.ts'
import type { MqttMessage, PublishRequest, SubscriptionRequest } from './message.ts'
import { MqttSession, type SessionListener, type SessionParts } from './session.ts'
import {
  AWS_CONNECTION_LIMITS,
  fewestConnections,
  type SpreadPlan,
  type SpreadStrategy,
  whyNotShare,
} from './spread-plan.ts'
import { spreadReport } from './spread-report.ts'
import { nextStep, type SpreadStep } from './spread-step.ts'
import { StandstillWatch } from './standstill.ts'
import type { ConnectionView, MqttStatus, SpreadSettings } from './status.ts'
import type { SubscriptionState } from './subscription-table.ts'
import { SubscriptionWishes } from './subscription-wishes.ts'
import { ANY_CONNECTION, TopicRouting } from './topic-routing.ts'

const DEFAULT_SPREAD: SpreadSettings = { mode: 'offer', maxConnections: 8 }

const REFUSED_NO_ROOM = {
  kind: 'refused',
  code: 0x97,
  reason: 'no connection has room for it: each holds 50 subscriptions',
} as const

export interface GroupListener extends SessionListener {
  /** A connection ran at the broker's limit: more was probably discarded. */
  onLimit(fromMs: number, toMs: number, reason: string): void
  /** Nothing ran here in between: what came then bears the time at its end. */
  onStandstill(fromMs: number, toMs: number): void
}

/**
 * The operator's MQTT session, over as many connections as it takes: one, until there are more subscriptions than one
 * holds, or a rate at which AWS discards. Looks like one session from outside; the first connection is the main one,
 * which publishes.
 *
 * A topic that filters on several connections match comes once on each. It is taken from the first of them that is
 * connected, so each message passes once. Shared subscriptions come on one connection only, whichever it is.
 */
export class MqttSessionGroup {
  readonly #parts: SessionParts
  readonly #listener: GroupListener
  readonly #strategy: SpreadStrategy
  readonly #clock: Clock
  readonly #wishes = new SubscriptionWishes()
  readonly #traffic: GroupTraffic
  readonly #watch: StandstillWatch
  readonly #sessions: MqttSession[] = []
  readonly #shares = new Map<string, number>()
  readonly #apart = new Set<string>()
  /** Filters that the broker refused to share, and why. */
  readonly #notShared = new Map<string, string>()
  readonly #routing = new TopicRouting()
  #settings = DEFAULT_SPREAD
  #plan: SpreadPlan = { connections: [[]], places: new Map(), shared: new Map(), unplaced: [] }
  #offer: SpreadStep | undefined
  #isStarted = false
  #isOnline = true

  constructor(parts: SessionParts, listener: GroupListener, strategy?: SpreadStrategy) {
    this.#parts = parts
    this.#listener = listener
    this.#clock = parts.clock
    this.#strategy = strategy ?? fewestConnections(`thingdeck-${parts.tabId}`)
    this.#watch = new StandstillWatch(parts.clock, (fromMs, toMs) => this.#stoodStill(fromMs, toMs))
    this.#traffic = new GroupTraffic({
      clock: parts.clock,
      received: () => this.#sessions.map(({ received }) => received),
      onLimit: (connection, fromMs, toMs) => this.#tellLimit(connection, fromMs, toMs),
      onSecond: () => {
        this.#dropRefusedShares()
        this.#consider()
      },
    })
    this.#addSession()
  }

  get isConnected(): boolean {
    return this.#main.isConnected
  }

  start(): void {
    this.#isStarted = true
    this.#watch.start()
    for (const session of this.#sessions) session.start()
  }

  stop(): void {
    this.#isStarted = false
    this.#watch.stop()
    for (const session of this.#sessions) session.stop()
  }

  setOnline(online: boolean): void {
    this.#isOnline = online
    for (const session of this.#sessions) session.setOnline(online)
  }

  retryNow(): void {
    for (const session of this.#sessions) session.retryNow()
  }

  /** @throws {PublishRefused} */
  publish(request: PublishRequest): Promise<PublishReceipt> {
    return this.#main.publish(request)
  }

  /** Makes `requests` all that `consumer` is subscribed to. */
  setSubscriptions(consumer: string, requests: readonly SubscriptionRequest[]): void {
    this.#wishes.replace(consumer, requests)
    const filters = new Set(this.#wishes.filters)
    for (const filter of this.#shares.keys()) {
      if (!filters.has(filter) || whyNotShare(filter, [...filters])) this.#shares.delete(filter)
    }
    for (const filter of this.#apart) if (!filters.has(filter)) this.#apart.delete(filter)
    this.#offer = undefined
    this.#apply(consumer)
  }

  setSpread(settings: SpreadSettings): void {
    this.#settings = { ...settings, maxConnections: Math.min(20, Math.max(1, Math.floor(settings.maxConnections))) }
    if (settings.mode === 'off') {
      this.#shares.clear()
      this.#apart.clear()
      this.#offer = undefined
    }
    this.#apply()
  }

  /** Takes up what is offered. */
  acceptSpread(): void {
    const step = this.#offer
    if (!step) return
    this.#offer = undefined
    for (const [filter, count] of step.shares) this.#shares.set(filter, count)
    for (const filter of step.apart) this.#apart.add(filter)
    this.#traffic.reset()
    this.#apply()
    const nowMs = this.#clock.nowMs()
    this.#listener.onLimit(
      nowMs,
      nowMs,
      'subscriptions were moved between connections: messages of that moment may be missing',
    )
  }

  /** How one filter stands; undefined when nobody wants it. */
  subscription(filter: string): SubscriptionState | undefined {
    const request = this.#wishes.requests.find((each) => each.filter === filter)
    if (!request) return undefined
    if (this.#plan.unplaced.includes(filter)) return { ...request, status: REFUSED_NO_ROOM }
    const shared = this.#plan.shared.get(filter)
    const states = shared
      ? this.#sessions.flatMap((session) => session.subscription(shared) ?? [])
      : [this.#sessions[this.#plan.places.get(filter) ?? 0]?.subscription(filter)]
    const worst =
      states.find((state) => state?.status.kind === 'refused') ??
      states.find((state) => state?.status.kind === 'pending') ??
      states[0]
    return { ...request, status: worst?.status ?? { kind: 'pending' } }
  }

  status(): MqttStatus {
    const statuses = this.#sessions.map((session) => session.status())
    const [main] = statuses
    if (!main) throw new Error('There is always a main connection')
    const sum = (figure: (status: MqttStatus) => number) =>
      statuses.reduce((total, status) => total + figure(status), 0)
    const [openGap] = statuses.flatMap((status) => status.openGap ?? []).sort((one, other) => one.fromMs - other.fromMs)
    return {
      ...main,
      ...(openGap ? { openGap } : {}),
      subscriptions: this.#wishes.requests.flatMap(({ filter }) => this.subscription(filter) ?? []),
      messagesPerSecond: sum((status) => status.messagesPerSecond),
      received: sum((status) => status.received),
      ...(statuses.length > 1
        ? { connections: statuses.map((status, index) => this.#connectionView(status, index)) }
        : {}),
      spread: spreadReport({
        plan: this.#plan,
        settings: this.#settings,
        filters: this.#wishes.filters.length,
        apart: this.#apart,
        notShared: [...this.#notShared.values()],
        offer: this.#offer,
      }),
    }
  }

  get #main(): MqttSession {
    const [main] = this.#sessions
    if (!main) throw new Error('There is always a main connection')
    return main
  }

  #addSession(): void {
    const number = this.#sessions.length
    const tabId = number === 0 ? this.#parts.tabId : `${this.#parts.tabId}-${String.fromCharCode(0x61 + number)}`
    const session = new MqttSession(
      { ...this.#parts, tabId, look: () => this.#watch.look() },
      {
        onMessage: (message, consumers) => this.#receive(number, message, consumers),
        onStatus: () => this.#changed(),
        onGap: (fromMs, toMs, reason) =>
          this.#listener.onGap(fromMs, toMs, number === 0 ? reason : `connection ${number + 1}: ${reason}`),
      },
    )
    this.#sessions.push(session)
    this.#traffic.setConnections(this.#sessions.length)
    if (!this.#isOnline) session.setOnline(false)
    if (this.#isStarted) session.start()
  }

  /** Plans anew and holds the connections to it. `gone`: a consumer that may want nothing any more. */
  #apply(gone?: string): void {
    const { requests, byConsumer } = this.#wishes
    this.#plan = this.#strategy.plan({
      requests,
      settings: this.#settings,
      shares: this.#shares,
      apart: this.#apart,
      present: this.#plan.places,
    })
    this.#routing.replace({ wishes: byConsumer, places: this.#plan.places }, this.#wishes.filters)
    const { connections } = this.#plan
    while (this.#sessions.length < connections.length) this.#addSession()
    const consumers = new Set([...byConsumer.keys(), ...(gone === undefined ? [] : [gone])])
    for (const [index, session] of this.#sessions.entries()) {
      const here = new Map((connections[index] ?? []).map((each) => [each.filter, each]))
      for (const consumer of consumers) {
        const wanted = (byConsumer.get(consumer) ?? []).flatMap(({ filter, qos }) => {
          const request = here.get(this.#plan.shared.get(filter) ?? filter)
          return request ? [{ filter: request.filter, qos }] : []
        })
        session.setSubscriptions(consumer, wanted)
      }
    }
    while (this.#sessions.length > connections.length) this.#sessions.pop()?.stop()
    this.#traffic.setConnections(this.#sessions.length)
    this.#changed()
  }

  #receive(number: number, message: MqttMessage, consumers: readonly string[]): void {
    this.#traffic.count(this.#routing.filtersOf(message.topic))
    if (this.#sessions.length === 1) {
      this.#listener.onMessage(message, consumers)
      return
    }
    const isConnected = (connection: number) => this.#sessions[connection]?.isConnected ?? false
    const mine = consumers.filter((consumer) => {
      const owner = this.#routing.ownerOf(message.topic, consumer, isConnected)
      return owner === number || owner === ANY_CONNECTION
    })
    this.#listener.onMessage(message, mine)
  }

  #stoodStill(fromMs: number, toMs: number): void {
    this.#listener.onStandstill(fromMs, toMs)
    for (const session of this.#sessions) session.stoodStill(fromMs)
  }

  #tellLimit(connection: number, fromMs: number, toMs: number): void {
    const where = this.#sessions.length === 1 ? 'the connection' : `connection ${connection + 1}`
    const limit = AWS_CONNECTION_LIMITS.messagesPerSecond
    this.#listener.onLimit(
      fromMs,
      toMs,
      `${where} stood at ${limit} messages a second, which is all that AWS IoT Core passes; more were probably discarded`,
    )
  }

  /** The role's policy may not admit `$share/…`: the filter then goes back to one connection, and says so. */
  #dropRefusedShares(): void {
    for (const [filter, shared] of this.#plan.shared) {
      const refused = this.#sessions
        .map((session) => session.subscription(shared)?.status)
        .find((status) => status?.kind === 'refused')
      if (refused?.kind !== 'refused') continue
      this.#notShared.set(filter, `${filter} cannot be shared: ${refused.reason}`)
      this.#shares.delete(filter)
      this.#apply()
    }
  }

  /** A connection at the limit: what could be done, and in mode `auto` it is done. */
  #consider(): void {
    if (this.#settings.mode === 'off') return
    const full = this.#traffic.connectionAtLimit
    const before = this.#offer
    this.#offer =
      full === undefined
        ? before
        : nextStep(full, {
            filters: this.#wishes.filters,
            plan: this.#plan,
            shares: this.#shares,
            apart: this.#apart,
            notShared: this.#notShared,
            rates: this.#traffic.rates,
            maxConnections: this.#settings.maxConnections,
          })
    if (this.#offer && this.#settings.mode === 'auto') this.acceptSpread()
    else if (this.#offer !== before) this.#changed()
  }

  #connectionView(status: MqttStatus, index: number): ConnectionView {
    return {
      ...(status.clientId === undefined ? {} : { clientId: status.clientId }),
      state: status.connection.state,
      filters: (this.#plan.connections[index] ?? []).map(({ filter }) => filter),
      messagesPerSecond: status.messagesPerSecond,
    }
  }

  #changed(): void {
    this.#routing.connectionsChanged()
    if (this.#sessions.length > 0) this.#listener.onStatus(this.status())
  }
}
