import { type Static, Type } from 'typebox'
import { AuditEntry, AuditPage } from './audit.ts'
import { defineEndpoints, json } from './endpoint.ts'
import { IotLogPage } from './iot-logs.ts'
import { ThingName } from './things.ts'

/** How an entry of the log was taken for one of a thing. */
export const TimelineMatch = Type.Union([
  Type.Literal('clientId', { description: "Its client id is the thing's name" }),
  Type.Literal('exclusive', { description: 'Its principal is attached to the thing as an exclusive one' }),
  Type.Literal('principal', { description: 'Its principal is attached to this thing and to no other' }),
  Type.Literal('thingName', { description: 'It names the thing' }),
])
export type TimelineMatch = Static<typeof TimelineMatch>

/** What AWS IoT logged about a thing, as far as the timeline shows it; members have the names of the entry's own fields. */
export const TimelineLogEntry = Type.Object({
  id: Type.String({ description: "CloudWatch's id of the event" }),
  time: Type.String({ format: 'date-time' }),
  match: TimelineMatch,
  eventType: Type.String({ description: "AWS's word: `Connect`, `Publish-In`, `RuleExecution`, …" }),
  status: Type.Optional(Type.String({ description: '`Success`, `Failure`, `SucceededWithIssues`' })),
  logLevel: Type.Optional(Type.String()),
  traceId: Type.Optional(Type.String({ description: 'The same for everything that one request caused' })),
  protocol: Type.Optional(Type.String()),
  clientId: Type.Optional(Type.String()),
  principalId: Type.Optional(Type.String({ description: 'Of a certificate its id' })),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Integer()),
  reason: Type.Optional(Type.String()),
  details: Type.Optional(Type.String()),
  disconnectReason: Type.Optional(Type.String()),
  topicName: Type.Optional(Type.String()),
  ruleName: Type.Optional(Type.String()),
  ruleAction: Type.Optional(Type.String()),
  jobId: Type.Optional(Type.String()),
  refusedFilters: Type.Optional(
    Type.Array(Type.String({ description: 'Topic filters of a Subscribe that were refused' })),
  ),
})
export type TimelineLogEntry = Static<typeof TimelineLogEntry>

/** A principal attached to the thing, and what may be concluded from it. */
export const TimelinePrincipal = Type.Object({
  principal: Type.String({ description: 'ARN of a certificate, or a Cognito identity id' }),
  principalId: Type.String({ description: 'As log entries have it; of a certificate its id' }),
  attachment: Type.Union([
    Type.Literal('exclusive', { description: 'No other thing can have it' }),
    Type.Literal('alone', { description: 'No other thing has it at present' }),
    Type.Literal('shared', { description: 'Other things have it too, so that it does not tell which one acted' }),
    Type.Literal('not-known', { description: 'The console may not ask which things have it' }),
  ]),
  otherThings: Type.Optional(Type.Integer({ description: 'So many other things have it, of a shared one' })),
  certificate: Type.Optional(
    Type.Object({
      status: Type.String(),
      createdAt: Type.Optional(Type.String({ format: 'date-time' })),
      notBefore: Type.Optional(Type.String({ format: 'date-time' })),
      notAfter: Type.Optional(Type.String({ format: 'date-time' })),
    }),
  ),
})
export type TimelinePrincipal = Static<typeof TimelinePrincipal>

/** What AWS IoT logs of the thing at present. What it logged before is not on record. */
export const TimelineLogging = Type.Object({
  state: Type.Union([
    Type.Literal('on'),
    Type.Literal('off', { description: 'Logging was never turned on, or all of it is disabled' }),
    Type.Literal('not-allowed', { description: "The console's own permissions do not suffice to ask" }),
    Type.Literal('not-known', { description: 'It could not be asked for; `message` says why' }),
  ]),
  level: Type.Optional(
    Type.String({ description: "At which the device's connects are logged: DEBUG, INFO, WARN, ERROR, DISABLED" }),
  ),
  levelBy: Type.Optional(
    Type.Union(
      [
        Type.Literal('account'),
        Type.Literal('event', { description: 'The setting of the event type' }),
        Type.Literal('CLIENT_ID'),
        Type.Literal('PRINCIPAL_ID'),
        Type.Literal('THING_GROUP'),
      ],
      { description: 'Which setting says so' },
    ),
  ),
  retentionDays: Type.Optional(Type.Integer({ description: 'Absent: for ever, or not known' })),
  keptSince: Type.Optional(
    Type.String({ format: 'date-time', description: 'The log group was made then: nothing is older' }),
  ),
  message: Type.Optional(Type.String()),
})
export type TimelineLogging = Static<typeof TimelineLogging>

/** Which entries are a thing's, and how much can be known of it. */
export const TimelineSubject = Type.Object({
  clientId: Type.String({ description: "The client id that is the thing's by its name" }),
  defaultClientId: Type.Optional(
    Type.String({ description: 'Of the registry; what the device uses is its own choice' }),
  ),
  principals: Type.Array(TimelinePrincipal),
  furtherPrincipals: Type.Optional(Type.Integer({ description: 'So many more are attached than were looked at' })),
  logging: TimelineLogging,
})
export type TimelineSubject = Static<typeof TimelineSubject>

/** What happened, newest first: entries of the log page by page, and with the first of them those of the activity trail. */
export const TimelinePage = Type.Object({
  log: Type.Object({
    outcome: Type.Union([...IotLogPage.properties.outcome.anyOf, Type.Literal('failed')], {
      description: '`failed`: AWS answered otherwise; `message` has its words',
    }),
    message: Type.Optional(Type.String()),
    throttled: IotLogPage.properties.throttled,
  }),
  entries: Type.Array(TimelineLogEntry),
  nextToken: Type.Optional(
    Type.String({ description: 'Older entries of the same time may be read; absent: all of it was read' }),
  ),
  activity: Type.Optional(
    Type.Object(
      {
        entries: Type.Array(AuditEntry),
        store: AuditPage.properties.store,
        isCut: Type.Optional(Type.Literal(true, { description: 'The trail has older ones of this time' })),
      },
      { description: 'What people changed of the thing, its shadows and certificates: with the first page' },
    ),
  ),
})
export type TimelinePage = Static<typeof TimelinePage>

const params = Type.Object({ thingName: ThingName })

export const timelineEndpoints = defineEndpoints({
  describeTimelineSubject: {
    method: 'GET',
    path: '/api/things/:thingName/timeline/subject',
    summary: 'Which clients are a thing, and what AWS IoT logs of them',
    access: 'viewer',
    params,
    answer: json(TimelineSubject),
  },
  readTimeline: {
    method: 'GET',
    path: '/api/things/:thingName/timeline',
    summary: 'What happened to a thing: entries of the log and of the activity trail, newest first',
    access: 'viewer',
    params,
    query: Type.Object({
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time', description: 'Inclusive' }),
      nextToken: Type.Optional(
        Type.String({ minLength: 1, maxLength: 4_096, description: 'Of a page before, of the same time' }),
      ),
    }),
    answer: json(TimelinePage),
  },
})
