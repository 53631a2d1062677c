import { type EventConfigurations, endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createEventSwitches } from './event-configurations.ts'

/** Which of the account's events are published on `$aws/events/…`. */
export const eventConfigurations: Module = {
  name: 'event-configurations',
  routes(app, { aws }) {
    const switches = createEventSwitches(aws.iot)
    route(app, endpoints.describeEventConfigurations, async () => switches.describe())
    route(app, endpoints.updateEventConfigurations, async (request) => {
      const { before, after } = await switches.update(request.body.events)
      request.noteAudit({
        resource: { type: 'event-configurations', id: 'AWS IoT events' },
        changes: changedMembers(byType(before), byType(after)),
      })
      return after
    })
  },
}

const byType = ({ events }: EventConfigurations): Record<string, boolean> =>
  Object.fromEntries(events.map(({ eventType, isEnabled }) => [eventType, isEnabled]))
