import type { IoTClient } from '@aws-sdk/client-iot'
import type { RefusalLogging } from '@thingdeck/contract'
import { isLoggingOff, readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'

/** What most refusals are logged as, and who is not let in at all. */
const EVENT_TYPES = ['Connect', 'Publish-In', 'Publish-Out', 'Subscribe', 'Disconnect'] as const
/** Logged only where it has a level of its own (AWS IoT developer guide, "CloudWatch AWS IoT log entries"). */
const AUTHENTICATION = 'Connection.AuthNError'

/** What AWS IoT is told to log now; errors other than that it may not be asked are AWS's own. */
export async function refusalLogging(iot: IoTClient, signal: AbortSignal): Promise<RefusalLogging> {
  const read = await readLoggingOptions(iot, { signal })
  if (read.kind === 'unknown') {
    return { state: read.isRefused ? 'not-allowed' : 'not-known', message: read.message, notLogged: [] }
  }
  if (read.kind === 'not-configured' || isLoggingOff(read)) return { state: 'off', notLogged: [] }
  const { defaultLogLevel, eventConfigurations = [] } = read.options
  const levels = new Map(eventConfigurations.map(({ eventType, logLevel }) => [eventType, logLevel]))
  const isLogged = (eventType: string, usual: string | undefined) =>
    (levels.get(eventType) ?? usual ?? 'DISABLED') !== 'DISABLED'
  const notLogged = [
    ...EVENT_TYPES.filter((eventType) => !isLogged(eventType, defaultLogLevel)),
    ...(isLogged(AUTHENTICATION, undefined) ? [] : [AUTHENTICATION]),
  ]
  return { state: 'on', notLogged }
}
