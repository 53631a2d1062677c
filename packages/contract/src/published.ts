import { type Static, Type } from 'typebox'

/** So many topics are listed of one repeat or replay. */
export const MOST_TOPICS = 100

/** How a topic is written down: AWS takes 256 bytes of one, and what was refused may have been longer. */
const Topic = Type.String({ minLength: 1, maxLength: 512 })

/** What was published, added up: one message, or the many of a repeat or a replay. */
export const publishedCounts = {
  topics: Type.Array(Type.Object({ topic: Topic, messages: Type.Integer({ minimum: 0 }) }), {
    minItems: 1,
    maxItems: MOST_TOPICS,
    description: 'Those on which shadows are written first, then most messages first',
  }),
  topicsLeftOut: Type.Optional(Type.Integer({ minimum: 1, description: 'So many further topics are not listed' })),
  qos: Type.Array(Type.Union([Type.Literal(0), Type.Literal(1)]), { minItems: 1, maxItems: 2 }),
  retained: Type.Integer({ minimum: 0, description: 'Messages with the retain flag' }),
  bytes: Type.Integer({ minimum: 0, description: 'Of the payloads' }),
  sent: Type.Integer({
    minimum: 0,
    description: 'At QoS 1 those that the broker acknowledged; at QoS 0 those that were handed to the connection',
  }),
  failed: Type.Integer({ minimum: 0, description: 'Refused by the broker, or not sent as there was no connection' }),
}

/** How a repeat or a replay ended. */
export const PublishingEnd = Type.Union([
  Type.Literal('done'),
  Type.Literal('stopped', { description: 'By the person' }),
  Type.Literal('failed', { description: 'By itself: the connection was gone, say' }),
  Type.Literal('left', { description: 'The page was left, or its session ended: the counts are the last it knew' }),
])
export type PublishingEnd = Static<typeof PublishingEnd>

export const PerSecond = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1_000,
  description: 'Messages a second, as asked',
})

/** The recording that was replayed. */
export const RecordingSource = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 512, description: "Its file's name, or that of the live stream" }),
  from: Type.String({ format: 'date-time', description: 'When the first of its messages was received' }),
  to: Type.String({ format: 'date-time', description: 'When the last was' }),
})
export type RecordingSource = Static<typeof RecordingSource>

export const Speed = Type.Number({ minimum: 0, maximum: 1_000, description: '1 as received; 0 as fast as may be' })
export const TopicPrefix = Type.String({ maxLength: 256, description: 'Set before each topic' })

/** As an entry of the trail has it. */
export const Published = Type.Object({
  ...publishedCounts,
  perSecond: Type.Optional(PerSecond),
  speed: Type.Optional(Speed),
  topicPrefix: Type.Optional(TopicPrefix),
  source: Type.Optional(RecordingSource),
  end: Type.Optional(PublishingEnd),
})
export type Published = Static<typeof Published>
