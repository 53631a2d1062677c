import { Client, type Clients, type Will } from '../client.ts'
import { type ConnectPacket, decodeConnect } from '../codec/decode-connect.ts'
import { encodeConnack } from '../codec/encode.ts'
import type { Properties } from '../codec/properties.ts'
import { REASON, RETURN_CODE, type ReasonCode, type ReturnCode } from '../codec/reason-codes.ts'
import { type Connection, PAUSE } from '../connection.ts'
import type { Engine } from '../engine.ts'
import { toMessageProperties } from '../message-properties.ts'
import { messageBytes } from '../own-message.ts'
import type { Session } from '../session.ts'
import type { ClientView, Clock, ConnectDecision, ConnectRequest, TransportInfo } from '../types.ts'
import { type ConnectRefusal, checkConnect } from './connect-checks.ts'

/** CONNECT: who is there, may it be, and where did it stop? MQTT 3.1.1 and 5.0 §3.1. */
export function handleConnect<Context>(
  engine: Engine<Context>,
  clients: Clients<Context>,
  connection: Connection<Client<Context>>,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const packet = decodeConnect(bytes, start, end)
  connection.state = 'authenticating'
  connection.pause(PAUSE.AUTHENTICATING)
  connect(engine, clients, connection, packet).then(
    () => connection.resume(PAUSE.AUTHENTICATING),
    (error: unknown) => connection.fail(error),
  )
}

async function connect<Context>(
  engine: Engine<Context>,
  clients: Clients<Context>,
  connection: Connection<Client<Context>>,
  packet: ConnectPacket,
): Promise<void> {
  const refusal = checkConnect(engine, packet)
  if (refusal) return refuse(engine, connection, packet, refusal)
  const request = toRequest(engine, packet)
  if (!engine.connectRates.take(request.clientId)) {
    return refuse(engine, connection, packet, TOO_MANY_CONNECTS, request)
  }
  const decision = await authenticate(engine, connection.transport, request)
  if (connection.state === 'closed') return // it left while it was looked at
  if (!decision.ok) {
    engine.notify(() => engine.hooks.onConnectFailed?.(request, connection.transport, decision.reason))
    return refuse(engine, connection, packet, REFUSALS[decision.reason], request)
  }
  if (!hasRoom(engine, connection, request)) {
    return refuse(engine, connection, packet, NO_ROOM, request)
  }
  const granted = connackProperties(engine, packet, request)
  if (encodeConnack(packet.protocolVersion, true, 0, granted).length > maximumPacketSize(packet)) {
    // [MQTT-3.1.2-24]: not even this could be sent.
    return refuse(engine, connection, packet, { code: REASON.PACKET_TOO_LARGE, message: '' }, request)
  }
  takeOver(clients, request.clientId)
  const { session, isPresent } = openSession(engine, request)
  const client = makeClient(engine, clients, connection, packet, request, decision.context, session)
  connection.connected(client, request.keepAliveSeconds)
  clients.set(request.clientId, client)
  session.attach(client)
  session.save()
  connection.send(encodeConnack(packet.protocolVersion, isPresent, 0, granted))
  watchExpiry(engine.clock, connection, decision)
  engine.notify(() => engine.hooks.onConnected?.(client.view))
  session.resume(client)
}

/** Whether what a client leaves with the broker, its session and its will, has a place. */
function hasRoom<Context>(
  engine: Engine<Context>,
  { memory }: Connection<Client<Context>>,
  { clientId, sessionExpirySeconds, will }: ConnectRequest,
): boolean {
  if (will && !memory.hasRoom) return false
  return sessionExpirySeconds === 0 || engine.sessions.get(clientId) !== undefined || engine.storage.freeBytes > 0
}

const TOO_MANY_CONNECTS: ConnectRefusal = {
  code: REASON.QUOTA_EXCEEDED,
  message: 'Too many CONNECT packets',
  kind: 'CLIENT_ID_THROTTLED',
}
const NO_ROOM: ConnectRefusal = {
  code: REASON.QUOTA_EXCEEDED,
  message: 'There is no room for another session',
  kind: 'THROTTLED',
}

