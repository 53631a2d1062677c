import { type Static, Type } from 'typebox'
import { AuditChange } from './audit.ts'
import { defineEndpoints, EMPTY } from './endpoint.ts'
import { PerSecond, PublishingEnd, publishedCounts, RecordingSource, Speed, TopicPrefix } from './published.ts'
import { ShadowName } from './shadows.ts'
import { ThingName } from './things.ts'

/** The MQTT session that wrote. */
export const MqttWriter = Type.Object({
  sessionKey: Type.String({
    minLength: 1,
    maxLength: 2_048,
    description: 'Of its credentials, as `MqttSession` has it',
  }),
  clientId: Type.String({ minLength: 1, maxLength: 256, description: 'Of its connection' }),
})
export type MqttWriter = Static<typeof MqttWriter>

const published = {
  ...publishedCounts,
  refusal: Type.Optional(
    Type.Object(
      {
        code: Type.String({ minLength: 1, maxLength: 64, description: 'e.g. `MQTT_0x87`, `NOT_CONNECTED`' }),
        message: Type.String({ maxLength: 1_024 }),
      },
      { description: 'Why the first of those that failed did' },
    ),
  ),
}

const shadowWrite = {
  thingName: ThingName,
  shadowName: Type.Optional(ShadowName),
  clientToken: Type.Optional(Type.String({ maxLength: 64 })),
  beforeVersion: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Of the document that `beforeText` was read from' }),
  ),
  version: Type.Optional(Type.Integer({ minimum: 0, description: 'Of the document that was made, or deleted' })),
  changes: Type.Array(AuditChange, { maxItems: 2_000 }),
}

/**
 * What was written. A shadow write is one that the shadow service accepted; of what was published nothing more is known
 * than what the broker said. What goes to a topic on which shadows are updated or deleted counts as a write to them.
 */
export const ReportedWrite = Type.Union([
  Type.Object({ kind: Type.Literal('shadow-update'), ...shadowWrite }),
  Type.Object({ kind: Type.Literal('shadow-delete'), ...shadowWrite }),
  Type.Object({ kind: Type.Literal('publish'), ...published }),
  Type.Object({ kind: Type.Literal('repeat'), ...published, perSecond: PerSecond, end: PublishingEnd }),
  Type.Object({
    kind: Type.Literal('replay'),
    ...published,
    speed: Speed,
    topicPrefix: Type.Optional(TopicPrefix),
    source: RecordingSource,
    end: PublishingEnd,
  }),
  Type.Object({ kind: Type.Literal('clear-retained'), ...published }),
])
export type ReportedWrite = Static<typeof ReportedWrite>

/**
 * What a page wrote over its own MQTT session, where the server was not asked. The server knows to whom it gave the
 * credentials that wrote, and no more: it marks the entry as reported by the page.
 */
export const WriteReport = Type.Object({
  reportId: Type.String({
    format: 'uuid',
    description: 'Of this write: a report that is sent again makes no second entry',
  }),
  writer: MqttWriter,
  from: Type.String({
    format: 'date-time',
    description: "When it was written, by the page's clock; the first message",
  }),
  to: Type.String({ format: 'date-time', description: 'The last' }),
  write: ReportedWrite,
})
export type WriteReport = Static<typeof WriteReport>

export const writeReportEndpoints = defineEndpoints({
  reportWrite: {
    method: 'POST',
    path: '/api/audit/mqtt-writes',
    summary: 'Puts what a page wrote over MQTT into the audit trail, by the word of the page',
    // Whose credentials wrote decides, and a report that is refused is to be in the trail, too.
    access: 'viewer',
    audit: false, // the entry is of the write, not of the report
    body: WriteReport,
    answer: EMPTY,
  },
})
