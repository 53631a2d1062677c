import { siteWiseRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import { type AwsTarget, withoutHostPrefix } from './aws-clients.ts'
import { failOfRefused } from './refused-entries.ts'

const SITEWISE: AwsTarget = {
  title: 'AWS IoT SiteWise',
  variable: 'AWS_ENDPOINT_URL_IOTSITEWISE',
  connect: async (settings) =>
    new (await import('@aws-sdk/client-iotsitewise')).IoTSiteWiseClient({
      ...settings,
      ...withoutHostPrefix(settings),
    }),
}

interface Answer {
  readonly errorEntries?: readonly {
    readonly entryId?: string
    readonly errors?: readonly { readonly errorCode?: string; readonly errorMessage?: string }[]
  }[]
}

export const siteWiseAction = (settings: ActionSettings<'iotSiteWise'>, options: ActionOptions): AwsActionShape =>
  sentTo(SITEWISE, siteWiseRequest(settings, options), async (client, { input }) => {
    const { BatchPutAssetPropertyValueCommand } = await import('@aws-sdk/client-iotsitewise')
    const { errorEntries = [] } = await client.send<Answer>(new BatchPutAssetPropertyValueCommand(input))
    const reasons = errorEntries.flatMap(({ entryId, errors = [] }) =>
      errors.map(({ errorCode, errorMessage }) => `entry ${entryId}: ${errorCode}: ${errorMessage}`),
    )
    failOfRefused(reasons, input.entries.length, 'entries')
  })
