import { type TopicLimits, validateTopicName } from '@thingdeck/topics'
import type { ConnectPacket } from '../codec/decode-connect.ts'
import { REASON, type ReasonCode } from '../codec/reason-codes.ts'
import type { Limits } from '../limits.ts'
import { isExceeding } from '../message-properties.ts'
import type { Failure } from '../observer.ts'
import type { DisconnectReason } from '../types.ts'

/** Why a CONNECT is refused. */
export interface ConnectRefusal {
  code: ReasonCode
  message: string
  reason?: DisconnectReason
  /** Default: CLIENT_ERROR. */
  kind?: Failure['kind']
  /** Over MQTT 3.1.1 the connection closes without CONNACK. */
  isSilent?: true
}

/** What a CONNECT is held to. */
interface ConnectBounds {
  readonly limits: Readonly<Limits>
  readonly topicLimits: TopicLimits
}

/** Why a CONNECT is refused, whoever sent it; undefined where it is not. */
export function checkConnect(bounds: ConnectBounds, packet: ConnectPacket): ConnectRefusal | undefined {
  return checkAuthentication(packet) ?? checkClientId(bounds, packet) ?? checkWill(bounds, packet)
}

/** [MQTT-4.12.0-1]: no method of enhanced authentication is supported. What was sent is wrong, not who sent it. */
function checkAuthentication({ properties }: ConnectPacket): ConnectRefusal | undefined {
  if (properties.authenticationMethod === undefined) return undefined
  return { code: REASON.NOT_AUTHORIZED, message: 'Enhanced authentication is not supported', reason: 'AUTH_ERROR' }
}

/** [MQTT-3.1.3-5], [MQTT-3.1.3-8]; AWS: not longer than 128 bytes, and no `$` at the start. */
function checkClientId({ limits }: ConnectBounds, packet: ConnectPacket): ConnectRefusal | undefined {
  const { clientId, protocolVersion } = packet
  const code = REASON.CLIENT_ID_NOT_VALID
  if (clientId === '' && protocolVersion === 4) return { code, message: 'The client id is empty' }
  if (clientId.startsWith('$')) return { code, message: 'The client id starts with $' }
  if (Buffer.byteLength(clientId) > limits.clientIdBytes) return { code, message: 'The client id is too long' }
  return undefined
}

function checkWill({ limits, topicLimits }: ConnectBounds, { will }: ConnectPacket): ConnectRefusal | undefined {
  if (!will) return undefined
  if (will.qos === 2) return { code: REASON.QOS_NOT_SUPPORTED, message: 'QoS 2 is not supported' } // [MQTT-3.2.2-12]
  const problem = validateTopicName(will.topic, topicLimits)
  if (problem) return { code: REASON.TOPIC_NAME_INVALID, message: problem.message }
  if (will.payload.length > limits.payloadBytes || isExceeding(will.properties, limits)) {
    return { code: REASON.QUOTA_EXCEEDED, message: 'The will is too large' }
  }
  if (/[+#]/.test(will.properties.responseTopic ?? '')) {
    return { code: REASON.PROTOCOL_ERROR, message: 'The response topic has a wildcard' } // [MQTT-3.3.2-14]
  }
  return undefined
}
