import type {
  BrokerHooks,
  ClientView,
  ConnectDecision,
  ConnectRequest,
  DisconnectEvent,
  DropCause,
  Message,
  TransportInfo,
} from '@thingdeck/broker'
import { connectNeed } from '@thingdeck/policies'
import { isReservedTopic, mayPublish, maySubscribe } from '@thingdeck/topics'
import type { Access, Denial, TopicAction } from '../foundation/access.ts'
import { arnOf } from '../foundation/account.ts'
import type { Admissions, Admitted, Renewal, Stranger } from '../foundation/admissions.ts'
import type { LocalContext } from '../foundation/context.ts'
import { type Outcome, SUCCESS } from '../foundation/outcome.ts'
import type { Peer } from '../foundation/peer.ts'
import type { Traffic } from '../foundation/traffic.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { DropLog } from './drop-log.ts'
import { type LifecycleEvents, newSessionIdentifier } from './lifecycle-events.ts'
import type { LiveSession, LiveSessions } from './live-sessions.ts'
import type { MessageEnrichment } from './message-enrichment.ts'
import type { MessageSeam } from './message-seam.ts'
import { peerOf, type RefusedConnects, strangerOf } from './refused-connects.ts'
import type { Renewals } from './renewals.ts'

export interface BrokerHooksParts {
  readonly context: LocalContext
  readonly access: Access
  readonly admissions: Pick<Admissions, 'admit'>
  readonly renewals: Renewals
  readonly events: LifecycleEvents
  readonly connections: ConnectionLog
  readonly drops: DropLog
  readonly sessions: LiveSessions
  readonly seam: MessageSeam
  readonly enrichment: MessageEnrichment
  readonly refused: RefusedConnects
  readonly traffic: Traffic
}

type View = ClientView<LiveSession>
type ConnectExpiry = NonNullable<Extract<ConnectDecision<LiveSession>, { ok: true }>['expires']>

/** "A WebSocket connection lasts 24 hours at most" (AWS guide, quotas). */
const WEBSOCKET_LIFE_MS = 86_400_000

/** Reason code of MQTT 5. */
const PACKET_TOO_LARGE = 0x95

const DROPPED: Outcome = {
  kind: 'Throttle',
  reason: 'THROTTLED',
  details: 'The client does not take messages as fast as they come',
}
/** "Queued" of the guide's log entries has details alone. */
const NOT_QUEUED: Outcome = { kind: 'Throttle', details: 'Throttled while queueing offline message' }

/** The answers to the broker: who may connect, publish, subscribe and receive, by IoT policies. */
export class MessagingHooks implements BrokerHooks<LiveSession> {
  readonly #parts: BrokerHooksParts

  constructor(parts: BrokerHooksParts) {
    this.#parts = parts
  }

  authenticate(
    request: ConnectRequest,
    transport: TransportInfo,
  ): ConnectDecision<LiveSession> | Promise<ConnectDecision<LiveSession>> {
    const stranger = strangerOf(transport)
    if (stranger) return this.#admit(stranger, request, transport)
    const peer = peerOf(transport)
    return peer ? this.#decide({ peer }, request, transport) : { ok: false, reason: 'NOT_AUTHORIZED' }
  }

