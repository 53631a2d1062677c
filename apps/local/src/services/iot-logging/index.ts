import { setImmediate } from 'node:timers'
import type { IotLogKeeper } from '../../foundation/iot-log.ts'
import type { MakeService } from '../../foundation/service.ts'
import { logConnections } from './connection-entries.ts'
import { EntryRate } from './entry-rate.ts'
import { EntryWriter } from './entry-writer.ts'
import { loggingHandlers } from './handlers.ts'
import { LogLevels } from './log-levels.ts'
import { loggingNeeds } from './logging-needs.ts'
import { LoggingRole } from './logging-role.ts'
import { LoggingSettings } from './logging-settings.ts'
import { MachineShare } from './machine-share.ts'
import { logMessages } from './message-entries.ts'
import { logOperations } from './operation-entries.ts'
import { LOG_GROUP, type LoggingOptions } from './settings.ts'

/** The account's log of what happened, `AWSIotLogsV2`: which entries are kept, and those that the server has to write. */
export const iotLoggingService: MakeService = (context) => {
  const { account, clock, things, iotLog, logs, storage, traffic } = context
  const role = new LoggingRole(context)
  const settings = new LoggingSettings({
    database: context.database,
    checkRole: (roleArn) => role.check(roleArn),
    onChange: () => compile(),
  })
  let options: LoggingOptions | undefined
  let levels = new LogLevels(undefined, [], things)
  const compile = () => {
    options = settings.options
    levels = new LogLevels(options, options ? settings.levels : [], things)
  }
  const machine = new MachineShare()
  const rate = new EntryRate(storage.logEntriesPerSecond, () => machine.value)
  const writer = new EntryWriter({
    clock,
    accountId: account.id,
    rate,
    groupOf: (eventType) => options?.events[eventType]?.logDestination ?? LOG_GROUP,
    keep: (group, entries) => {
      if (options && role.mayWrite(options.roleArn, group)) logs.write(group, entries)
      else logs.lose({ logGroupName: group, entries: entries.length, reason: 'failed' })
    },
    lose: (logGroupName, entries) => logs.lose({ logGroupName, entries, reason: 'throttled' }),
    atTurnEnd: (callback) => setImmediate(callback),
  })
  const keeper: IotLogKeeper = {
    get isOn() {
      return levels.isOn
    },
    get isTracing() {
      return levels.isOn && !writer.isFull
    },
    keeps: (eventType, status, subject) => levels.keeps(eventType, status, subject),
    write: (entry) => writer.write(entry),
  }
  compile()
  things.changes.subscribe(() => levels.forgetGroups())
  logMessages(traffic, keeper, writer)
  logConnections(traffic, keeper, clock)
  logOperations(traffic, keeper)
  iotLog.open(keeper)
  return {
    name: 'iot-logging',
    handlers: { iot: loggingHandlers(settings) },
    controlPlaneNeeds: loggingNeeds,
    reread: compile,
    reset: () => writer.discard(),
    close: () => writer.flush(),
  }
}
