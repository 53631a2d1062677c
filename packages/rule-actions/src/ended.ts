import { actionPermissions } from '@thingdeck/rules-sql'
import { InvalidAction } from './action-error.ts'
import { bytesOf } from './bytes.ts'
import { elementsOf } from './elements.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { IotAnalyticsSettings, IotEventsSettings } from './settings.ts'

// Services that AWS has ended. Both actions are still in its API, and what an endpoint is named for is sent there.

/** "In batch mode at most 10 messages" and "100 messages" (AWS IoT developer guide of December 2022). */
const MAX_EVENTS_BATCH = 10
const MAX_ANALYTICS_BATCH = 100

/** The result, or with `batchMode` each element of it. */
function payloadsOf(message: MatchedMessage, batchMode: boolean | undefined, resource: string, most: number) {
  const elements = batchMode ? elementsOf(message, resource, most) : undefined
  return elements?.map((element) => bytesOf(element)) ?? [message.output]
}

/** @see AWS IoT developer guide of December 2022, "IoT Events" */
export function iotEventsRequest(
  { inputName, messageId, batchMode, roleArn }: IotEventsSettings,
  options: ActionOptions,
) {
  if (batchMode && messageId !== undefined) {
    throw new InvalidAction(`${options.place}.messageId: it cannot be given where batchMode is true.`)
  }
  const input = options.template('inputName', inputName)
  const id = optionalTemplate(options, 'messageId', messageId)
  return {
    label: 'IotEventsAction',
    failure: 'Failed to send message to Iot Events',
    roleArn,
    request: async (message: MatchedMessage) => {
      const name = await render(input, message)
      const given = await render(id, message)
      const messages = payloadsOf(message, batchMode, name, MAX_EVENTS_BATCH).map((payload) => ({
        messageId: given || message.environment.randomUuid(),
        inputName: name,
        payload,
      }))
      return {
        resource: name,
        permissions: actionPermissions('iotEvents', { inputName: name }, options.home),
        resources: { InputName: name },
        words: `Action: iotEvents, Input: ${name}`,
        operation: 'BatchPutMessage' as const,
        input: { messages },
      }
    },
  }
}

/** @see AWS IoT developer guide of December 2022, "IoT Analytics" */
export function iotAnalyticsRequest(
  { channelName, channelArn, batchMode, roleArn }: IotAnalyticsSettings,
  options: ActionOptions,
) {
  if (roleArn === undefined) throw new InvalidAction(`${options.place}.roleArn: it is needed.`)
  // `channelArn` is of the action's first days, and ends in the name.
  const name = channelName ?? channelArn?.split('channel/').at(-1)
  if (name === undefined) throw new InvalidAction(`${options.place}.channelName: it is needed.`)
  const channel = options.template(channelName === undefined ? 'channelArn' : 'channelName', name)
  return {
    label: 'IotAnalyticsAction',
    failure: 'Failed to send message to Iot Analytics',
    roleArn,
    request: async (message: MatchedMessage) => {
      const resource = await render(channel, message)
      const messages = payloadsOf(message, batchMode, resource, MAX_ANALYTICS_BATCH).map((payload) => ({
        messageId: message.environment.randomUuid(),
        payload,
      }))
      return {
        resource,
        permissions: actionPermissions('iotAnalytics', { channelName: resource }, options.home),
        resources: { ChannelName: resource },
        words: `Action: iotAnalytics, Channel: ${resource}`,
        operation: 'BatchPutMessage' as const,
        input: { channelName: resource, messages },
      }
    },
  }
}
