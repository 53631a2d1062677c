import type { IotLogEntry } from '@thingdeck/contract'
import { withDetails } from './vague-reasons.ts'

/** AWS IoT developer guide, "Lifecycle events", `disconnectReason`; fleet indexing has them too. */
const REASONS: Readonly<Record<string, string>> = {
  AUTH_ERROR: 'the device could not be authenticated, or was not authorized',
  CLIENT_INITIATED_DISCONNECT: 'the device said goodbye',
  CLIENT_ERROR: 'the device broke the protocol',
  CONNECTION_LOST: 'the network connection was lost',
  DUPLICATE_CLIENTID: 'another connection took its client id',
  FORBIDDEN_ACCESS: 'a policy forbade what it did',
  MQTT_KEEP_ALIVE_TIMEOUT: 'it was silent for longer than its keep-alive',
  SERVER_ERROR: 'an error in AWS IoT',
  SERVER_INITIATED_DISCONNECT: 'AWS IoT ended the connection',
  API_INITIATED_DISCONNECT: 'someone ended the connection through the API',
  THROTTLED: 'it sent more than it may',
  WEBSOCKET_TTL_EXPIRATION: 'its WebSocket reached the maximum age',
  CUSTOMAUTH_TTL_EXPIRATION: 'its custom authorization expired',
}

export const DISCONNECT_REASONS = Object.keys(REASONS)

const TAKEN_OVER = /^DUPLICATE_CLIENT_?ID$/

type Ended = Pick<IotLogEntry, 'eventType' | 'disconnectReason' | 'reason'>

/**
 * Whether a connection ended because another one came with its client id. The reason has both spellings in the log's own
 * format (AWS IoT developer guide, "Disconnect log entry").
 */
export const isTakenOver = ({ eventType, disconnectReason, reason }: Ended): boolean =>
  eventType === 'Disconnect' && [disconnectReason, reason].some((word = '') => TAKEN_OVER.test(word))

/**
 * `the network connection was lost (CONNECTION_LOST)`; one that AWS added since then stands for itself.
 * @param details AWS's own, where the log has them
 */
export const reasonInWords = (reason: string, details?: string): string => {
  const words = REASONS[reason]
  return words === undefined ? reason : `${withDetails(words, reason, details)} (${reason})`
}
