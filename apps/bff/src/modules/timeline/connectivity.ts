import { GetThingConnectivityDataCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { ThingConnectivity } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { whyUnread } from '../../aws/why-unread.ts'

type Connectivity = Omit<ThingConnectivity, 'drops'>

/** What the fleet index has of a thing's connection; why it has nothing is an outcome. Other errors are AWS's own. */
export async function connectivityOf(iot: IoTClient, thingName: string): Promise<Connectivity> {
  try {
    const found = await iot.send(new GetThingConnectivityDataCommand({ thingName, includeSocketInformation: true }))
    const { connected, timestamp, disconnectReason, clientId, cleanSession, sourceIp, sourcePort } = found
    return {
      outcome: 'known',
      ...(connected !== undefined && { connected }),
      ...(timestamp && { changedAt: timestamp.toISOString() }),
      ...(isReason(disconnectReason) && { disconnectReason }),
      ...(clientId && { clientId }),
      ...(found.keepAliveDuration !== undefined && { keepAliveSeconds: found.keepAliveDuration }),
      ...(cleanSession !== undefined && { cleanSession }),
      ...(found.sessionExpiry !== undefined && { sessionExpirySeconds: found.sessionExpiry }),
      ...(sourceIp && { sourceIp }),
      ...(sourcePort !== undefined && { sourcePort }),
    }
  } catch (error) {
    if (isNamed(error, 'IndexNotReadyException', 'InvalidRequestException')) {
      return { outcome: 'not-indexed', message: `${error.name}: ${error.message}` }
    }
    const why = whyUnread(error)
    if (!why) throw error
    return why
  }
}

/** AWS says `NONE` while it is connected, and `UNKNOWN` of what never was. */
const isReason = (reason: string | undefined): reason is string =>
  reason !== undefined && reason !== '' && reason !== 'NONE' && reason !== 'UNKNOWN'
