import { type IoTClient, SearchIndexCommand, type ThingConnectivity } from '@aws-sdk/client-iot'
import type { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { ThingConnection } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { readConnection } from '../../aws/read-connection.ts'
import { formatQuery } from './fleet-query.ts'

/** How the connections of things stand. */
export interface ThingConnections {
  /** Errors are AWS's own; that the index cannot be asked is none. */
  of(thingName: string): Promise<ThingConnection>
}

/**
 * The data plane is asked first, by the client id that is equal to the thing's name. It forgets a connection half an hour
 * after its end, and knows no other client id of the thing: what it has nothing of, the fleet index is asked for.
 */
export function createThingConnections(iot: IoTClient, data: IoTDataPlaneClient): ThingConnections {
  async function fromConnection(clientId: string): Promise<ThingConnection | undefined> {
    try {
      const found = await readConnection(data, clientId)
      return {
        connected: found.connected ?? false,
        toldBy: 'connection',
        clientId,
        ...(found.connectedSince && { connectedSince: new Date(found.connectedSince).toISOString() }),
        ...(found.disconnectedSince && { disconnectedSince: new Date(found.disconnectedSince).toISOString() }),
        ...(found.disconnectReason && { disconnectReason: found.disconnectReason }),
        ...(found.keepAliveDuration !== undefined && { keepAliveSeconds: found.keepAliveDuration }),
        ...(found.sourceIp && { sourceIp: found.sourceIp }),
        ...(found.sourcePort !== undefined && { sourcePort: found.sourcePort }),
      }
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return undefined
      throw error
    }
  }

  /** Undefined where there is no index of connections, or it is not open to the console. */
  async function fromIndex(thingName: string): Promise<ThingConnectivity | undefined> {
    try {
      const { things = [] } = await iot.send(new SearchIndexCommand({ queryString: formatQuery({ name: thingName }) }))
      // The index does not tell upper case from lower.
      return things.find((each) => each.thingName === thingName)?.connectivity
    } catch (error) {
      if (NO_INDEX.some((name) => isNamed(error, name))) return undefined
      throw error
    }
  }

  return {
    async of(thingName) {
      const found = await fromConnection(thingName)
      // A session without a connection, which ended longer ago than is told, is all that this may be.
      if (found && (found.connected || found.disconnectedSince !== undefined)) return found
      const indexed = await fromIndex(thingName)
      const isIndexed = indexed !== undefined
      if (!indexed?.connected && !indexed?.timestamp) return found ?? { connected: false, toldBy: 'nobody', isIndexed }
      const changed = indexed.timestamp ? new Date(indexed.timestamp).toISOString() : undefined
      return {
        connected: indexed.connected ?? false,
        toldBy: 'index',
        isIndexed,
        ...(indexed.clientId && { clientId: indexed.clientId }),
        ...(changed && (indexed.connected ? { connectedSince: changed } : { disconnectedSince: changed })),
        ...(indexed.disconnectReason && !indexed.connected && { disconnectReason: indexed.disconnectReason }),
      }
    },
  }
}

/** Turned off, being built, not open to the console. */
const NO_INDEX = [
  'ResourceNotFoundException',
  'IndexNotReadyException',
  'AccessDeniedException',
  'UnauthorizedException',
]
