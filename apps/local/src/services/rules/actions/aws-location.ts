import { locationRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import { type AwsTarget, withoutHostPrefix } from './aws-clients.ts'
import { failOfRefused } from './refused-entries.ts'

const LOCATION: AwsTarget = {
  title: 'Amazon Location Service',
  variable: 'AWS_ENDPOINT_URL_LOCATION',
  connect: async (settings) =>
    new (await import('@aws-sdk/client-location')).LocationClient({ ...settings, ...withoutHostPrefix(settings) }),
}

interface Answer {
  readonly Errors?: readonly { readonly Error?: { readonly Code?: string; readonly Message?: string } }[]
}

export const locationAction = (settings: ActionSettings<'location'>, options: ActionOptions): AwsActionShape =>
  sentTo(LOCATION, locationRequest(settings, options), async (client, { input }) => {
    const { BatchUpdateDevicePositionCommand } = await import('@aws-sdk/client-location')
    const { Errors = [] } = await client.send<Answer>(new BatchUpdateDevicePositionCommand(input))
    failOfRefused(
      Errors.map(({ Error: error }) => `${error?.Code}: ${error?.Message}`),
      input.Updates.length,
      'positions',
    )
  })
