import { randomUUID } from 'node:crypto'
import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { ActionSettings } from '../rule-table.ts'
import { type ActionOptions, type Execution, optionalTemplate, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { elementsOf } from './elements.ts'
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

/** "In batch mode at most 10 messages" and "100 messages" (AWS IoT developer guide of December 2022). */
const MAX_EVENTS_BATCH = 10
const MAX_ANALYTICS_BATCH = 100

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

/** The result, or with `batchMode` each element of it. */
function payloadsOf(execution: Execution, batchMode: boolean | undefined, resource: string, most: number) {
  const elements = batchMode ? elementsOf(execution, resource, most) : undefined
  return elements?.map((element) => Buffer.from(element)) ?? [execution.output]
}

/** @see AWS IoT developer guide of December 2022, "IoT Events" */
export function iotEventsAction(
  { inputName, messageId, batchMode, roleArn }: ActionSettings<'iotEvents'>,
  options: ActionOptions,
): AwsActionShape {
  if (batchMode && messageId !== undefined) {
    throw invalidRequest(`${options.place}.messageId: it cannot be given where batchMode is true.`)
  }
  const input = options.template('inputName', inputName)
  const id = optionalTemplate(options, 'messageId', messageId)
  return {
    label: 'IotEventsAction',
    failure: 'Failed to send message to Iot Events',
    target: IOT_EVENTS,
    roleArn,
    call: async (execution) => {
      const name = await render(input, execution)
      const given = await render(id, execution)
      const messages = payloadsOf(execution, batchMode, name, MAX_EVENTS_BATCH).map((payload) => ({
        messageId: given || randomUUID(),
        inputName: name,
        payload,
      }))
      return {
        resource: name,
        permissions: actionPermissions('iotEvents', { inputName: name }, homeOf(options.account)),
        resources: { InputName: name },
        words: `Action: iotEvents, Input: ${name}`,
        send: async (client) => {
          const { BatchPutMessageCommand } = await import('@aws-sdk/client-iot-events-data')
          const answer = await client.send<Answer>(new BatchPutMessageCommand({ messages }))
          failOfMessages(answer.BatchPutMessageErrorEntries, messages.length)
        },
      }
    },
  }
}

/** @see AWS IoT developer guide of December 2022, "IoT Analytics" */
export function iotAnalyticsAction(
  { channelName, channelArn, batchMode, roleArn }: ActionSettings<'iotAnalytics'>,
  options: ActionOptions,
): AwsActionShape {
  if (roleArn === undefined) throw invalidRequest(`${options.place}.roleArn: it is needed.`)
  // `channelArn` is of the action's first days, and ends in the name.
  const name = channelName ?? channelArn?.split('channel/').at(-1)
  if (name === undefined) throw invalidRequest(`${options.place}.channelName: it is needed.`)
  const channel = options.template(channelName === undefined ? 'channelArn' : 'channelName', name)
  return {
    label: 'IotAnalyticsAction',
    failure: 'Failed to send message to Iot Analytics',
    target: IOT_ANALYTICS,
    roleArn,
    call: async (execution) => {
      const resource = await render(channel, execution)
      const messages = payloadsOf(execution, batchMode, resource, MAX_ANALYTICS_BATCH).map((payload) => ({
        messageId: randomUUID(),
        payload,
      }))
      return {
        resource,
        permissions: actionPermissions('iotAnalytics', { channelName: resource }, homeOf(options.account)),
        resources: { ChannelName: resource },
        words: `Action: iotAnalytics, Channel: ${resource}`,
        send: async (client) => {
          const { BatchPutMessageCommand } = await import('@aws-sdk/client-iotanalytics')
          const answer = await client.send<Answer>(new BatchPutMessageCommand({ channelName: resource, messages }))
          failOfMessages(answer.batchPutMessageErrorEntries, messages.length)
        },
      }
    },
  }
}
