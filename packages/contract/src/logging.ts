import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { IotLogLevel, LogGroupName } from './iot-logs.ts'

/** How much is logged of something (AWS IoT API reference, LogLevel). */
export const LoggingLevel = Type.Union([...IotLogLevel.anyOf, Type.Literal('DISABLED')])
export type LoggingLevel = Static<typeof LoggingLevel>

/** Whether what succeeds is written into the log at this level, besides what fails (guide, "Configure AWS IoT logging"). */
export const logsSuccesses = (level: string | undefined): boolean => level === 'INFO' || level === 'DEBUG'

/** What can have a level of its own; it goes before event types' and the account's. */
export const LogTargetType = Type.Union([
  Type.Literal('THING_GROUP'),
  Type.Literal('CLIENT_ID'),
  Type.Literal('SOURCE_IP'),
  Type.Literal('PRINCIPAL_ID'),
])
export type LogTargetType = Static<typeof LogTargetType>

const RoleArn = Type.String({
  pattern: '^arn:[^:]+:iam::\\d{12}:role/.{1,512}$',
  maxLength: 2_048,
  description: 'By which AWS IoT writes to CloudWatch Logs',
})

/** The setting of one event type, over that of the account. */
export const EventLogging = Type.Object({
  eventType: Type.String({ minLength: 1, maxLength: 512, description: "As entries have it: 'Publish-In'" }),
  logLevel: Type.Optional(LoggingLevel),
  logDestination: Type.Optional(Type.String({ ...LogGroupName, description: 'A log group of its own' })),
})
export type EventLogging = Static<typeof EventLogging>

/** How AWS IoT is told to log (GetV2LoggingOptions). */
export const Logging = Type.Object({
  status: Type.Union(
    [
      Type.Literal('on'),
      Type.Literal('off'),
      Type.Literal('not-configured'),
      Type.Literal('not-allowed'),
      Type.Literal('unavailable'),
    ],
    {
      description:
        '`off`: all logs are disabled. `not-configured`: nobody ever turned it on. `not-allowed`: the console may not ask. `unavailable`: there is no such operation here',
    },
  ),
  message: Type.Optional(Type.String({ description: "Of `not-allowed` and `unavailable`: AWS's words" })),
  roleArn: Type.Optional(Type.String()),
  defaultLogLevel: Type.Optional(LoggingLevel),
  events: Type.Array(EventLogging),
})
export type Logging = Static<typeof Logging>

/** What is to be otherwise; what is left out stays. */
export const SetLogging = Type.Object({
  roleArn: Type.Optional(RoleArn),
  defaultLogLevel: Type.Optional(LoggingLevel),
  disableAllLogs: Type.Optional(Type.Boolean()),
  events: Type.Optional(Type.Array(EventLogging, { maxItems: 100 })),
})
export type SetLogging = Static<typeof SetLogging>

const TargetName = Type.String({ minLength: 1, maxLength: 1_024 })

/** The level of one target. */
export const TargetLevel = Type.Object({
  targetType: LogTargetType,
  targetName: TargetName,
  logLevel: LoggingLevel,
})
export type TargetLevel = Static<typeof TargetLevel>

export const TargetLevelPage = Type.Object({
  levels: Type.Array(TargetLevel),
  nextToken: Type.Optional(Type.String()),
})
export type TargetLevelPage = Static<typeof TargetLevelPage>

/** The longest that a client is logged at DEBUG without anybody saying so again, in minutes. */
const MOST_DEBUG_MINUTES = 60

/** A client that is logged at DEBUG for a while, and what became of it. */
export const ClientDebug = Type.Object({
  clientDebugId: Type.String(),
  clientId: Type.String(),
  since: Type.String({ format: 'date-time' }),
  until: Type.String({ format: 'date-time', description: 'Then what was before is put back' }),
  startedBy: Type.String({ description: "The person's name" }),
  before: Type.Optional(Type.Union([...LoggingLevel.anyOf], { description: 'Absent: it had no level of its own' })),
  state: Type.Union(
    [
      Type.Literal('running'),
      Type.Literal('putting-back'),
      Type.Literal('put-back'),
      Type.Literal('changed-meanwhile'),
    ],
    { description: '`changed-meanwhile`: somebody else set its level, which was left as it is' },
  ),
  endedAt: Type.Optional(Type.String({ format: 'date-time' })),
  failure: Type.Optional(Type.String({ description: 'Why it could not be put back so far; it is tried again' })),
})
export type ClientDebug = Static<typeof ClientDebug>

export const ClientDebugList = Type.Object({
  clientDebugs: Type.Array(ClientDebug, { description: 'Those that run, and the latest that ended' }),
  lasts: Type.Boolean({ description: 'Whether they are known after the console was restarted' }),
})
export type ClientDebugList = Static<typeof ClientDebugList>

const Minutes = Type.Integer({ minimum: 1, maximum: MOST_DEBUG_MINUTES })
const params = Type.Object({ clientDebugId: Type.String({ minLength: 1, maxLength: 64 }) })

export const loggingEndpoints = defineEndpoints({
  describeLogging: {
    method: 'GET',
    path: '/api/logging',
    summary: 'How AWS IoT is told to log',
    access: 'viewer',
    answer: json(Logging),
  },
  setLogging: {
    method: 'PUT',
    path: '/api/logging',
    summary: 'Tells AWS IoT how to log; what is left out stays as it is',
    access: 'admin',
    audit: 'SetV2LoggingOptions',
    body: SetLogging,
    answer: json(Logging),
  },
  listLoggingLevels: {
    method: 'GET',
    path: '/api/logging/levels',
    summary: 'A page of the targets that have a level of their own',
    access: 'viewer',
    query: Type.Object({
      targetType: Type.Optional(LogTargetType),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      nextToken: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096 })),
    }),
    answer: json(TargetLevelPage),
  },
  setLoggingLevel: {
    method: 'PUT',
    path: '/api/logging/levels',
    summary: 'Gives a target a level of its own',
    access: 'admin',
    audit: 'SetV2LoggingLevel',
    body: TargetLevel,
    answer: EMPTY,
  },
  deleteLoggingLevel: {
    method: 'DELETE',
    path: '/api/logging/levels',
    summary: 'Takes the level of its own from a target',
    access: 'admin',
    audit: 'DeleteV2LoggingLevel',
    query: Type.Object({ targetType: LogTargetType, targetName: TargetName }),
    answer: EMPTY,
  },
  listClientDebugs: {
    method: 'GET',
    path: '/api/client-debugs',
    summary: 'The clients that are logged at DEBUG for a while',
    access: 'viewer',
    answer: json(ClientDebugList),
  },
  startClientDebug: {
    method: 'POST',
    path: '/api/client-debugs',
    summary: 'Logs a client at DEBUG for a while; what was before is put back by itself',
    access: 'operator',
    audit: 'StartClientDebug',
    body: Type.Object({ clientId: Type.String({ minLength: 1, maxLength: 128 }), minutes: Minutes }),
    answer: json(ClientDebug),
  },
  extendClientDebug: {
    method: 'POST',
    path: '/api/client-debugs/:clientDebugId/extend',
    summary: 'Goes on for so many minutes from now',
    access: 'operator',
    audit: 'ExtendClientDebug',
    params,
    body: Type.Object({ minutes: Minutes }),
    answer: json(ClientDebug),
  },
  stopClientDebug: {
    method: 'POST',
    path: '/api/client-debugs/:clientDebugId/stop',
    summary: 'Puts back what was before, now',
    access: 'operator',
    audit: 'StopClientDebug',
    params,
    answer: json(ClientDebug),
  },
})
