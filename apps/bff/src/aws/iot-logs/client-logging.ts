import { type IoTClient, type LogTargetConfiguration, paginateListV2LoggingLevels } from '@aws-sdk/client-iot'
import type { TimelineLogging } from '@thingdeck/contract'
import { isNamed } from '../error-name.ts'
import { collected } from '../pages.ts'
import { isRefused } from '../why-unread.ts'
import type { IotLogGroup, IotLogs } from './iot-logs.ts'
import { isLoggingOff, readLoggingOptions } from './logging-options.ts'

/** Whom levels may be set for, of a thing. */
export interface LoggedSubject {
  readonly clientId: string
  readonly principalIds: readonly string[]
  readonly thingGroupNames: readonly string[]
}

interface LoggingParts {
  readonly iot: IoTClient
  readonly iotLogs: IotLogs
}

/** What AWS IoT logs of the connects of a thing at present, and for how long that is kept. */
export async function loggingOf({ iot, iotLogs }: LoggingParts, subject: LoggedSubject): Promise<TimelineLogging> {
  const [read, group] = await Promise.all([readLoggingOptions(iot), groupOf(iotLogs)])
  const kept = keptOf(group)
  if (read.kind === 'unknown') {
    return { state: read.isRefused ? 'not-allowed' : 'not-known', message: read.message, ...kept }
  }
  if (read.kind === 'not-configured' || isLoggingOff(read)) return { state: 'off', ...kept }
  const { defaultLogLevel, eventConfigurations = [] } = read.options
  const target = await targetOf(iot, subject)
  if (target) return { state: 'on', ...target, ...kept }
  const event = eventConfigurations.find(({ eventType }) => eventType === 'Connect')?.logLevel
  if (event !== undefined) return { state: 'on', level: event, levelBy: 'event', ...kept }
  return { state: 'on', ...(defaultLogLevel && { level: defaultLogLevel, levelBy: 'account' as const }), ...kept }
}

/**
 * The level that is set for one of what a connection is, which goes before those of event types and of the account
 * (AWS IoT developer guide, "Configure AWS IoT logging"). AWS does not say which goes first of several.
 */
async function targetOf(
  iot: IoTClient,
  subject: LoggedSubject,
): Promise<Pick<TimelineLogging, 'level' | 'levelBy'> | undefined> {
  const { clientId, principalIds, thingGroupNames } = subject
  const names = { CLIENT_ID: [clientId], PRINCIPAL_ID: principalIds, THING_GROUP: thingGroupNames } as const
  const targets = await levels(iot)
  for (const targetType of ['CLIENT_ID', 'PRINCIPAL_ID', 'THING_GROUP'] as const) {
    const found = targets.find(
      ({ logTarget }) => logTarget?.targetType === targetType && names[targetType].includes(logTarget.targetName ?? ''),
    )
    if (found?.logLevel) return { level: found.logLevel, levelBy: targetType }
  }
  return undefined
}

async function levels(iot: IoTClient): Promise<readonly LogTargetConfiguration[]> {
  try {
    const pages = paginateListV2LoggingLevels({ client: iot, pageSize: 250 }, {})
    return await collected(pages, ({ logTargetConfigurations }) => logTargetConfigurations)
  } catch (error) {
    if (isRefused(error) || isNamed(error, 'NotConfiguredException')) return []
    throw error
  }
}

async function groupOf(iotLogs: IotLogs): Promise<IotLogGroup | undefined> {
  try {
    return await iotLogs.group()
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}

const keptOf = (group: IotLogGroup | undefined) => ({
  ...(group?.retentionDays !== undefined && { retentionDays: group.retentionDays }),
  ...(group?.createdAtMs !== undefined && { keptSince: new Date(group.createdAtMs).toISOString() }),
})
