import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { BrokerStore, Message } from '@thingdeck/broker'
import type { Clock } from '../../foundation/clock.ts'
import { paginateByText } from '../../foundation/paging.ts'
import { checkTopic, formatUserProperties } from './message-input.ts'

/** GetRetainedMessage and ListRetainedMessages. */
export function retainedHandlers(store: BrokerStore, clock: Clock) {
  const isAlive = ({ expiresAtMs }: Message) => expiresAtMs === undefined || expiresAtMs > clock()
  return {
    GetRetainedMessage: ({ topic }) => {
      checkTopic(topic)
      const message = store.retained(topic)
      if (!message || !isAlive(message)) {
        throw new AwsError('ResourceNotFoundException', `No retained message on topic ${topic}`)
      }
      return {
        topic,
        payload: message.payload,
        qos: message.qos,
        lastModifiedTime: message.receivedAtMs,
        userProperties: formatUserProperties(message.properties.userProperties),
      }
    },

    ListRetainedMessages: (request) => {
      const page = paginateByText(
        request,
        'retained messages',
        (after, count) => store.retainedTopics(after === '' ? undefined : after, count),
        ({ topic }) => topic,
      )
      return {
        retainedTopics: page.items.filter(isAlive).map(({ topic, payload, qos, receivedAtMs }) => ({
          topic,
          payloadSize: payload.byteLength,
          qos,
          lastModifiedTime: receivedAtMs,
        })),
        nextToken: page.nextToken,
      }
    },
  } satisfies Handlers<typeof sdk, unknown>
}
