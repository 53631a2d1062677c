import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { ThingName } from './things.ts'

/** The log group of AWS IoT's V2 logging; event types with a `logDestination` are written to groups of their own. */
export const IOT_LOG_GROUP = 'AWSIotLogsV2'

/** CloudWatch Logs API reference, LogGroup. */
export const LogGroupName = Type.String({ pattern: '^[.\\-_/#A-Za-z0-9]{1,512}$' })

/** How much an entry tells, most first (AWS IoT API reference, LogLevel). `DISABLED` is a setting, never an entry's. */
export const IotLogLevel = Type.Union([
  Type.Literal('DEBUG'),
  Type.Literal('INFO'),
  Type.Literal('WARN'),
  Type.Literal('ERROR'),
])
export type IotLogLevel = Static<typeof IotLogLevel>

/** `Failure` is logged at ERROR whatever the level of the event's success. */
export const IotLogStatus = Type.Union([
  Type.Literal('Success'),
  Type.Literal('Failure'),
  Type.Literal('SucceededWithIssues'),
])
export type IotLogStatus = Static<typeof IotLogStatus>

const Value = (maxLength: number, description: string) => Type.Optional(Type.String({ maxLength, description }))
const Exact = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

/**
 * One log event of AWS IoT. The members behind `message` are read from it where it is a JSON object that has them, and
 * are absent otherwise: kinds that nobody knows yet, and lines of text, are whole in `message`.
 * Source: AWS IoT developer guide, "CloudWatch AWS IoT log entries".
 */
export const IotLogEntry = Type.Object({
  eventId: Type.String({ description: "CloudWatch's own; two events of one text have two" }),
  at: Type.String({ format: 'date-time', description: "When it happened: the entry's `timestamp`, else the event's" }),
  loggedAt: Type.String({ format: 'date-time', description: 'When CloudWatch Logs had it' }),
  logStreamName: Type.String(),
  message: Type.String({ description: 'The log event, byte for byte' }),
  eventType: Type.Optional(Type.String({ description: '`Publish-In`' })),
  logLevel: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  traceId: Type.Optional(Type.String({ description: 'The same for everything that one request causes' })),
  protocol: Type.Optional(Type.String()),
  topicName: Type.Optional(Type.String({ description: 'Of Subscribe: its filters, joined by commas' })),
  clientId: Type.Optional(Type.String()),
  principalId: Type.Optional(Type.String()),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Number()),
  thingName: Type.Optional(Type.String({ description: '`thingName`, or `deviceShadowName`, which is a thing, too' })),
  ruleName: Type.Optional(Type.String()),
  ruleAction: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ description: 'A code in most entries, a sentence in those of indexing' })),
  disconnectReason: Type.Optional(Type.String()),
  details: Type.Optional(Type.String()),
})
export type IotLogEntry = Static<typeof IotLogEntry>

/** What only asks for something, as an entry's event type. */
const READS: ReadonlySet<string> = new Set([
  'GetConnection',
  'GetRetainedMessage',
  'GetThingShadow',
  'ListRetainedMessage',
  'ListSubscriptions',
])

/** What is answered to who asks for something that there is not. */
const NOT_THERE: ReadonlySet<string> = new Set(['RESOURCE_NOT_FOUND', 'TARGET_CLIENT_ID_NOT_FOUND'])

/**
 * Whether a failure is but the answer that there is no such thing. A device asks for its shadow before it has one, and a
 * console for a connection that may be there: nobody is refused anything, or hindered, by that.
 */
export const isReadOfNothing = ({ eventType = '', reason = '' }: Pick<IotLogEntry, 'eventType' | 'reason'>): boolean =>
  READS.has(eventType) && NOT_THERE.has(reason)

/** What entries have to be. Everything that is given has to hold, and holds exactly. */
export const IotLogCriteria = Type.Object({
  clientId: Exact(128, 'The MQTT client id'),
  thingName: Type.Optional(
    Type.String({
      ...ThingName,
      description: 'Client id, shadow or thing of this name, or one of its reserved topics',
    }),
  ),
  topic: Exact(256, 'A topic; or a topic filter, which means what is said to match it, and itself'),
  reason: Exact(256, '`reason`, or `disconnectReason`'),
  traceId: Exact(64, 'Of one request'),
  principalId: Exact(256, 'Certificate id, or `ROLE:SESSION`'),
  sourceIp: Exact(64, 'From where'),
  ruleName: Exact(128, 'Of the rules engine'),
  eventTypes: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 24, description: 'One of these' }),
  ),
  levels: Type.Optional(Type.Array(IotLogLevel, { maxItems: 4, description: 'One of these' })),
  status: Type.Optional(IotLogStatus),
  text: Exact(256, 'Occurs somewhere in the event, in this case'),
})
export type IotLogCriteria = Static<typeof IotLogCriteria>

export const IotLogPage = Type.Object({
  outcome: Type.Union(
    [Type.Literal('entries'), Type.Literal('logging-off'), Type.Literal('no-log-group'), Type.Literal('not-allowed')],
    {
      description:
        '`logging-off`: there is no log group, and AWS IoT is not told to log. `no-log-group`: nothing was logged so far. `not-allowed`: the console itself may not read it',
    },
  ),
  entries: Type.Array(IotLogEntry),
  nextToken: Type.Optional(Type.String({ description: 'There may be more, also where there are no entries' })),
  throttled: Type.Integer({ minimum: 0, description: 'So often AWS asked to wait, and was asked again' }),
  message: Value(4_096, "Of `not-allowed`: AWS's words"),
})
export type IotLogPage = Static<typeof IotLogPage>

/** The most entries of one page. */
export const MOST_IOT_LOG_ENTRIES = 500

export const iotLogEndpoints = defineEndpoints({
  listIotLogEntries: {
    method: 'GET',
    path: '/api/iot-logs',
    summary: "A page of AWS IoT's log entries, from CloudWatch Logs",
    access: 'viewer',
    query: Type.Object({
      ...IotLogCriteria.properties,
      from: Type.String({ format: 'date-time', description: 'Inclusive' }),
      to: Type.String({ format: 'date-time', description: 'Inclusive' }),
      order: Type.Optional(
        Type.Union([Type.Literal('newest'), Type.Literal('oldest')], { description: 'First; `newest` if not given' }),
      ),
      logGroupName: Type.Optional(
        Type.String({
          ...LogGroupName,
          description: `${IOT_LOG_GROUP} if not given; else one that an event type's logDestination names`,
        }),
      ),
      maxResults: Type.Optional(
        Type.Integer({ minimum: 1, maximum: MOST_IOT_LOG_ENTRIES, description: '50 if not given' }),
      ),
      nextToken: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096 })),
    }),
    answer: json(IotLogPage),
  },
})
