import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Call, type Handlers } from '@thingdeck/aws-api'
import type { Broker } from '@thingdeck/broker'
import { isReservedTopic, mayPublish } from '@thingdeck/topics'
import type { Caller } from '../../foundation/caller.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { sourceOf } from '../../foundation/source-of.ts'
import { httpPublisher, type Publisher } from '../../foundation/traffic.ts'
import { checkTopic, readProperties } from './message-input.ts'

/** The Publish operation: a message over HTTPS takes the way of one over MQTT. */
export function publishHandlers({ broker, messages, clock }: ServiceContext) {
  return {
    Publish: async (input, call) => {
      const { topic, retain = false, messageExpiry } = input
      checkTopic(topic)
      if (!mayPublish(topic)) throw new AwsError('ForbiddenException', `The topic ${topic} is reserved`)
      if (retain && isReservedTopic(topic)) {
        throw new AwsError('InvalidRequestException', 'A message on a reserved topic cannot be retained')
      }
      await messages.publishFor(publisherOf(call, clock()), {
        topic,
        payload: input.payload ?? new Uint8Array(),
        qos: input.qos === 1 ? 1 : 0,
        retain,
        properties: readProperties(input, broker.limits),
        ...(messageExpiry === undefined ? {} : { expiresAtMs: expiryOf(messageExpiry, broker, clock) }),
      })
      return {}
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** Who calls. @throws {AwsError} for nobody and for other accounts, who are not let in to this operation */
function publisherOf({ caller, request }: Call<Caller>, nowMs: number): Publisher {
  if (caller.kind === 'anonymous' || caller.kind === 'other-account') {
    throw new AwsError('UnauthorizedException', 'Publish needs a signature of the account')
  }
  return httpPublisher({ principal: caller, ...sourceOf(request.raw.socket) }, nowMs, request.requestId)
}

/**
 * 0 counts as 1, and more than the limit as the limit (AWS guide, "MQTT", message expiry).
 * @throws {AwsError} InvalidRequestException for less, which no MQTT client could send
 */
function expiryOf(seconds: number, broker: Broker<unknown>, clock: Clock): number {
  if (seconds < 0) throw new AwsError('InvalidRequestException', 'messageExpiry must be a number of seconds from 0')
  return clock() + Math.min(Math.max(seconds, 1), broker.limits.messageExpirySeconds) * 1000
}
