import type { Clock } from '../../foundation/clock.ts'
import type { IotLogKeeper } from '../../foundation/iot-log.ts'
import type { Outcome } from '../../foundation/outcome.ts'
import {
  type AuthenticationFailure,
  type DisconnectTold,
  outcomeOfSubscribe,
  type SubscriptionTold,
  type Traffic,
} from '../../foundation/traffic.ts'
import { statusOf } from './message-entries.ts'
import { failureFields, partyFields } from './parties.ts'
import { formatTimestamp } from './timestamp.ts'

/** Entries of connections: Connect, Disconnect, Subscribe, Unsubscribe, Ping, Connection.AuthNError. */
export function logConnections(traffic: Traffic, keeper: IotLogKeeper, clock: Clock): void {
  traffic.connects.subscribe(({ actor, outcome, traceId }) => {
    const status = statusOf(outcome)
    if (!keeper.keeps('Connect', status, actor)) return
    const fields = { protocol: actor.protocol, ...partyFields(actor), ...failureFields(outcome) }
    keeper.write({ eventType: 'Connect', status, traceId, fields })
  })
  traffic.disconnects.subscribe((told) => logDisconnect(keeper, told))
  traffic.subscribes.subscribe((told) => logSubscribe(keeper, told))
  traffic.unsubscribes.subscribe(({ actor, outcome }) => {
    const status = statusOf(outcome)
    if (!keeper.keeps('Unsubscribe', status, actor)) return
    const fields = { protocol: actor.protocol, ...partyFields(actor), ...failureFields(outcome) }
    keeper.write({ eventType: 'Unsubscribe', status, fields })
  })
  traffic.pings.subscribe(({ actor, receivedAtMs }) => {
    if (!keeper.keeps('Ping', 'Success', actor)) return
    const answeredAtMs = clock()
    const fields = {
      protocol: actor.protocol,
      ...partyFields(actor),
      latency: answeredAtMs - receivedAtMs,
      requestTimestamp: formatTimestamp(receivedAtMs),
      responseTimestamp: formatTimestamp(answeredAtMs),
    }
    keeper.write({ eventType: 'Ping', status: 'Success', fields })
  })
  traffic.authenticationFailures.subscribe((failure) => logAuthenticationFailure(keeper, failure))
}

/** How a connection ended that is nobody's fault. */
const NORMAL: ReadonlySet<DisconnectTold['reason']> = new Set([
  'CLIENT_INITIATED_DISCONNECT',
  'CONNECTION_LOST',
  'MQTT_KEEP_ALIVE_TIMEOUT',
  'API_INITIATED_DISCONNECT',
  'SERVER_INITIATED_DISCONNECT',
  'WEBSOCKET_TTL_EXPIRATION',
  'CUSTOMAUTH_TTL_EXPIRATION',
])

/** What is said where nothing more is known; the first is AWS's own. */
const DETAILS: Partial<Record<DisconnectTold['reason'], string>> = {
  DUPLICATE_CLIENTID: 'A new connection was established with the same client ID',
  AUTH_ERROR: 'Authorization Failure',
  FORBIDDEN_ACCESS: 'The principal of the connection is not valid any more',
  SERVER_ERROR: 'Internal server error',
}

function logDisconnect(keeper: IotLogKeeper, told: DisconnectTold): void {
  const { actor, reason: disconnectReason } = told
  const status = NORMAL.has(disconnectReason) ? 'Success' : 'Failure'
  if (!keeper.keeps('Disconnect', status, actor)) return
  const failure = status === 'Failure' ? failureOf(told) : {}
  const fields = { protocol: actor.protocol, ...partyFields(actor), ...failure, disconnectReason }
  keeper.write({ eventType: 'Disconnect', status, fields })
}

function failureOf({ reason, details = DETAILS[reason], isTooLarge = false }: DisconnectTold): Partial<Outcome> {
  // The code of an entry is spelt otherwise than the reason beside it.
  const code = reason === 'DUPLICATE_CLIENTID' ? 'DUPLICATE_CLIENT_ID' : reason
  return { reason: isTooLarge ? 'PAYLOAD_LIMIT_EXCEEDED' : code, details }
}

/** Of each filter it says how that ended, as SUBACK of MQTT 5 does. */
function logSubscribe(keeper: IotLogKeeper, told: SubscriptionTold): void {
  const { actor, isMqtt5, filters, traceId } = told
  const outcome = outcomeOfSubscribe(told)
  const status = statusOf(outcome)
  if (!keeper.keeps('Subscribe', status, actor)) return
  const subscriptions = filters.map(({ filter, reasonCode }) => ({ topicName: filter, reasonCode }))
  const fields = {
    protocol: actor.protocol,
    topicName: filters.length === 0 ? undefined : filters.map(({ filter }) => filter).join(','),
    subscriptions: isMqtt5 ? subscriptions : undefined,
    ...partyFields(actor),
    ...failureFields(outcome),
  }
  keeper.write({ eventType: 'Subscribe', status, traceId, fields })
}

function logAuthenticationFailure(keeper: IotLogKeeper, failure: AuthenticationFailure): void {
  const { clientId, principalId, sourceIp } = failure
  const principal = principalId === undefined ? undefined : { principalId }
  if (!keeper.keeps('Connection.AuthNError', 'Failure', { clientId, principal, sourceIp })) return
  const { protocol, authenticationType, sourcePort, targetIp, targetPort, serverNameIndication } = failure
  const { reason, details } = failure
  keeper.write({
    eventType: 'Connection.AuthNError',
    status: 'Failure',
    fields: {
      protocol,
      authenticationType,
      clientId,
      principalId,
      sourceIp,
      sourcePort,
      targetIp,
      targetPort,
      serverNameIndication,
      reason,
      details,
    },
  })
}
