import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { IotLogPage } from './iot-logs.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'
import { NextToken } from './things.ts'
import { TimelineLogging } from './timeline.ts'

/** An MQTT client id, as the data plane takes it: not with `$` in front (AWS IoT data plane API reference, GetConnection). */
export const ClientId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^$]' })

/** `thingdeck-REGION:UUID-`, see the console's policies in docs/aws.md. */
const CONSOLE_CLIENT_ID = /^thingdeck-[\w-]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-/

/** Whether it is the MQTT session of somebody who sits at a console: nobody else's policy lets them have such a client id. */
export const isConsoleClient = (clientId: string): boolean => CONSOLE_CLIENT_ID.test(clientId)

const DateTime = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }))
const Count = (description: string) => Type.Integer({ minimum: 0, description })

/** What was read of the log. */
const LogRead = Type.Object({
  outcome: IotLogPage.properties.outcome,
  message: Type.Optional(Type.String({ description: "Of `not-allowed`: AWS's words" })),
  readFrom: DateTime('Unless all of the time was read: what is older was not'),
})

/** A client in a list: as the log of a time has it, or the fleet index of now. What is not known is absent. */
export const ClientRow = Type.Object({
  clientId: Type.String(),
  toldBy: oneOf(['log', 'index']),
  connected: Type.Boolean({
    description: 'By the last of its connects and disconnects, or by the index where it is newer',
  }),
  changedAt: DateTime('When it connected or disconnected last'),
  thingName: Type.Optional(Type.String({ description: 'The thing that the index has it for' })),
  disconnectReason: Type.Optional(Type.String({ description: 'Of the last disconnect, in AWS’s words' })),
  principalId: Type.Optional(Type.String({ description: 'Of the last connect: a certificate id, or `ROLE:SESSION`' })),
  protocol: Type.Optional(Type.String()),
  sourceIp: Type.Optional(Type.String({ description: 'From where it connected last' })),
  connects: Type.Optional(Count('In the time; absent: the log was not read for it')),
  refused: Type.Optional(Count('Connects that were refused')),
  drops: Type.Optional(Count('Connections that ended otherwise than by its own goodbye')),
  takeovers: Type.Optional(Count('How often another party took its client id: another principal, or from elsewhere')),
})
export type ClientRow = Static<typeof ClientRow>

/** Pages may be short, and have a token all the same. */
export const ClientPage = Type.Object({
  clients: Type.Array(ClientRow),
  nextToken: Type.Optional(Type.String()),
  consolesLeftOut: Type.Optional(Count('Sessions of consoles that were looked for, and left out as that was asked')),
  log: LogRead,
  index: Type.Object({
    outcome: oneOf(['read', 'off', 'not-allowed', 'not-asked'], {
      description: '`off`: it does not know connections; `not-asked`: it knows nothing of what is looked for',
    }),
    message: Type.Optional(Type.String({ description: "Of `not-allowed`: AWS's words" })),
  }),
})
export type ClientPage = Static<typeof ClientPage>

/** What the broker has of a client now (AWS IoT data plane, GetConnection). */
export const ClientConnection = Type.Object({
  outcome: oneOf(['known', 'none', 'not-allowed', 'not-served'], {
    description: '`none`: no connection, none that ended within half an hour, and no session',
  }),
  message: Type.Optional(Type.String({ description: "Where it may not be asked: AWS's words" })),
  connected: Type.Optional(Type.Boolean()),
  thingName: Type.Optional(Type.String({ description: 'Of the thing that its principal is attached to' })),
  connectedSince: DateTime('While it is connected'),
  disconnectedSince: DateTime('For half an hour after the end'),
  disconnectReason: Type.Optional(Type.String()),
  cleanSession: Type.Optional(Type.Boolean()),
  sessionExpirySeconds: Type.Optional(Type.Integer({ description: 'How long the session outlives the connection' })),
  keepAliveSeconds: Type.Optional(Type.Integer()),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Integer()),
  targetIp: Type.Optional(Type.String()),
  targetPort: Type.Optional(Type.Integer()),
  vpcEndpointId: Type.Optional(Type.String()),
})
export type ClientConnection = Static<typeof ClientConnection>

export const Client = Type.Object({
  clientId: Type.String(),
  connection: ClientConnection,
  thing: Type.Optional(
    Type.Object(
      { thingName: Type.String(), by: oneOf(['connection', 'client id']) },
      { description: '`client id`: the registry has a thing of this name, which need not be its own' },
    ),
  ),
  logging: TimelineLogging,
})
export type Client = Static<typeof Client>

