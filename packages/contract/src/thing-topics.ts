import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { ThingName } from './things.ts'

/** What stands for the thing's name in a topic filter of its type. */
export const THING_NAME_VARIABLE = '${thingName}'

/** Where the messages of the things of one type are. */
export const ThingTypeTopics = Type.Object({
  thingTypeName: Type.Optional(
    Type.String({
      ...ThingName,
      description: 'Absent: of things of no type, and of types that have none of their own',
    }),
  ),
  topicFilters: Type.Array(
    Type.String({
      minLength: 1,
      maxLength: 256,
      description: '`${thingName}` stands for the name of the thing, e.g. `dt/+/${thingName}/#`',
    }),
    { minItems: 1, maxItems: 20 },
  ),
})
export type ThingTypeTopics = Static<typeof ThingTypeTopics>

/** Where a thing's own messages are is this account's to say: AWS has no word for it but what is reserved for shadows. */
export const thingTopicEndpoints = defineEndpoints({
  listThingTopics: {
    method: 'GET',
    path: '/api/thing-topics',
    summary: "The topic filters of things' own messages, by thing type",
    access: 'viewer',
    answer: json(Type.Object({ types: Type.Array(ThingTypeTopics, { description: 'Those that an admin has set' }) })),
  },
  setThingTopics: {
    method: 'PUT',
    path: '/api/thing-topics',
    summary: 'Sets the topic filters of one thing type, or of all that have none of their own',
    access: 'admin',
    audit: 'SetThingTopics',
    body: ThingTypeTopics,
    answer: EMPTY,
  },
  resetThingTopics: {
    method: 'DELETE',
    path: '/api/thing-topics',
    summary: 'Forgets what was set for one thing type, or for all that have none of their own',
    access: 'admin',
    audit: 'ResetThingTopics',
    query: Type.Object({ thingTypeName: Type.Optional(ThingName) }),
    answer: EMPTY,
  },
})
