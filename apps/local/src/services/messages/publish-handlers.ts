import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { Broker } from '@thingdeck/broker'
import { isReservedTopic, mayPublish } from '@thingdeck/topics'
import type { Clock } from '../../foundation/clock.ts'
import { checkTopic, readProperties } from './message-input.ts'

/** The Publish operation: a message over HTTPS takes the way of one over MQTT. */
export function publishHandlers(broker: Broker<unknown>, clock: Clock) {
  return {
    Publish: async (input) => {
      const { topic, retain = false, messageExpiry } = input
      checkTopic(topic)
      if (!mayPublish(topic)) throw new AwsError('ForbiddenException', `The topic ${topic} is reserved`)
      if (retain && isReservedTopic(topic)) {
        throw new AwsError('InvalidRequestException', 'A message on a reserved topic cannot be retained')
      }
      await broker.publish({
        topic,
        payload: input.payload ?? new Uint8Array(),
        qos: input.qos === 1 ? 1 : 0,
        retain,
        properties: readProperties(input, broker.limits),
        ...(messageExpiry === undefined ? {} : { expiresAtMs: expiryOf(messageExpiry, broker, clock) }),
      })
      return {}
    },
  } satisfies Handlers<typeof sdk, unknown>
}

/** 0 counts as 1, and more than the limit as the limit (AWS guide, "MQTT", message expiry). */
function expiryOf(seconds: number, broker: Broker<unknown>, clock: Clock): number {
  return clock() + Math.min(Math.max(seconds, 1), broker.limits.messageExpirySeconds) * 1000
}