/** Something that the log has of the connections of a client, by the names of the entry's own members. */
export const ClientEvent = Type.Object({
  id: Type.String({ description: "CloudWatch's own id of the event" }),
  at: Type.String({ format: 'date-time' }),
  eventType: Type.String({ description: '`Connect`, `Disconnect`, `DeleteConnection`, `Connection.AuthNError`' }),
  status: Type.Optional(Type.String()),
  principalId: Type.Optional(Type.String()),
  protocol: Type.Optional(Type.String()),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Integer()),
  reason: Type.Optional(Type.String()),
  disconnectReason: Type.Optional(Type.String()),
  details: Type.Optional(Type.String()),
})
export type ClientEvent = Static<typeof ClientEvent>

/** Who connected by a client id: one principal, from one address. */
export const ClientParty = Type.Object({
  partyId: Type.String(),
  principalId: Type.Optional(Type.String()),
  sourceIp: Type.Optional(Type.String()),
  protocol: Type.Optional(Type.String()),
  connects: Count('That were accepted'),
  refused: Count('That were refused'),
  took: Count('How often it took the client id from another party'),
  lost: Count('How often it lost it to another party'),
  firstAt: Type.String({ format: 'date-time' }),
  lastAt: Type.String({ format: 'date-time' }),
  isConnected: Type.Optional(Type.Literal(true, { description: 'Its connection is the last one, and did not end' })),
})
export type ClientParty = Static<typeof ClientParty>

/** One party took the client id of another, or of itself: of an older connection, or by a second program beside it. */
export const Takeover = Type.Object({
  loser: Type.String({ description: 'Its partyId' }),
  winner: Type.Optional(Type.String({ description: 'Its partyId; absent: the log does not have its connect' })),
  count: Type.Integer({ minimum: 1 }),
  firstAt: Type.String({ format: 'date-time' }),
  lastAt: Type.String({ format: 'date-time' }),
})
export type Takeover = Static<typeof Takeover>

export const ClientHistory = Type.Object({
  log: LogRead,
  events: Type.Array(ClientEvent, { description: 'The last one first' }),
  eventsLeftOut: Type.Optional(Type.Integer({ description: 'So many older ones are counted, and not told' })),
  parties: Type.Array(ClientParty, { description: 'The last one first' }),
  partiesLeftOut: Type.Optional(Type.Integer()),
  takeovers: Type.Array(Takeover, { description: 'The last one first' }),
})
export type ClientHistory = Static<typeof ClientHistory>

/** A page of what a client is subscribed to now (AWS IoT data plane, ListSubscriptions). */
export const ClientSubscriptionPage = Type.Object({
  outcome: oneOf(['read', 'no-session', 'not-allowed', 'not-served']),
  message: readOutcome.message,
  subscriptions: Type.Array(Type.Object({ topicFilter: Type.String(), qos: Type.Integer() })),
  nextToken: Type.Optional(Type.String()),
})
export type ClientSubscriptionPage = Static<typeof ClientSubscriptionPage>

/** What a client sent and was sent in a time, as far as it is logged: AWS has no metrics of single clients. */
export const ClientTraffic = Type.Object({
  log: LogRead,
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  received: Count('Messages that it published: `Publish-In`'),
  refused: Count('Of these, refused'),
  delivered: Count('Messages that it was sent: `Publish-Out`'),
  queued: Count('Messages that were kept for it while it was away: `Queued`'),
  topics: Type.Array(
    Type.Object({
      topic: Type.String(),
      received: Count('Published'),
      delivered: Count('Sent to it'),
      queued: Count('Kept'),
    }),
    { description: 'Those with the most messages first' },
  ),
  topicsLeftOut: Type.Optional(Type.Integer()),
})
export type ClientTraffic = Static<typeof ClientTraffic>

/** How long a delivery can be waited for, in seconds (AWS IoT data plane API reference, SendDirectMessage). */
export const MOST_CONFIRMATION_SECONDS = 15

/** AWS IoT quotas: 128 KB of payload, which is a third more in base64. */
const MAX_PAYLOAD_BASE64 = 174_764

const Text256 = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }))