  async #admit(
    stranger: Stranger,
    request: ConnectRequest,
    transport: TransportInfo,
  ): Promise<ConnectDecision<LiveSession>> {
    const { clientId, clientIdAssigned, username, password } = request
    const sentClientId = clientIdAssigned ? undefined : clientId
    const admitted = await this.#parts.admissions.admit(stranger, clientId, { sentClientId, username, password })
    return admitted ? this.#decide(admitted, request, transport) : { ok: false, reason: 'NOT_AUTHENTICATED' }
  }

  #decide(
    { peer, lifetimeMs, renewal }: Pick<Admitted, 'peer'> & Partial<Admitted>,
    request: ConnectRequest,
    transport: TransportInfo,
  ): ConnectDecision<LiveSession> {
    if (!this.#parts.access.isValid(peer)) return { ok: false, reason: 'NOT_AUTHORIZED' }
    const session = this.#openSession(peer, request, renewal)
    const refused = this.#refuseConnect(session, request)
    if (refused) {
      this.#parts.refused.add(transport, session)
      return { ok: false, reason: refused }
    }
    const expires = this.#expiryOf(lifetimeMs, transport)
    return { ok: true, context: session, ...(expires && { expires }) }
  }

  /** What an authorizer grants ends with the life of a WebSocket at the latest. */
  #expiryOf(lifetimeMs: number | undefined, { kind }: TransportInfo): ConnectExpiry | undefined {
    const now = this.#parts.context.clock()
    if (lifetimeMs !== undefined) return { atMs: now + lifetimeMs, reason: 'CUSTOMAUTH_TTL_EXPIRATION' }
    return kind === 'websocket' ? { atMs: now + WEBSOCKET_LIFE_MS, reason: 'WEBSOCKET_TTL_EXPIRATION' } : undefined
  }

  authorizePublish({ context: session }: View, topic: string, retain: boolean): boolean {
    if (isReservedTopic(topic) && (retain || !mayPublish(topic))) {
      const what = retain ? 'cannot hold retained messages' : 'is not one that clients may publish to'
      const reason = `The reserved topic ${topic} ${what}.`
      return this.#refuseReserved(session, 'iot:Publish', this.#arn(`topic/${topic}`), reason)
    }
    return this.#may(session, 'iot:Publish', topic) && (!retain || this.#may(session, 'iot:RetainPublish', topic))
  }

  authorizeSubscribe({ context: session }: View, filter: string): boolean {
    if (maySubscribe(filter)) return this.#may(session, 'iot:Subscribe', filter)
    const reason = `The reserved topic filter ${filter} is not one that clients may subscribe to.`
    return this.#refuseReserved(session, 'iot:Subscribe', this.#arn(`topicfilter/${filter}`), reason)
  }

  authorizeReceive({ context: session }: View, topic: string): boolean {
    // A subscriber of many messages that it may not see is told of once: when it is decided.
    return session.permissions.recall('iot:Receive', topic) ?? this.#may(session, 'iot:Receive', topic)
  }

  onMessage(message: Message, client?: View): 'deliver' | 'consume' {
    if (client) this.#parts.enrichment.enrich(message, client.context)
    return this.#parts.seam.verdict(message)
  }

  onAccepted(message: Message, client?: View): void {
    this.#parts.seam.accepted(message, client?.context)
  }

  onConnected({ context: session, ...view }: View): void {
    const { connections, events, sessions } = this.#parts
    sessions.add(session)
    session.versionNumber = connections.connected({
      clientId: session.clientId,
      cleanSession: view.sessionExpirySeconds === 0,
      keepAliveSeconds: view.requestedKeepAliveSeconds,
      sessionExpirySeconds: view.sessionExpirySeconds,
      connectedAtMs: view.connectedAtMs,
      thingName: session.thingName,
    })
    if (session.renewal) this.#parts.renewals.watch(session, session.renewal)
    events.connected({ ...session.subject, versionNumber: session.versionNumber })
    this.#parts.traffic.connects.tell({ actor: session, outcome: SUCCESS })
  }

  onConnectFailed({ clientId }: ConnectRequest, transport: TransportInfo): void {
    const peer = peerOf(transport)
    const subject = this.#parts.refused.get(transport)?.subject ?? (peer && subjectOf(peer, clientId))
    if (subject) this.#parts.events.connectFailed(subject) // of whom nobody knows who it is, nobody can tell
  }

  onDisconnected({ context: session }: View, event: DisconnectEvent): void {
    const { connections, events, sessions, traffic } = this.#parts
    sessions.remove(session)
    this.#parts.renewals.forget(session)
    try {
      connections.disconnected(session.clientId, session.versionNumber, event.reason)
    } finally {
      // Those who follow hear of it also where the disk does not take it.
      const { reason, clientInitiated, message: details, reasonCode } = event
      events.disconnected({ ...session.subject, versionNumber: session.versionNumber }, event)
      const isTooLarge = reasonCode === PACKET_TOO_LARGE
      traffic.disconnects.tell({ actor: session, reason, clientInitiated, details, isTooLarge })
    }
  }

  onSubscribed({ context: session }: View, filters: readonly string[]): void {
    this.#parts.events.subscribed({ ...session.subject, versionNumber: session.versionNumber }, filters)
  }

  onUnsubscribed({ context: session }: View, filters: readonly string[]): void {
    this.#parts.events.unsubscribed({ ...session.subject, versionNumber: session.versionNumber }, filters)
  }

  onDropped(receiver: string, message: Message, cause: DropCause): void {
    const { drops, sessions, traffic } = this.#parts
    drops.add(receiver, cause)
    const session = sessions.get(receiver)
    if (session) traffic.publishesOut.tell(message, session, DROPPED)
    else traffic.queued.tell(message, receiver, NOT_QUEUED)
  }

  #openSession(peer: Peer, { clientId, will }: ConnectRequest, renewal: Renewal | undefined): LiveSession {
    const { target, thing, permissions } = this.#parts.access.connectionOf(peer, clientId)
    const { principal, sourceIp, sourcePort } = peer
    const subject = subjectOf(peer, clientId, thing?.exclusive ? thing.thingName : undefined)
    return {
      protocol: 'MQTT',
      clientId,
      sessionIdentifier: subject.sessionIdentifier,
      principal,
      sourceIp,
      sourcePort,
      peer,
      target,
      thingName: thing?.thingName,
      willPayload: will?.payload,
      permissions,
      subject,
      renewal,
      versionNumber: 0,
      refusal: undefined,
    }
  }

  /** CONNECT, and what its will needs. */
  #refuseConnect(
    session: LiveSession,
    { will, sessionExpirySeconds }: ConnectRequest,
  ): 'NOT_AUTHORIZED' | 'BAD_WILL_TOPIC' | undefined {
    const { permissions } = session
    const isPersistent = sessionExpirySeconds > 0
    const need = connectNeed({ clientId: session.clientId, isPersistent, will }, (resource) => this.#arn(resource))
    const connect = permissions.denial(need.action, this.#arn(`client/${session.clientId}`), need.context)
    if (connect) {
      this.#tell(session, connect)
      return 'NOT_AUTHORIZED'
    }
    if (!will) return undefined
    if (isReservedTopic(will.topic) && (will.retain || !mayPublish(will.topic))) {
      const reason = `The reserved topic ${will.topic} cannot be the topic of a last will.`
      this.#refuseReserved(session, 'iot:Publish', this.#arn(`topic/${will.topic}`), reason)
      return 'BAD_WILL_TOPIC'
    }
    const mayWill =
      this.#may(session, 'iot:Publish', will.topic) &&
      (!will.retain || this.#may(session, 'iot:RetainPublish', will.topic))
    return mayWill ? undefined : 'NOT_AUTHORIZED'
  }

  /** Decides about a topic, and tells a refusal. */
  #may(session: LiveSession, action: TopicAction, topic: string): boolean {
    const { permissions } = session
    const known = permissions.recall(action, topic)
    if (known) return true
    const resource = this.#arn(`${action === 'iot:Subscribe' ? 'topicfilter' : 'topic'}/${topic}`)
    if (known === undefined && permissions.decide(action, topic, resource)) return true
    this.#tell(session, permissions.denial(action, resource))
    return false
  }

  #refuseReserved(session: LiveSession, action: string, resource: string, reason: string): false {
    const { clientId, peer } = session
    this.#parts.seam.refused({ principal: peer.principal.principalId, clientId, action, resource, reason }, session)
    return false
  }

  #tell(session: LiveSession, denial: Denial | undefined): void {
    if (!denial) return
    const { clientId, peer } = session
    const { action, resource, reason, decision } = denial
    const statement = decision.denied[0]
    const principal = peer.principal.principalId
    const refusal = { principal, clientId, action, resource, reason, ...(statement && { statement }) }
    this.#parts.seam.refused(refusal, session)
  }

  #arn(resource: string): string {
    return arnOf(this.#parts.context.account, 'iot', resource)
  }
}

/** What the events of a connection that begins now call it. */
function subjectOf({ principal, sourceIp }: Peer, clientId: string, thingName?: string): LiveSession['subject'] {
  return {
    clientId,
    sessionIdentifier: newSessionIdentifier(),
    principalIdentifier: principal.principalId,
    ipAddress: sourceIp ?? '',
    ...(thingName !== undefined && { thingName }),
  }
}
