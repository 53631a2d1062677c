import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'

/** AWS IoT quotas: at most 256 bytes; what more is wrong with a topic is said in words, not by a schema. */
const Topic = Type.String({ minLength: 1, maxLength: 256 })
const Qos = Type.Union([Type.Literal(0), Type.Literal(1)])
const LastModified = Type.String({ format: 'date-time', description: 'When the broker took it' })

/** A retained message in a list, without its payload (AWS IoT data plane, ListRetainedMessages). */
export const RetainedTopic = Type.Object({
  topic: Type.String(),
  payloadSize: Type.Integer({ minimum: 0, description: 'In bytes' }),
  qos: Qos,
  lastModified: LastModified,
})
export type RetainedTopic = Static<typeof RetainedTopic>

/** A page may be short or empty and still have a token: the search goes on behind it. */
export const RetainedTopicPage = Type.Object({
  retainedTopics: Type.Array(RetainedTopic),
  looked: Type.Integer({ minimum: 0, description: 'How many topics were looked through for it' }),
  nextToken: Type.Optional(Type.String()),
})
export type RetainedTopicPage = Static<typeof RetainedTopicPage>

/** A retained message whole (GetRetainedMessage). AWS tells no other properties of MQTT 5 here than the user's. */
export const RetainedMessage = Type.Object({
  topic: Type.String(),
  payload: Type.String({ description: 'Base64 (RFC 4648 §4)' }),
  qos: Qos,
  lastModified: LastModified,
  userProperties: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
})
export type RetainedMessage = Static<typeof RetainedMessage>

/** What became of the retained message of one topic. */
export const ClearedTopic = Type.Object({
  topic: Type.String(),
  outcome: Type.Union(
    [Type.Literal('cleared'), Type.Literal('none'), Type.Literal('changed'), Type.Literal('failed')],
    {
      description:
        '`none`: nothing was retained any more. `changed`: published anew since `lastModified`, and left alone',
    },
  ),
  code: Type.Optional(Type.String({ description: "Of `failed`: AWS's error name" })),
  message: Type.Optional(Type.String()),
})
export type ClearedTopic = Static<typeof ClearedTopic>

/** So many are cleared by one request. */
export const MOST_CLEARED_AT_ONCE = 100

export const retainedMessageEndpoints = defineEndpoints({
  listRetainedMessages: {
    method: 'GET',
    path: '/api/retained-messages',
    summary: 'A page of the topics on which the broker retains a message',
    access: 'viewer',
    query: Type.Object({
      prefix: Type.Optional(Type.String({ maxLength: 256, description: 'How the topic begins, exactly' })),
      contains: Type.Optional(Type.String({ maxLength: 256, description: 'Part of the topic, in whichever case' })),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 where it is not given' })),
      nextToken: Type.Optional(Type.String({ maxLength: 4_096 })),
    }),
    answer: json(RetainedTopicPage),
  },
  getRetainedMessage: {
    method: 'GET',
    path: '/api/retained-message',
    summary: 'The retained message of a topic',
    access: 'viewer',
    query: Type.Object({ topic: Topic }),
    answer: json(RetainedMessage),
  },
  clearRetainedMessages: {
    method: 'POST',
    path: '/api/retained-messages/clear',
    summary:
      'Has the broker retain nothing on these topics any more; each that is cleared is an entry of the audit trail',
    access: 'operator',
    audit: 'ClearRetainedMessage',
    body: Type.Object({
      topics: Type.Array(
        Type.Object({
          topic: Topic,
          lastModified: Type.Optional(
            Type.String({ format: 'date-time', description: 'As it was seen: one published since is left alone' }),
          ),
        }),
        { minItems: 1, maxItems: MOST_CLEARED_AT_ONCE },
      ),
    }),
    answer: json(Type.Object({ topics: Type.Array(ClearedTopic) })),
  },
})
