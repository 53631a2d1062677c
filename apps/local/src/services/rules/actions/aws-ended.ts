import { iotAnalyticsRequest, iotEventsRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { failOfRefused } from './refused-entries.ts'

// Services that AWS has ended. Both actions are still in its API, and what an endpoint is named for is sent there.

const IOT_EVENTS: AwsTarget = {
  title: 'AWS IoT Events',
  variable: 'AWS_ENDPOINT_URL_IOT_EVENTS_DATA',
  connect: async (settings) => new (await import('@aws-sdk/client-iot-events-data')).IoTEventsDataClient(settings),
}

const IOT_ANALYTICS: AwsTarget = {
  title: 'AWS IoT Analytics',
  variable: 'AWS_ENDPOINT_URL_IOTANALYTICS',
  connect: async (settings) => new (await import('@aws-sdk/client-iotanalytics')).IoTAnalyticsClient(settings),
}

interface Answer {
  readonly BatchPutMessageErrorEntries?: readonly Refused[]
  readonly batchPutMessageErrorEntries?: readonly Refused[]
}

interface Refused {
  readonly errorCode?: string
  readonly errorMessage?: string
}

const failOfMessages = (refused: readonly Refused[] = [], count: number) =>
  failOfRefused(
    refused.map(({ errorCode, errorMessage }) => `${errorCode}: ${errorMessage}`),
    count,
    'messages',
  )

export const iotEventsAction = (settings: ActionSettings<'iotEvents'>, options: ActionOptions): AwsActionShape =>
  sentTo(IOT_EVENTS, iotEventsRequest(settings, options), async (client, { input }) => {
    const { BatchPutMessageCommand } = await import('@aws-sdk/client-iot-events-data')
    const answer = await client.send<Answer>(new BatchPutMessageCommand(input))
    failOfMessages(answer.BatchPutMessageErrorEntries, input.messages.length)
  })

export const iotAnalyticsAction = (settings: ActionSettings<'iotAnalytics'>, options: ActionOptions): AwsActionShape =>
  sentTo(IOT_ANALYTICS, iotAnalyticsRequest(settings, options), async (client, { input }) => {
    const { BatchPutMessageCommand } = await import('@aws-sdk/client-iotanalytics')
    const answer = await client.send<Answer>(new BatchPutMessageCommand(input))
    failOfMessages(answer.batchPutMessageErrorEntries, input.messages.length)
  })
