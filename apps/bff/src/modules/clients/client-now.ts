import {
  type IoTDataPlaneClient,
  ListSubscriptionsCommand,
  type ListSubscriptionsResponse,
} from '@aws-sdk/client-iot-data-plane'
import type { Client, ClientConnection, ClientSubscriptionPage } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { findThing } from '../../aws/connection-facts.ts'
import { isNamed } from '../../aws/error-name.ts'
import { loggingOf } from '../../aws/iot-logs/client-logging.ts'
import { readConnection } from '../../aws/read-connection.ts'
import { isRefused, whyUnread } from '../../aws/why-unread.ts'

/** What the data plane has of a client now. That it has nothing, or may not be asked, is an answer. */
export async function connectionOf(data: IoTDataPlaneClient, clientId: string): Promise<ClientConnection> {
  try {
    const found = await readConnection(data, clientId)
    return {
      outcome: 'known',
      connected: found.connected ?? false,
      ...(found.thingName && { thingName: found.thingName }),
      ...(found.connectedSince && { connectedSince: new Date(found.connectedSince).toISOString() }),
      ...(found.disconnectedSince && { disconnectedSince: new Date(found.disconnectedSince).toISOString() }),
      ...(found.disconnectReason && { disconnectReason: found.disconnectReason }),
      ...(found.cleanSession !== undefined && { cleanSession: found.cleanSession }),
      ...(found.sessionExpiry !== undefined && { sessionExpirySeconds: found.sessionExpiry }),
      ...(found.keepAliveDuration !== undefined && { keepAliveSeconds: found.keepAliveDuration }),
      ...(found.sourceIp && { sourceIp: found.sourceIp }),
      ...(found.sourcePort !== undefined && { sourcePort: found.sourcePort }),
      ...(found.targetIp && { targetIp: found.targetIp }),
      ...(found.targetPort !== undefined && { targetPort: found.targetPort }),
      ...(found.vpcEndpointId && { vpcEndpointId: found.vpcEndpointId }),
    }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: 'none' }
    const why = whyUnread(error)
    if (!why) throw error
    return why
  }
}

/** A client with what is known of it now, asked for side by side. Errors are AWS's own. */
export async function describeClient(
  { iot, iotLogs, data }: Pick<Aws, 'iot' | 'iotLogs' | 'data'>,
  clientId: string,
): Promise<Client> {
  const [connection, named, logging] = await Promise.all([
    connectionOf(data, clientId),
    thingNamed(iot, clientId),
    loggingOf({ iot, iotLogs }, { clientId, principalIds: [], thingGroupNames: [] }),
  ])
  const thing =
    connection.thingName !== undefined
      ? { thingName: connection.thingName, by: 'connection' as const }
      : named && { thingName: named.thingName, by: 'client id' as const }
  return { clientId, connection, ...(thing && { thing }), logging }
}

/** Undefined: there is none, or the console may not ask. */
async function thingNamed(iot: Aws['iot'], clientId: string) {
  try {
    return await findThing(iot, clientId)
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}

/** A page of its subscriptions. That they cannot be known is an answer; other errors are AWS's own. */
export async function pageSubscriptions(
  data: IoTDataPlaneClient,
  request: { readonly clientId: string; readonly maxResults: number; readonly nextToken?: string },
): Promise<ClientSubscriptionPage> {
  let found: ListSubscriptionsResponse
  try {
    found = await data.send(new ListSubscriptionsCommand(request))
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: 'no-session', subscriptions: [] }
    const why = whyUnread(error)
    if (!why) throw error
    return { ...why, subscriptions: [] }
  }
  const { subscriptions = [], nextToken } = found
  return {
    outcome: 'read',
    subscriptions: subscriptions.map(({ topicFilter = '', qos = 0 }) => ({ topicFilter, qos })),
    ...(nextToken && { nextToken }),
  }
}
