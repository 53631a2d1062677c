import {
  DeleteV2LoggingLevelCommand,
  type IoTClient,
  ListV2LoggingLevelsCommand,
  SetV2LoggingLevelCommand,
  SetV2LoggingOptionsCommand,
} from '@aws-sdk/client-iot'
import {
  type Logging,
  type LoggingLevel,
  type LogTargetType,
  type SetLogging,
  TargetLevel,
  type TargetLevelPage,
} from '@thingdeck/contract'
import Value from 'typebox/value'
import { readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'
import { Pace } from '../../aws/pace.ts'
import { pagesOf } from '../../aws/pages.ts'
import { type Clock, SYSTEM_CLOCK } from '../../clock.ts'

/** AWS takes so many of all logging operations together (AWS IoT Core quotas). */
const CALLS_PER_SECOND = 2
/** The most that AWS gives at once. */
const PAGE_SIZE = 250

/** Levels of targets, as far as debugging a client needs them. Errors are AWS's own. */
export interface ClientLevels {
  /** Undefined: the client has none of its own. */
  levelOf(clientId: string): Promise<LoggingLevel | undefined>
  /** @param level undefined takes its own from it */
  setLevelOf(clientId: string, level: LoggingLevel | undefined): Promise<void>
}

/** How AWS IoT logs. Errors are AWS's own; calls keep within its rate. */
export interface LoggingSettings extends ClientLevels {
  describe(): Promise<Logging>
  set(change: SetLogging): Promise<void>
  levels(page: {
    readonly targetType?: LogTargetType
    readonly maxResults?: number
    readonly nextToken?: string
  }): Promise<TargetLevelPage>
  levelOfTarget(targetType: LogTargetType, targetName: string): Promise<LoggingLevel | undefined>
  setLevel(level: TargetLevel): Promise<void>
  /** That the target has none is no error. */
  deleteLevel(targetType: LogTargetType, targetName: string): Promise<void>
}

export function createLoggingSettings(iot: IoTClient, clock: Clock = SYSTEM_CLOCK): LoggingSettings {
  const pace = new Pace(clock, CALLS_PER_SECOND)

  const settings: LoggingSettings = {
    async describe() {
      await pace.turn()
      const read = await readLoggingOptions(iot, { verbose: true })
      if (read.kind === 'not-configured') return { status: 'not-configured', events: [] }
      if (read.kind === 'unknown') {
        return { status: read.isRefused ? 'not-allowed' : 'unavailable', message: read.message, events: [] }
      }
      const { roleArn, defaultLogLevel, disableAllLogs, eventConfigurations = [] } = read.options
      return {
        status: disableAllLogs ? 'off' : 'on',
        ...(roleArn && { roleArn }),
        ...(defaultLogLevel && { defaultLogLevel }),
        events: eventConfigurations.flatMap(({ eventType, logLevel, logDestination }) =>
          eventType === undefined
            ? []
            : [{ eventType, ...(logLevel && { logLevel }), ...(logDestination && { logDestination }) }],
        ),
      }
    },

    async set({ events, ...change }) {
      await pace.turn()
      await iot.send(new SetV2LoggingOptionsCommand({ ...change, ...(events && { eventConfigurations: events }) }))
    },

    async levels(page) {
      await pace.turn()
      const found = await iot.send(new ListV2LoggingLevelsCommand(page))
      return {
        levels: (found.logTargetConfigurations ?? []).flatMap(({ logTarget, logLevel }) => {
          const level = { ...logTarget, logLevel }
          // The account's own level is said elsewhere: here it would be a target that nobody can take away.
          return Value.Check(TargetLevel, level) ? [level] : []
        }),
        ...(found.nextToken && { nextToken: found.nextToken }),
      }
    },

    async levelOfTarget(targetType, targetName) {
      const pages = pagesOf((nextToken) =>
        settings.levels({ targetType, maxResults: PAGE_SIZE, ...(nextToken && { nextToken }) }),
      )
      for await (const { levels } of pages) {
        const found = levels.find((level) => level.targetName === targetName)
        if (found) return found.logLevel
      }
      return undefined
    },

    async setLevel({ targetType, targetName, logLevel }) {
      await pace.turn()
      await iot.send(new SetV2LoggingLevelCommand({ logTarget: { targetType, targetName }, logLevel }))
    },

    async deleteLevel(targetType, targetName) {
      await pace.turn()
      await iot.send(new DeleteV2LoggingLevelCommand({ targetType, targetName }))
    },

    levelOf: (clientId) => settings.levelOfTarget('CLIENT_ID', clientId),
    setLevelOf: (clientId, level) =>
      level === undefined
        ? settings.deleteLevel('CLIENT_ID', clientId)
        : settings.setLevel({ targetType: 'CLIENT_ID', targetName: clientId, logLevel: level }),
  }
  return settings
}
