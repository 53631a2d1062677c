import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, optionalTemplate, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import { type AwsTarget, withoutHostPrefix } from './aws-clients.ts'
import { failOfRefused } from './refused-entries.ts'
import { readTimeUnit, readWholeTime, toMilliseconds } from './time-units.ts'

const LOCATION: AwsTarget = {
  title: 'Amazon Location Service',
  variable: 'AWS_ENDPOINT_URL_LOCATION',
  connect: async (settings) =>
    new (await import('@aws-sdk/client-location')).LocationClient({ ...settings, ...withoutHostPrefix(settings) }),
}

interface Answer {
  readonly Errors?: readonly { readonly Error?: { readonly Code?: string; readonly Message?: string } }[]
}

/** A position of a device, which Amazon Location has with the longitude first. @see AWS IoT developer guide, "Location" */
export function locationAction(settings: ActionSettings<'location'>, options: ActionOptions): AwsActionShape {
  const tracker = options.template('trackerName', settings.trackerName)
  const device = options.template('deviceId', settings.deviceId)
  const latitude = options.template('latitude', settings.latitude)
  const longitude = options.template('longitude', settings.longitude)
  const time = optionalTemplate(options, 'timestamp.value', settings.timestamp?.value)
  const unit = optionalTemplate(options, 'timestamp.unit', settings.timestamp?.unit)
  return {
    label: 'LocationAction',
    failure: 'Failed to update device position',
    target: LOCATION,
    roleArn: settings.roleArn,
    call: async (execution) => {
      const TrackerName = await render(tracker, execution)
      const DeviceId = await render(device, execution)
      const Position = [
        readDegrees('longitude', await render(longitude, execution), 180, TrackerName),
        readDegrees('latitude', await render(latitude, execution), 90, TrackerName),
      ]
      const given = await render(time, execution)
      const milliseconds =
        given === undefined
          ? execution.input.message.timestampMs
          : toMilliseconds(
              readWholeTime(given, 'timestamp.value', TrackerName),
              readTimeUnit((await render(unit, execution)) ?? '', 'timestamp.unit', TrackerName),
            )
      return {
        resource: TrackerName,
        permissions: actionPermissions('location', { trackerName: TrackerName }, homeOf(options.account)),
        resources: { TrackerName, DeviceId },
        words: `Action: location, Tracker: ${TrackerName}, Device: ${DeviceId}`,
        send: async (client) => {
          const { BatchUpdateDevicePositionCommand } = await import('@aws-sdk/client-location')
          const Updates = [{ DeviceId, Position, SampleTime: new Date(milliseconds) }]
          const { Errors = [] } = await client.send<Answer>(
            new BatchUpdateDevicePositionCommand({ TrackerName, Updates }),
          )
          failOfRefused(
            Errors.map(({ Error: error }) => `${error?.Code}: ${error?.Message}`),
            Updates.length,
            'positions',
          )
        },
      }
    },
  }
}

function readDegrees(member: string, text: string, most: number, resource: string): number {
  const degrees = Number(text)
  if (text.trim() !== '' && Math.abs(degrees) <= most) return degrees
  throw new ActionFailure(resource, `${member} must be a number from -${most} to ${most}, not ${text}.`)
}
