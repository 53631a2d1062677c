import { actionPermissions } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, render } from './execution.ts'
import type { LocationSettings } from './settings.ts'
import { timestampOf, toMilliseconds } from './time-units.ts'

/** A position of a device, which Amazon Location has with the longitude first. @see AWS IoT developer guide, "Location" */
export function locationRequest(settings: LocationSettings, options: ActionOptions) {
  const tracker = options.template('trackerName', settings.trackerName)
  const device = options.template('deviceId', settings.deviceId)
  const latitude = options.template('latitude', settings.latitude)
  const longitude = options.template('longitude', settings.longitude)
  const time = timestampOf(settings.timestamp, options)
  return {
    label: 'LocationAction',
    failure: 'Failed to update device position',
    roleArn: settings.roleArn,
    request: async (message: MatchedMessage) => {
      const TrackerName = await render(tracker, message)
      const DeviceId = await render(device, message)
      const Position = [
        readDegrees('longitude', await render(longitude, message), 180, TrackerName),
        readDegrees('latitude', await render(latitude, message), 90, TrackerName),
      ]
      const SampleTime = new Date(toMilliseconds(await time(message, TrackerName)))
      return {
        resource: TrackerName,
        permissions: actionPermissions('location', { trackerName: TrackerName }, options.home),
        resources: { TrackerName, DeviceId },
        words: `Action: location, Tracker: ${TrackerName}, Device: ${DeviceId}`,
        operation: 'BatchUpdateDevicePosition' as const,
        input: { TrackerName, Updates: [{ DeviceId, Position, SampleTime }] },
      }
    },
  }
}

function readDegrees(member: string, text: string, most: number, resource: string): number {
  const degrees = Number(text)
  if (text.trim() !== '' && Math.abs(degrees) <= most) return degrees
  throw new ActionFailure(resource, `${member} must be a number from -${most} to ${most}, not ${text}.`)
}