const REFUSALS: Record<(ConnectDecision<unknown> & { ok: false })['reason'], ConnectRefusal> = {
  NOT_AUTHENTICATED: {
    code: REASON.NOT_AUTHORIZED,
    message: 'Not authorized to connect',
    reason: 'AUTH_ERROR',
    kind: 'NOT_AUTHORIZED',
    isSilent: true,
  },
  NOT_AUTHORIZED: {
    code: REASON.NOT_AUTHORIZED,
    message: 'Not authorized to connect',
    reason: 'AUTH_ERROR',
    kind: 'NOT_AUTHORIZED',
  },
  BAD_CREDENTIALS: {
    code: REASON.BAD_USER_NAME_OR_PASSWORD,
    message: 'Bad credentials',
    reason: 'AUTH_ERROR',
    kind: 'NOT_AUTHORIZED',
  },
  SERVER_UNAVAILABLE: {
    code: REASON.SERVER_UNAVAILABLE,
    message: 'Server unavailable',
    reason: 'SERVER_ERROR',
    kind: 'SERVER_ERROR',
  },
  QUOTA_EXCEEDED: { code: REASON.QUOTA_EXCEEDED, message: 'Quota exceeded', reason: 'THROTTLED', kind: 'THROTTLED' },
  BAD_WILL_TOPIC: {
    code: REASON.TOPIC_NAME_INVALID,
    message: 'The will topic is not allowed',
    reason: 'AUTH_ERROR',
    kind: 'NOT_AUTHORIZED',
  },
}

/** What MQTT 3.1.1 has for a reason code; where it has nothing, the connection closes without CONNACK. */
const RETURN_CODES = new Map<ReasonCode, ReturnCode>([
  [REASON.CLIENT_ID_NOT_VALID, RETURN_CODE.IDENTIFIER_REJECTED],
  [REASON.BAD_USER_NAME_OR_PASSWORD, RETURN_CODE.BAD_USER_NAME_OR_PASSWORD],
  [REASON.NOT_AUTHORIZED, RETURN_CODE.NOT_AUTHORIZED],
  [REASON.TOPIC_NAME_INVALID, RETURN_CODE.NOT_AUTHORIZED],
  [REASON.SERVER_UNAVAILABLE, RETURN_CODE.SERVER_UNAVAILABLE],
  [REASON.QUOTA_EXCEEDED, RETURN_CODE.SERVER_UNAVAILABLE],
])

const returnCodeOf = ({ code, isSilent }: ConnectRefusal): ReturnCode | undefined =>
  isSilent ? undefined : RETURN_CODES.get(code)

/** [MQTT-3.2.2-6]: session present is 0 whenever the connection is refused. */
function refuse<Context>(
  engine: Engine<Context>,
  connection: Connection<Client<Context>>,
  packet: ConnectPacket,
  refusal: ConnectRefusal,
  request?: ConnectRequest,
): void {
  const clientId = request?.clientId ?? (packet.clientId || undefined)
  const failure = { kind: refusal.kind ?? 'CLIENT_ERROR', message: refusal.message }
  engine.observer?.connectRefused(clientId, connection.transport, failure)
  const { protocolVersion, properties } = packet
  const code = protocolVersion === 5 ? refusal.code : returnCodeOf(refusal)
  if (code !== undefined) {
    const fits = (connack: Buffer) => connack.length <= maximumPacketSize(packet)
    const bare = encodeConnack(protocolVersion, false, code)
    const explained = encodeConnack(protocolVersion, false, code, { reasonString: refusal.message })
    const wantsReason = properties.requestProblemInformation !== 0 && refusal.message !== ''
    if (wantsReason && fits(explained))
      connection.send(explained) // [MQTT-3.2.2-19]
    else if (fits(bare)) connection.send(bare) // [MQTT-3.1.2-24]
  }
  connection.close({ reason: refusal.reason ?? 'CLIENT_ERROR' })
}

function toRequest<Context>(engine: Engine<Context>, packet: ConnectPacket): ConnectRequest {
  const { protocolVersion, cleanStart, will } = packet
  const { keepAliveMinSeconds, keepAliveMaxSeconds, sessionExpirySeconds } = engine.limits
  const asked = packet.keepAliveSeconds === 0 ? Number.POSITIVE_INFINITY : packet.keepAliveSeconds
  const keepAliveSeconds = Math.min(keepAliveMaxSeconds, Math.max(keepAliveMinSeconds, asked))
  const wantedExpirySeconds =
    protocolVersion === 5 ? (packet.properties.sessionExpiryInterval ?? 0) : cleanStart ? 0 : 0xffff_ffff
  const request: ConnectRequest = {
    clientId: packet.clientId || engine.newClientId(),
    clientIdAssigned: packet.clientId === '',
    protocolVersion,
    cleanStart,
    sessionExpirySeconds: Math.min(wantedExpirySeconds, sessionExpirySeconds),
    keepAliveSeconds: Number.isFinite(keepAliveSeconds) ? keepAliveSeconds : 0,
    requestedKeepAliveSeconds: packet.keepAliveSeconds,
  }
  if (packet.username !== undefined) request.username = packet.username
  if (packet.password !== undefined) request.password = Uint8Array.from(packet.password)
  if (will && will.qos !== 2) {
    request.will = {
      topic: will.topic,
      payload: Uint8Array.from(will.payload),
      qos: will.qos,
      retain: will.retain,
      properties: toMessageProperties(will.properties),
      receivedAtMs: engine.clock.now(),
    }
  }
  return request
}

