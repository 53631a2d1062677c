import type { MqttWriter } from '@thingdeck/contract'
import { messageOf } from '../message-of.ts'
import type { Clock } from './clock.ts'
import {
  type Connection,
  type ConnectionEvent,
  type ConnectionState,
  NOT_STARTED,
  nextConnection,
} from './connection-state.ts'
import { CredentialsRefused, type FetchCredentials, type MqttCredentials, renewAtMs } from './credentials.ts'
import { Handover } from './handover.ts'
import { hearOut, type Place } from './hear-out.ts'
import { type Line, type OpenLine, type PublishReceipt, PublishRefused } from './line.ts'
import { LineSubscriptions } from './line-subscriptions.ts'
import type { MqttMessage, PublishRequest, SubscriptionRequest } from './message.ts'
import { RateMeter } from './rate-meter.ts'
import type { MqttStatus } from './status.ts'
import { type SubscriptionState, SubscriptionTable } from './subscription-table.ts'

export interface SessionParts {
  readonly fetchCredentials: FetchCredentials
  /** The URL to open now: a signature is good for minutes, so each attempt has its own. */
  readonly sign: (credentials: MqttCredentials) => Promise<string>
  readonly openLine: OpenLine
  readonly clock: Clock
  /** A draw from [0, 1). */
  readonly random: () => number
  /** Tells this browser tab from the person's others, in the client id. */
  readonly tabId: string
  /** Called before what happened on a connection is given a time: see `StandstillWatch`. */
  readonly look?: () => void
}

export interface SessionListener {
  onMessage(message: MqttMessage, consumers: readonly string[]): void
  onStatus(status: MqttStatus): void
  /** The stream has a hole: what was published at QoS 0 between the two (epoch ms) is not in it. */
  onGap(fromMs: number, toMs: number, reason: string): void
}

/** A broker that does not answer is waited for no longer. */
const LONGEST_HANDOVER_MS = 60_000
const RENEWAL_RETRY_MS = 30_000
/** However soon credentials end, or seem to: renewing is no loop. */
const LEAST_BETWEEN_RENEWALS_MS = 10_000
/** Credentials with less life than this are not worth connecting with. */
const LEAST_LIFE_MS = 60_000

/**
 * The operator's MQTT session: connects, signs anew for each attempt, comes back by itself, and replaces the
 * connection before its credentials expire without a hole in the stream. Wishes for topic filters survive all of it.
 */
export class MqttSession {
  readonly #parts: SessionParts
  readonly #listener: SessionListener
  readonly #table = new SubscriptionTable()
  readonly #meter: RateMeter
  #connection: Connection = NOT_STARTED
  #credentials: MqttCredentials | undefined
  #current: Place = {}
  /** Opened to replace the current one, and not subscribed to everything yet. */
  #successor: Place | undefined
  /** Was replaced by the current one, and has not said its last yet. */
  #retiring: Place | undefined
  /** While two connections bring the same messages. */
  #handover: Handover | undefined
  /** Of the connection that was opened last. */
  #lastWriter: MqttWriter | undefined
  /** What the broker's session of this client id may hold from before the connection dropped. */
  #leftBehind: { readonly clientId: string; readonly filters: readonly string[] } | undefined
  #generation = 0
  /** Counts the states entered: what an older one had under way is dropped when it comes back. */
  #epoch = 0
  #abort = new AbortController()
  #cancelTimer: () => void = () => {}
  /** When the stream broke off, if subscriptions were in force then. */
  #gap: { readonly fromMs: number; readonly reason: string } | undefined

  constructor(parts: SessionParts, listener: SessionListener) {
    this.#parts = parts
    this.#listener = listener
    this.#meter = new RateMeter(parts.clock, () => this.#tell())
  }

  start(): void {
    this.#dispatch({ type: 'start' })
  }

  /** The person's session is over. If it goes on, with credentials of its own, the stream has a hole. */
  stop(): void {
    this.#beginGap(this.#current, 'nobody was signed in')
    this.#dispatch({ type: 'stop' })
    this.#credentials = undefined
  }

  /** The browser's `online` and `offline` events. */
  setOnline(online: boolean): void {
    this.#dispatch({ type: online ? 'came-online' : 'went-offline' })
  }

  /** Tries now instead of when the wait is over. */
  retryNow(): void {
    this.#dispatch({ type: this.#connection.state.kind === 'failed' ? 'start' : 'retry' })
  }

