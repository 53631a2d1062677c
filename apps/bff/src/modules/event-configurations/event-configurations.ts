import {
  DescribeEventConfigurationsCommand,
  type DescribeEventConfigurationsResponse,
  type IoTClient,
  UpdateEventConfigurationsCommand,
} from '@aws-sdk/client-iot'
import { EVENT_TYPES, type EventConfigurations, type EventType } from '@thingdeck/contract'

export interface EventChange {
  readonly eventType: EventType
  readonly isEnabled: boolean
}

interface ChangedEvents {
  readonly before: EventConfigurations
  readonly after: EventConfigurations
}

/** Which events AWS IoT publishes. Errors are AWS's own. */
export interface EventSwitches {
  describe(): Promise<EventConfigurations>
  /** Those that are not named stay as they are. */
  update(changes: readonly EventChange[]): Promise<ChangedEvents>
}

export function createEventSwitches(iot: IoTClient): EventSwitches {
  const describe = async () => toConfigurations(await iot.send(new DescribeEventConfigurationsCommand({})))
  return {
    describe,
    async update(changes) {
      // What an update leaves out is not said to stay, so that it repeats all that there is.
      const found = await iot.send(new DescribeEventConfigurationsCommand({}))
      const changed = Object.fromEntries(changes.map(({ eventType, isEnabled }) => [eventType, { Enabled: isEnabled }]))
      await iot.send(
        new UpdateEventConfigurationsCommand({ eventConfigurations: { ...found.eventConfigurations, ...changed } }),
      )
      return { before: toConfigurations(found), after: await describe() }
    },
  }
}

function toConfigurations(found: DescribeEventConfigurationsResponse): EventConfigurations {
  const { eventConfigurations = {}, creationDate, lastModifiedDate } = found
  const all = Object.entries(eventConfigurations).map(([eventType, { Enabled }]) => ({
    eventType,
    isEnabled: Enabled === true,
  }))
  const known: readonly string[] = EVENT_TYPES
  const rank = ({ eventType }: { eventType: string }) =>
    known.includes(eventType) ? known.indexOf(eventType) : known.length
  return {
    events: all.sort((one, other) => rank(one) - rank(other)),
    ...(creationDate && { createdAt: creationDate.toISOString() }),
    ...(lastModifiedDate && { modifiedAt: lastModifiedDate.toISOString() }),
  }
}