async function authenticate<Context>(
  engine: Engine<Context>,
  transport: TransportInfo,
  request: ConnectRequest,
): Promise<ConnectDecision<Context>> {
  try {
    return await engine.hooks.authenticate(request, transport)
  } catch (error) {
    engine.report(error)
    return { ok: false, reason: 'SERVER_UNAVAILABLE' }
  }
}

/** [MQTT-3.1.4-3]: the new connection wins. */
function takeOver<Context>(clients: Clients<Context>, clientId: string): void {
  clients.get(clientId)?.connection.close({ reason: 'DUPLICATE_CLIENTID' })
}

/** [MQTT-3.1.2-4] to [MQTT-3.1.2-6]. A session made in one version cannot be resumed in the other. */
function openSession<Context>(
  engine: Engine<Context>,
  request: ConnectRequest,
): { session: Session; isPresent: boolean } {
  const { clientId, protocolVersion, cleanStart, sessionExpirySeconds } = request
  const { sessions } = engine
  const earlier = sessions.get(clientId)
  if (earlier && !cleanStart && earlier.protocolVersion === protocolVersion) {
    earlier.expirySeconds = sessionExpirySeconds
    return { session: earlier, isPresent: true }
  }
  if (earlier) sessions.end(earlier)
  return { session: sessions.open(clientId, protocolVersion, sessionExpirySeconds), isPresent: false }
}

function makeClient<Context>(
  engine: Engine<Context>,
  clients: Clients<Context>,
  connection: Connection<Client<Context>>,
  packet: ConnectPacket,
  request: ConnectRequest,
  context: Context,
  session: Session,
): Client<Context> {
  const { properties } = packet
  const view: ClientView<Context> = {
    clientId: request.clientId,
    context,
    protocolVersion: request.protocolVersion,
    transport: connection.transport,
    connectedAtMs: engine.clock.now(),
    keepAliveSeconds: request.keepAliveSeconds,
    requestedKeepAliveSeconds: request.requestedKeepAliveSeconds,
    cleanStart: request.cleanStart,
    sessionExpirySeconds: request.sessionExpirySeconds,
  }
  const capabilities = {
    receiveMaximum: properties.receiveMaximum ?? 0xffff,
    maximumPacketSize: maximumPacketSize(packet),
    topicAliasMaximum: properties.topicAliasMaximum ?? 0,
    wantsProblemInformation: properties.requestProblemInformation !== 0,
  }
  const will = toWill(engine, packet, request)
  if (will) connection.memory.add(messageBytes(will.message))
  return new Client(engine, clients, { view, session, connection, capabilities, will })
}

function maximumPacketSize({ properties }: ConnectPacket): number {
  return properties.maximumPacketSize ?? Number.POSITIVE_INFINITY
}

function toWill<Context>(engine: Engine<Context>, packet: ConnectPacket, request: ConnectRequest): Will | undefined {
  if (!request.will) return undefined
  const interval = packet.will?.properties.messageExpiryInterval
  return {
    message: request.will,
    expirySeconds: interval === undefined ? undefined : engine.messageExpirySeconds(interval),
  }
}

/** What the server grants; a property that says what is the default anyway is left out. */
function connackProperties<Context>(
  engine: Engine<Context>,
  packet: ConnectPacket,
  request: ConnectRequest,
): Properties {
  const { inboundInFlight, packetBytes, topicAliases } = engine.limits
  const properties: Properties = {
    maximumQos: 1,
    retainAvailable: 1,
    wildcardSubscriptionAvailable: 1,
    subscriptionIdentifierAvailable: 0,
    sharedSubscriptionAvailable: 1,
    topicAliasMaximum: Math.min(topicAliases, 0xffff),
    serverKeepAlive: request.keepAliveSeconds,
  }
  if (inboundInFlight < 0xffff) properties.receiveMaximum = inboundInFlight
  if (Number.isFinite(packetBytes)) properties.maximumPacketSize = packetBytes
  if (request.clientIdAssigned) properties.assignedClientIdentifier = request.clientId // [MQTT-3.2.2-16]
  if (request.sessionExpirySeconds !== (packet.properties.sessionExpiryInterval ?? 0)) {
    properties.sessionExpiryInterval = request.sessionExpirySeconds
  }
  return properties
}

function watchExpiry<Context>(
  clock: Clock,
  connection: Connection<Client<Context>>,
  decision: ConnectDecision<Context> & { ok: true },
): void {
  if (!decision.expires) return
  const { atMs, reason } = decision.expires
  connection.after(Math.max(0, atMs - clock.now()), () => connection.close({ reason }))
}
