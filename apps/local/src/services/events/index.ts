import type { EventType } from '@aws-sdk/client-iot'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { MakeService } from '../../foundation/service.ts'
import { EventConfigurations } from './event-configurations.ts'
import { eventTypeOf, jobEvent } from './job-events.ts'
import { registryEvents } from './registry-events.ts'

/** Event messages of the registry and of jobs, `$aws/events/thing/…`, `$aws/events/job/…` and the like, and the switches for them. */
export const eventsService: MakeService = (context) => {
  const { account, clock, jobChanges, messages, things } = context
  const configurations = new EventConfigurations(context)
  const isEnabled = (type: EventType) => configurations.isEnabled(type)
  things.changes.subscribe((change) => {
    for (const { topic, document } of registryEvents(
      change,
      { accountId: account.id, timestamp: clock() },
      isEnabled,
    )) {
      messages.publish(topic, Buffer.from(JSON.stringify(document)))
    }
  })
  jobChanges.subscribe((change) => {
    if (!isEnabled(eventTypeOf(change))) return
    const { topic, document } = jobEvent(change, account, clock())
    messages.publish(topic, Buffer.from(JSON.stringify(document)))
  })
  return {
    name: 'events',
    handlers: { iot: eventHandlers(configurations) },
    reread: () => configurations.forget(),
  }
}

function eventHandlers(configurations: EventConfigurations) {
  return {
    DescribeEventConfigurations: () => {
      const { configurations: all, createdAtMs, modifiedAtMs } = configurations.describe()
      return {
        eventConfigurations: Object.fromEntries([...all].map(([type, Enabled]) => [type, { Enabled }])),
        ...(createdAtMs !== undefined && { creationDate: new Date(createdAtMs) }),
        ...(modifiedAtMs !== undefined && { lastModifiedDate: new Date(modifiedAtMs) }),
      }
    },
    UpdateEventConfigurations: ({ eventConfigurations = {} }) => {
      configurations.update(
        // Object.entries of a record with known keys says only that they are texts; the schema has let no others in.
        new Map(
          Object.entries(eventConfigurations).map(([type, { Enabled }]) => [type as EventType, Enabled === true]),
        ),
      )
      return {}
    },
  } satisfies IotHandlers
}
