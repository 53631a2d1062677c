import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { Broker, ClientView, DirectResult } from '@thingdeck/broker'
import { isReservedTopic } from '@thingdeck/topics'
import type { ConnectionHistory, ConnectionRecord } from '../../foundation/connections.ts'
import { paginate } from '../../foundation/paging.ts'
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
        throw new AwsError('InvalidRequestException', 'The topic of a direct message cannot start with $')
      }
      const result = await broker.sendDirect(
        clientId,
        { topic, payload, properties: readProperties(input, broker.limits) },
        { qos: confirmation ? 1 : 0, timeoutMs: (input.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000 },
      )
      checkDelivered(result, clientId)
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
    ...(client && withSocket
      ? {
          sourceIp: client.transport.remoteAddress,
          sourcePort: client.transport.remotePort,
          targetIp: client.transport.localAddress,
          targetPort: client.transport.localPort,
        }
      : {}),
  }
}

/** @throws {AwsError} as the API answers what became of a direct message */
function checkDelivered(result: DirectResult, clientId: string): void {
  switch (result) {
    case 'delivered':
    case 'acknowledged':
      return
    case 'not-connected':
      throw notFound(clientId)
    case 'not-authorized':
      throw new AwsError('ForbiddenException', `Client ${clientId} may not receive on this topic`)
    case 'timeout':
      throw new AwsError('GatewayTimeoutException', `Client ${clientId} did not confirm in time`)
    case 'not-deliverable':
      throw new AwsError('ThrottlingException', `Client ${clientId} does not take more messages at the moment`)
  }
}

function checkClientId(clientId: string): void {
  if (!clientId.startsWith('$')) return
  throw new AwsError('InvalidRequestException', 'The client ID cannot start with a dollar sign ($)')
}

const notFound = (clientId: string) =>
  new AwsError('ResourceNotFoundException', `No connection or session of client ${clientId}`)
