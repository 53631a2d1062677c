import { REASON, type ReasonCode } from './codec/reason-codes.ts'
import type { DisconnectReason } from './types.ts'

const CODES: Record<DisconnectReason, ReasonCode | undefined> = {
  CLIENT_INITIATED_DISCONNECT: undefined,
  CONNECTION_LOST: undefined,
  CLIENT_ERROR: REASON.PROTOCOL_ERROR,
  DUPLICATE_CLIENTID: REASON.SESSION_TAKEN_OVER,
  MQTT_KEEP_ALIVE_TIMEOUT: REASON.KEEP_ALIVE_TIMEOUT,
  FORBIDDEN_ACCESS: REASON.NOT_AUTHORIZED,
  AUTH_ERROR: REASON.NOT_AUTHORIZED,
  SERVER_ERROR: REASON.UNSPECIFIED_ERROR,
  SERVER_INITIATED_DISCONNECT: REASON.SERVER_SHUTTING_DOWN,
  API_INITIATED_DISCONNECT: REASON.ADMINISTRATIVE_ACTION,
  THROTTLED: REASON.QUOTA_EXCEEDED,
  WEBSOCKET_TTL_EXPIRATION: REASON.ADMINISTRATIVE_ACTION,
  CUSTOMAUTH_TTL_EXPIRATION: REASON.NOT_AUTHORIZED,
}

/** What an MQTT 5 client is told when its connection ends for that reason; undefined where there is no one to tell. */
export function disconnectCode(reason: DisconnectReason): ReasonCode | undefined {
  return CODES[reason]
}
