import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'

/** What AWS IoT can tell of by messages (AWS IoT API reference, EventType). */
export const EVENT_TYPES = [
  'THING',
  'THING_GROUP',
  'THING_TYPE',
  'THING_GROUP_MEMBERSHIP',
  'THING_GROUP_HIERARCHY',
  'THING_TYPE_ASSOCIATION',
  'JOB',
  'JOB_EXECUTION',
  'POLICY',
  'CERTIFICATE',
  'CA_CERTIFICATE',
] as const
export const EventType = oneOf(EVENT_TYPES)
export type EventType = Static<typeof EventType>

export const EventConfigurations = Type.Object({
  events: Type.Array(Type.Object({ eventType: Type.String(), isEnabled: Type.Boolean() }), {
    description: 'Those that AWS answers, in the order of its reference; all are off until somebody turns them on',
  }),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  modifiedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type EventConfigurations = Static<typeof EventConfigurations>

export const eventConfigurationEndpoints = defineEndpoints({
  describeEventConfigurations: {
    method: 'GET',
    path: '/api/event-configurations',
    summary: 'Which events are published on $aws/events/…',
    access: 'viewer',
    answer: json(EventConfigurations),
  },
  updateEventConfigurations: {
    method: 'PATCH',
    path: '/api/event-configurations',
    summary: 'Turns events on and off; those that are not named stay as they are',
    access: 'admin',
    audit: 'UpdateEventConfigurations',
    body: Type.Object({
      events: Type.Array(Type.Object({ eventType: EventType, isEnabled: Type.Boolean() }), {
        minItems: 1,
        maxItems: EVENT_TYPES.length,
      }),
    }),
    answer: json(EventConfigurations),
  },
})
