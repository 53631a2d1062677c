import { isIP } from 'node:net'
import type { LogEventConfiguration, LogLevel, LogTargetConfiguration, LogTargetType } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import type { Database } from '../../foundation/database.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { IOT_LOG_EVENT_TYPES, IOT_LOG_LEVELS, type IotLogEventType } from '../../foundation/iot-log.ts'
import { paginate } from '../../foundation/paging.ts'
import { type EventSetting, type LoggingOptions, levelOf, type TargetLevel } from './settings.ts'
import { SettingsTable } from './settings-table.ts'

/** "Resource-specific logging configurations per account" (AWS IoT Core quotas). */
const MAX_LEVELS = 1000
const DEFAULT_PAGE_SIZE = 250

const isEventType = (text: string): text is IotLogEventType => Object.hasOwn(IOT_LOG_LEVELS, text)

export interface LoggingSettingsParts {
  readonly database: Database
  /** @throws {AwsError} for a role that entries cannot be written with */
  readonly checkRole: (roleArn: string) => void
  /** Told once something was set. */
  readonly onChange: () => void
}

/** What is set for logging, and the rules for setting it. */
export class LoggingSettings {
  readonly #parts: LoggingSettingsParts
  readonly #table: SettingsTable

  constructor(parts: LoggingSettingsParts) {
    this.#parts = parts
    this.#table = new SettingsTable(parts.database)
  }

  get options(): LoggingOptions | undefined {
    return this.#table.options()
  }

  /** All that were set for clients, principals, addresses and groups. */
  get levels(): readonly TargetLevel[] {
    return this.#table.levels(['', ''], MAX_LEVELS)
  }

  /** @throws {AwsError} NotConfiguredException */
  mustHaveOptions(): LoggingOptions {
    const options = this.options
    if (options) return options
    throw new AwsError(
      'NotConfiguredException',
      'Logging is not configured for this account: SetV2LoggingOptions does it.',
    )
  }

  /**
   * What is left out stays; event configurations replace those of their types, and one that says nothing about its type
   * takes what was said back.
   * @param initialLevel where none was set yet and none is given
   * @throws {AwsError} InvalidRequestException
   */
  setOptions(input: IotInput<'SetV2LoggingOptions'>, initialLevel?: LogLevel): void {
    const earlier = this.options
    const roleArn = input.roleArn ?? earlier?.roleArn
    const defaultLogLevel = input.defaultLogLevel ?? earlier?.defaultLogLevel ?? initialLevel
    if (roleArn === undefined || defaultLogLevel === undefined) {
      throw invalidRequest('roleArn and defaultLogLevel are required when logging is configured first')
    }
    if (input.roleArn !== undefined) this.#parts.checkRole(input.roleArn)
    this.#table.putOptions({
      roleArn,
      defaultLogLevel,
      disableAllLogs: input.disableAllLogs ?? earlier?.disableAllLogs ?? false,
      events: { ...earlier?.events, ...eventSettings(input.eventConfigurations ?? []) },
    })
    this.#parts.onChange()
  }

  /** Those that were set; with `all`, every event type with what holds for it. */
  eventConfigurations(all: boolean): LogEventConfiguration[] {
    const options = this.mustHaveOptions()
    return IOT_LOG_EVENT_TYPES.flatMap((eventType) => {
      const setting = options.events[eventType]
      if (all) return [{ eventType, logLevel: levelOf(options, eventType), ...setting }]
      return setting ? [{ eventType, ...setting }] : []
    })
  }

  /** @throws {AwsError} NotConfiguredException, InvalidRequestException, LimitExceededException */
  setLevel(targetType: LogTargetType, targetName: string | undefined, logLevel: LogLevel): void {
    const options = this.mustHaveOptions()
    if (targetType === 'DEFAULT') {
      if (targetName !== undefined) throw invalidRequest('A target of type DEFAULT has no targetName')
      this.#table.putOptions({ ...options, defaultLogLevel: logLevel })
    } else {
      if (!targetName) throw invalidRequest(`A target of type ${targetType} needs a targetName`)
      if (targetType === 'SOURCE_IP' && isIP(targetName) === 0) {
        throw invalidRequest(
          `${targetName} is not an IP address: a target of type SOURCE_IP is named by one, like 198.51.100.20`,
        )
      }
      if (!this.#table.hasLevel(targetType, targetName) && this.#table.countLevels() >= MAX_LEVELS) {
        throw new AwsError('LimitExceededException', `No more than ${MAX_LEVELS} resource-specific logging levels`)
      }
      this.#table.putLevel({ targetType, targetName, logLevel })
    }
    this.#parts.onChange()
  }

  /** A level that was not set is deleted already. @throws {AwsError} NotConfiguredException */
  deleteLevel(targetType: Exclude<LogTargetType, 'DEFAULT'>, targetName: string): void {
    this.mustHaveOptions()
    this.#table.deleteLevel(targetType, targetName)
    this.#parts.onChange()
  }

  /** The account's own first. @throws {AwsError} NotConfiguredException, InvalidRequestException */
  listLevels({ targetType, maxResults, nextToken }: IotInput<'ListV2LoggingLevels'>): {
    readonly logTargetConfigurations: LogTargetConfiguration[]
    readonly nextToken: string | undefined
  } {
    const { defaultLogLevel } = this.mustHaveOptions()
    const account = { targetType: 'DEFAULT' as const, targetName: '', logLevel: defaultLogLevel }
    const page = paginate(
      { maxResults: maxResults ?? DEFAULT_PAGE_SIZE, nextToken },
      'logging levels',
      ['', ''],
      ([type, name]: readonly [string, string], count) => {
        const first = type === '' && (targetType === undefined || targetType === 'DEFAULT') ? [account] : []
        if (targetType === 'DEFAULT') return first
        const rest = this.#table.levels(type === 'DEFAULT' ? ['', ''] : [type, name], count, targetType)
        return [...first, ...rest].slice(0, count)
      },
      (level) => [level.targetType, level.targetName] as const,
    )
    const toConfiguration = ({ targetType: type, targetName, logLevel }: (typeof page.items)[number]) => ({
      logTarget: { targetType: type, ...(type !== 'DEFAULT' && { targetName }) },
      logLevel,
    })
    return { logTargetConfigurations: page.items.map(toConfiguration), nextToken: page.nextToken }
  }
}

/** @throws {AwsError} InvalidRequestException for a type that no entry has, or that is there twice */
function eventSettings(
  configurations: readonly LogEventConfiguration[],
): Partial<Record<IotLogEventType, EventSetting | undefined>> {
  const settings: Partial<Record<IotLogEventType, EventSetting | undefined>> = {}
  for (const { eventType = '', logLevel, logDestination } of configurations) {
    if (!isEventType(eventType)) {
      throw invalidRequest(`${eventType} is no event type. Those that there are: ${IOT_LOG_EVENT_TYPES.join(', ')}`)
    }
    if (Object.hasOwn(settings, eventType)) throw invalidRequest(`There are two configurations of ${eventType}`)
    const isSaid = logLevel !== undefined || logDestination !== undefined
    settings[eventType] = isSaid
      ? { ...(logLevel !== undefined && { logLevel }), ...(logDestination !== undefined && { logDestination }) }
      : undefined
  }
  return settings
}