export const DirectMessage = Type.Object({
  topic: Type.String({ minLength: 1, maxLength: 256, description: 'Not with $ in front' }),
  payload: Type.String({
    maxLength: MAX_PAYLOAD_BASE64,
    pattern: '^[A-Za-z0-9+/]*={0,2}$',
    description: 'Base64 (RFC 4648 §4)',
  }),
  confirmation: Type.Boolean({ description: 'At QoS 1, and answered when the client has confirmed it; else at QoS 0' }),
  timeoutSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_CONFIRMATION_SECONDS,
      description: 'With `confirmation`; 5 if not given',
    }),
  ),
  contentType: Text256,
  responseTopic: Text256,
  correlationData: Type.Optional(
    Type.String({ maxLength: 344, pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'Base64' }),
  ),
  isUtf8: Type.Optional(Type.Boolean({ description: 'The payload format indicator' })),
  userProperties: Type.Optional(
    Type.Array(Type.Object({ name: Type.String({ maxLength: 8_192 }), value: Type.String({ maxLength: 8_192 }) }), {
      maxItems: 100,
    }),
  ),
})
export type DirectMessage = Static<typeof DirectMessage>

export const DirectMessageSent = Type.Object({
  confirmed: Type.Boolean({ description: 'The client has confirmed it; else it was handed to its connection' }),
  traceId: Type.Optional(Type.String({ description: 'By which the log has it' })),
  sizeBytes: Count('Of the payload'),
})
export type DirectMessageSent = Static<typeof DirectMessageSent>

const params = Type.Object({ clientId: ClientId })
const time = {
  from: Type.String({ format: 'date-time', description: 'Inclusive' }),
  to: Type.String({ format: 'date-time', description: 'Inclusive' }),
}

export const clientEndpoints = defineEndpoints({
  listClients: {
    method: 'GET',
    path: '/api/clients',
    summary:
      'Clients that connected or disconnected in a time, by the log, and those that are connected, by the fleet index',
    access: 'viewer',
    query: Type.Object({
      ...time,
      clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      startsWith: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'How the client id begins' })),
      principalId: Text256,
      sourceIp: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      state: Type.Optional(oneOf(['connected', 'disconnected'])),
      disconnectReason: Type.Optional(Type.String({ pattern: '^[A-Z_]{1,64}$', description: 'In AWS’s words' })),
      isFoughtOver: Type.Optional(Type.Literal('1', { description: 'Another party took the client id in the time' })),
      withoutConsoles: Type.Optional(Type.Literal('1', { description: 'The sessions of consoles are left out' })),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 if not given' })),
      nextToken: Type.Optional(NextToken),
    }),
    answer: json(ClientPage),
  },
  describeClient: {
    method: 'GET',
    path: '/api/clients/:clientId',
    summary: 'What is known now of a client, its connection and its session',
    access: 'viewer',
    params,
    answer: json(Client),
  },
  readClientHistory: {
    method: 'GET',
    path: '/api/clients/:clientId/history',
    summary: 'The connects and disconnects of a client by the log, who connected, and who took the client id of whom',
    access: 'viewer',
    params,
    query: Type.Object(time),
    answer: json(ClientHistory),
  },
  pageClientSubscriptions: {
    method: 'GET',
    path: '/api/clients/:clientId/subscriptions',
    summary: 'A page of what a client is subscribed to now',
    access: 'viewer',
    params,
    query: Type.Object({
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 if not given' })),
      nextToken: Type.Optional(NextToken),
    }),
    answer: json(ClientSubscriptionPage),
  },
  readClientTraffic: {
    method: 'GET',
    path: '/api/clients/:clientId/traffic',
    summary: 'How much a client sent and was sent in a time, as far as it is logged',
    access: 'viewer',
    params,
    query: Type.Object(time),
    answer: json(ClientTraffic),
  },
  disconnectClient: {
    method: 'DELETE',
    path: '/api/clients/:clientId/connection',
    summary: 'Ends the connection of a client, and if asked its session',
    access: 'operator',
    audit: 'DeleteConnection',
    params,
    query: Type.Object({
      cleanSession: Type.Optional(Type.Boolean({ description: 'Its subscriptions and queued messages go, too' })),
      preventWillMessage: Type.Optional(Type.Boolean({ description: 'Its will is not published' })),
    }),
    answer: json(Type.Object({ clientId: Type.String() })),
  },
  sendDirectMessage: {
    method: 'POST',
    path: '/api/clients/:clientId/messages',
    summary: 'Sends a message to one connected client, whatever it is subscribed to',
    access: 'operator',
    audit: 'SendDirectMessage',
    params,
    body: DirectMessage,
    answer: json(DirectMessageSent),
  },
})