  /** Makes `requests` all that `consumer` is subscribed to, now and after every reconnect. */
  setSubscriptions(consumer: string, requests: readonly SubscriptionRequest[]): void {
    this.#table.replace(consumer, requests)
    for (const place of [this.#current, this.#successor]) if (place) void this.#subscribe(place)
    this.#tell()
  }

  /** @throws {PublishRefused} */
  async publish(request: PublishRequest): Promise<PublishReceipt> {
    if (!this.#current.line) throw new PublishRefused('NOT_CONNECTED', 'The MQTT session is not connected.')
    return await this.#current.line.publish(request)
  }

  /** Messages received since the page was opened. */
  get received(): number {
    return this.#meter.total
  }

  get isConnected(): boolean {
    return this.#current.line !== undefined
  }

  status(): MqttStatus {
    const { line, writer = this.#lastWriter } = this.#current
    return {
      connection: this.#connection,
      ...(line ? { clientId: line.clientId } : {}),
      ...(writer ? { writer } : {}),
      ...(this.#credentials
        ? { endpoint: new URL(this.#credentials.info.url).host, credentialsExpireAtMs: this.#credentials.expiresAtMs }
        : {}),
      subscriptions: this.#table.states(),
      ...(this.#gap ? { openGap: this.#gap } : {}),
      messagesPerSecond: this.#meter.perSecond,
      received: this.#meter.total,
    }
  }

  /** How one filter stands; undefined when nobody wants it. */
  subscription(filter: string): SubscriptionState | undefined {
    return this.#table.stateOf(filter)
  }

  #tell(): void {
    this.#listener.onStatus(this.status())
  }

  #dispatch(event: ConnectionEvent): void {
    const before = this.#connection
    const moment = { nowMs: this.#parts.clock.nowMs(), random: this.#parts.random() }
    this.#connection = nextConnection(before, event, moment)
    if (this.#connection === before) return
    if (this.#connection.state !== before.state) this.#enter(this.#connection.state)
    this.#tell()
  }

  #enter(state: ConnectionState): void {
    this.#epoch += 1
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#cancelTimer()
    if (state.kind !== 'connected') this.#dropLines()
    if (state.kind === 'fetching-credentials') void this.#fetch()
    if (state.kind === 'connecting') void this.#connect()
    if (state.kind === 'connected') this.#scheduleRenewal()
    if (state.kind === 'waiting') {
      this.#after(state.retryAtMs - this.#parts.clock.nowMs(), () => this.#dispatch({ type: 'retry' }))
    }
  }

  #after(delayMs: number, action: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#parts.clock.after(Math.max(0, delayMs), action)
  }

  #dropLines(): void {
    const places = [this.#current, this.#successor, this.#retiring]
    this.#current = {}
    this.#successor = undefined
    this.#retiring = undefined
    this.#handover = undefined
    for (const place of places) place?.line?.end()
    this.#meter.stop()
    this.#table.disconnected()
  }

  #fetchCredentials(): Promise<MqttCredentials> {
    const asking = { tab: this.#parts.tabId, generation: this.#generation }
    return this.#parts.fetchCredentials(this.#abort.signal, asking)
  }

  async #fetch(): Promise<void> {
    const epoch = this.#epoch
    const held = this.#credentials
    try {
      if (!held || this.#parts.clock.nowMs() > held.expiresAtMs - LEAST_LIFE_MS) {
        const fetched = await this.#fetchCredentials()
        if (epoch !== this.#epoch) return
        this.#credentials = fetched
      }
      this.#dispatch({ type: 'credentials-ready' })
    } catch (error) {
      if (epoch === this.#epoch) this.#dispatch({ type: 'credentials-refused', ...refusal(error) })
    }
  }

  async #connect(): Promise<void> {
    const epoch = this.#epoch
    const credentials = this.#credentials
    if (!credentials) return
    const place: Place = {}
    this.#current = place
    try {
      // The same client id as before the drop, so that the broker's session, and its QoS 1 messages, are found again.
      const line = await this.#open(place, credentials, this.#generation === 0)
      if (epoch !== this.#epoch) {
        line.end()
        return
      }
      const left = this.#leftBehind
      this.#occupy(place, line, left?.clientId === line.clientId ? left.filters : [])
      this.#dispatch({ type: 'opened' })
      if ((await this.#subscribe(place)) && this.#current === place) this.#closeGap()
    } catch (error) {
      if (epoch !== this.#epoch) return
      this.#credentials = undefined // perhaps it was they: the next attempt asks for new ones
      this.#dispatch({ type: 'lost', reason: messageOf(error) })
    }
  }

  async #open(place: Place, credentials: MqttCredentials, newClientId: boolean): Promise<Line> {
    const url = await this.#parts.sign(credentials)
    if (newClientId) this.#generation += 1
    const clientId = `${credentials.info.clientIdPrefix}${this.#parts.tabId}-${this.#generation}`
    const line = await this.#parts.openLine(
      { url, clientId, cleanStart: newClientId },
      {
        onArrival: () => this.#parts.look?.(),
        onMessage: (message) => this.#receive(place, message),
        onClose: (reason) => this.#closed(place, reason),
      },
    )
    place.writer = { sessionKey: credentials.info.sessionKey, clientId }
    this.#lastWriter = place.writer
    return line
  }

  #occupy(place: Place, line: Line, leftBehind: readonly string[] = []): void {
    place.line = line
    place.subscriptions = new LineSubscriptions(
      line,
      (filter, status) => {
        if (place === this.#current) this.#table.answered(filter, status)
      },
      leftBehind,
    )
  }

  /**
   * Nothing ran here from then on. What the broker had sent until now, and what it sends until it has answered a question,
   * may have come at any time since; and a connection that is found closed may have been so as long.
   */
  stoodStill(sinceMs: number): void {
    for (const place of [this.#current, this.#retiring]) {
      if (!place?.line) continue
      place.waitedSinceMs ??= sinceMs
      place.line.roundTrip().then(
        () => delete place.waitedSinceMs,
        () => {}, // it was closed meanwhile, and brings nothing more
      )
    }
  }

  #receive(place: Place, received: MqttMessage): void {
    const { waitedSinceMs } = place
    const message = waitedSinceMs === undefined ? received : { ...received, notBeforeMs: waitedSinceMs }
    const isOld = place === this.#retiring || (place === this.#current && this.#successor !== undefined)
    if (!isOld && place !== this.#current && place !== this.#successor) return
    if (place === this.#retiring) place.heardAtMs = this.#parts.clock.nowMs()
    // A shared subscription brings each message on one connection only.
    const mayComeTwice = this.#handover !== undefined && !this.#table.isShared(message.topic)
    if (mayComeTwice && !this.#handover?.admits(isOld ? 'old' : 'new', message)) return
    this.#meter.count()
    this.#listener.onMessage(message, this.#table.consumersOf(message.topic))
  }

  #closed(place: Place, why: string): void {
    this.#parts.look?.()
    if (place === this.#successor) {
      this.#abandonSuccessor()
      return
    }
    if (place === this.#retiring) this.#retiring = undefined
    if (place !== this.#current) return
    this.#beginGap(place, why)
    const { line, subscriptions } = place
    this.#leftBehind = line && { clientId: line.clientId, filters: subscriptions?.maybeInForce ?? [] }
    delete place.line // it is gone: there is nobody to say DISCONNECT to
    this.#dispatch({ type: 'lost', reason: why })
  }

  #beginGap({ line, waitedSinceMs }: Place, why: string): void {
    if (!line || this.#table.states().length === 0) return
    const reason = waitedSinceMs === undefined ? why : `${why}; when is not known, as the browser stood still`
    this.#gap ??= { fromMs: waitedSinceMs ?? this.#parts.clock.nowMs(), reason }
  }

  #closeGap(): void {
    const gap = this.#gap
    this.#gap = undefined
    if (!gap) return
    this.#listener.onGap(gap.fromMs, this.#parts.clock.nowMs(), gap.reason)
    this.#tell()
  }

  /** Whether the broker has answered for everything that is wanted; not if the connection ended before. */
  async #subscribe({ subscriptions }: Place): Promise<boolean> {
    try {
      await subscriptions?.want(this.#table.all())
      this.#tell()
      return subscriptions !== undefined
    } catch {
      return false // the next connection subscribes to everything anew
    }
  }

  #scheduleRenewal(): void {
    const nowMs = this.#parts.clock.nowMs()
    if (!this.#credentials) return
    const inMs = renewAtMs(nowMs, this.#credentials.expiresAtMs) - nowMs
    this.#after(Math.max(inMs, LEAST_BETWEEN_RENEWALS_MS), () => void this.#renew())
  }

  /** Make before break: the successor is connected and subscribed before the old connection is ended. */
  async #renew(): Promise<void> {
    const epoch = this.#epoch
    const place: Place = {}
    try {
      const credentials = await this.#fetchCredentials()
      if (epoch !== this.#epoch) return
      const line = await this.#open(place, credentials, true)
      if (epoch !== this.#epoch) {
        line.end()
        return
      }
      this.#occupy(place, line)
      this.#credentials = credentials
      this.#successor = place
      this.#handover = new Handover()
      const isSubscribed = await this.#subscribe(place)
      if (isSubscribed && this.#successor === place) this.#succeed(place)
    } catch (error) {
      if (epoch !== this.#epoch || (error instanceof CredentialsRefused && error.final)) return
      this.#abandonSuccessor()
    }
  }

  /** From here on the successor is the connection; the old one is heard out. */
  #succeed(place: Place): void {
    const old = this.#current
    this.#current = place
    this.#successor = undefined
    this.#retiring = old
    void this.#subscribe(place) // its answers, which may be others, are those that count now
    this.#scheduleRenewal()
    void this.#hearOut(old, place)
  }

  /** From then on nothing comes twice. A broker that does not answer is not waited for for ever. */
  async #hearOut(old: Place, successor: Place): Promise<void> {
    const handover = this.#handover
    const { clock } = this.#parts
    let giveUp = () => {}
    const longest = new Promise<void>((resolve) => {
      giveUp = clock.after(LONGEST_HANDOVER_MS, resolve)
    })
    await Promise.race([hearOut(old, successor, clock), longest])
    giveUp()
    old.line?.end()
    if (this.#handover !== handover) return // all of it was dropped, or replaced by the next
    this.#handover = undefined
    this.#retiring = undefined
  }

  #abandonSuccessor(): void {
    this.#successor?.line?.end()
    this.#successor = undefined
    this.#handover = undefined
    this.#after(RENEWAL_RETRY_MS, () => void this.#renew())
  }
}

function refusal(error: unknown): { code: string; reason: string; final: boolean } {
  if (error instanceof CredentialsRefused) return { code: error.code, reason: error.message, final: error.final }
  return { code: 'INTERNAL', reason: messageOf(error), final: false }
}
