import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { Broker, ClientView, DirectResult } from '@thingdeck/broker'
import { isReservedTopic } from '@thingdeck/topics'
import { type ConnectionHistory, type ConnectionRecord, socketOf } from '../../foundation/connections.ts'
import { paginate } from '../../foundation/paging.ts'
import { ReasonedError } from '../../foundation/reasoned-error.ts'
import { checkTopic, readProperties } from './message-input.ts'

const DEFAULT_PAGE_SIZE = 20
const DEFAULT_TIMEOUT_SECONDS = 5

/** The operations on MQTT connections: GetConnection, ListSubscriptions, SendDirectMessage, DeleteConnection. */
export function connectionHandlers(broker: Broker<unknown>, history: ConnectionHistory) {
  return {
    GetConnection: ({ clientId, includeSocketInformation = false }) => {
      checkClientId(clientId)
      const client = broker.client(clientId)
      const record = history.find(clientId)
      if (record) return describe(record, client, includeSocketInformation)
      // Nothing is told any more of how the connection ended, but its session is still there.
      if (broker.subscriptions(clientId)) return { clientId, connected: false, cleanSession: false }
      throw notFound(clientId)
    },

    ListSubscriptions: ({ clientId, maxResults, nextToken }) => {
      checkClientId(clientId)
      const subscriptions = broker.subscriptions(clientId)
      if (!subscriptions) throw notFound(clientId)
      const ordered = subscriptions
        .map(({ filter, qos }) => ({ topicFilter: filter, qos }))
        .sort((a, b) => (a.topicFilter < b.topicFilter ? -1 : 1))
      const page = paginate(
        { maxResults: maxResults ?? DEFAULT_PAGE_SIZE, nextToken },
        'subscriptions',
        [''],
        ([after]: readonly [string], count) => ordered.filter((item) => item.topicFilter > after).slice(0, count),
        (item) => [item.topicFilter],
      )
      return { subscriptions: page.items, nextToken: page.nextToken }
    },

    SendDirectMessage: async (input, call) => {
      const { clientId, topic, payload = new Uint8Array(), confirmation = false } = input
      checkClientId(clientId)
      checkTopic(topic)
      if (isReservedTopic(topic)) {
        const message = 'The topic of a direct message cannot start with $'
        throw new ReasonedError('InvalidRequestException', message, 'INVALID_TOPIC')
      }
      const result = await broker.sendDirect(
        clientId,
        { topic, payload, properties: readProperties(input, broker.limits), traceId: call.request.requestId },
        { qos: confirmation ? 1 : 0, timeoutMs: (input.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000 },
      )
      checkDelivered(result, input, broker)
      return { message: 'OK', traceId: call.request.requestId }
    },

    DeleteConnection: ({ clientId, cleanSession = false, preventWillMessage = false }) => {
      checkClientId(clientId)
      const ended = broker.disconnect(clientId, { cleanSession, preventWill: preventWillMessage })
      // An offline session that is to be kept is left as it is, which is not an error.
      if (!ended && (cleanSession || !broker.subscriptions(clientId))) throw notFound(clientId)
      return {}
    },
  } satisfies Handlers<typeof sdk, unknown>
}

function describe(record: ConnectionRecord, client: ClientView<unknown> | undefined, withSocket: boolean) {
  const { clientId, disconnected } = record
  return {
    clientId,
    connected: client !== undefined,
    thingName: record.thingName,
    cleanSession: record.cleanSession,
    keepAliveDuration: record.keepAliveSeconds,
    sessionExpiry: record.sessionExpirySeconds,
    ...(client ? { connectedSince: record.connectedAtMs } : {}),
    ...(!client && disconnected ? { disconnectedSince: disconnected.atMs, disconnectReason: disconnected.reason } : {}),
    ...(client && withSocket ? socketOf(client.transport) : {}),
  }
}

/** @throws {AwsError} as the API answers what became of a direct message */
function checkDelivered(
  result: DirectResult,
  { clientId, confirmation = false }: { readonly clientId: string; readonly confirmation?: boolean | undefined },
  broker: Broker<unknown>,
): void {
  switch (result) {
    case 'delivered':
    case 'acknowledged':
      return
    case 'not-connected': {
      const hasSession = broker.subscriptions(clientId) !== undefined
      const reason = hasSession ? 'TARGET_CLIENT_NOT_CONNECTED' : 'TARGET_CLIENT_ID_NOT_FOUND'
      throw new ReasonedError('ResourceNotFoundException', `No connection of client ${clientId}`, reason)
    }
    case 'not-authorized': {
      const message = `Client ${clientId} may not receive on this topic`
      throw new ReasonedError('ForbiddenException', message, 'RECEIVE_AUTHORIZATION_FAILURE')
    }
    case 'timeout': {
      const message = `Client ${clientId} did not confirm in time`
      throw new ReasonedError('GatewayTimeoutException', message, 'DELIVERY_CONFIRMATION_TIMEOUT')
    }
    case 'not-deliverable': {
      const message = `Client ${clientId} does not take more messages at the moment`
      const reason = confirmation ? 'RECEIVER_MAX_UNACKED_QOS1_EXCEEDED' : 'CLIENT_ENDPOINT_NOT_WRITABLE'
      throw new ReasonedError('ThrottlingException', message, reason)
    }
  }
}

function checkClientId(clientId: string): void {
  if (!clientId.startsWith('$')) return
  const message = 'The client ID cannot start with a dollar sign ($)'
  throw new ReasonedError('InvalidRequestException', message, 'MALFORMED_CLIENTID')
}

const notFound = (clientId: string) =>
  new AwsError('ResourceNotFoundException', `No connection or session of client ${clientId}`)
