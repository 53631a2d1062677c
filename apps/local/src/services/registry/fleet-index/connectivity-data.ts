import { AwsError } from '@thingdeck/aws-api'
import type { FleetSources } from '../../../foundation/fleet-sources.ts'
import type { IotInput } from '../../../foundation/iot-handlers.ts'
import type { Things } from '../things.ts'
import type { FleetIndex } from './fleet-index.ts'

/** `DisconnectReasonValue` of a thing that is connected, and of one that never was. */
const CONNECTED = 'NONE' as const
const NEVER_CONNECTED = 'UNKNOWN' as const

/**
 * Whether one thing is connected, as the index knows it: the latest connection whose client id is the thing's name.
 * @throws {AwsError} ResourceNotFoundException; IndexNotReadyException where connectivity is not indexed
 * @see AWS IoT developer guide, "Device connectivity status"
 */
export function connectivityData(
  { thingName, includeSocketInformation = false }: IotInput<'GetThingConnectivityData'>,
  { things, index, sources }: { readonly things: Things; readonly index: FleetIndex; readonly sources: FleetSources },
) {
  things.require(thingName)
  if (index.configuration.things.thingConnectivityIndexingMode !== 'STATUS') {
    throw new AwsError(
      'IndexNotReadyException',
      'Connectivity is not indexed. Set thingConnectivityIndexingMode to STATUS by calling UpdateIndexingConfiguration',
    )
  }
  const known = sources.connectivityOf?.(thingName)
  if (!known) return { thingName, connected: false, disconnectReason: NEVER_CONNECTED }
  const { timestamp, disconnectReason = CONNECTED, ...rest } = known
  return {
    thingName,
    ...rest,
    timestamp: new Date(timestamp),
    disconnectReason,
    ...(includeSocketInformation && known.connected && sources.socketOf?.(known.clientId)),
  }
}
