import type { LogLevel } from '@aws-sdk/client-iot'
import type { IotLogEventType } from '../../foundation/iot-log.ts'

/** Where and how much one event type logs, where that differs from the account. */
export interface EventSetting {
  readonly logLevel?: LogLevel
  /** A log group. */
  readonly logDestination?: string
}

/** What the account's people said about logging. */
export interface LoggingOptions {
  readonly roleArn: string
  readonly defaultLogLevel: LogLevel
  readonly disableAllLogs: boolean
  readonly events: Readonly<Partial<Record<IotLogEventType, EventSetting | undefined>>>
}

/** What a level can be set for, beside the account; in the order in which they count where several match. */
export type TargetType = 'CLIENT_ID' | 'PRINCIPAL_ID' | 'SOURCE_IP' | 'THING_GROUP'

export interface TargetLevel {
  readonly targetType: TargetType
  readonly targetName: string
  readonly logLevel: LogLevel
}

/** Log group of all entries that no other one is named for. */
export const LOG_GROUP = 'AWSIotLogsV2'

/** "Disabled by default": the account level alone never turns them on. */
const OPT_IN: ReadonlySet<IotLogEventType> = new Set(['Ping', 'Connection.AuthNError'])

/** The level that holds for an event type: its own, else that of the account, unless it is disabled by default. */
export const levelOf = ({ events, defaultLogLevel }: LoggingOptions, eventType: IotLogEventType): LogLevel =>
  events[eventType]?.logLevel ?? (OPT_IN.has(eventType) ? 'DISABLED' : defaultLogLevel)
