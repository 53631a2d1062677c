import type { LogTargetType } from '@aws-sdk/client-iot'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { LoggingSettings } from './logging-settings.ts'

/** SetV2LoggingOptions and its kin; the operations of the first version are about the same options. */
export function loggingHandlers(settings: LoggingSettings) {
  return {
    SetV2LoggingOptions: (input) => {
      settings.setOptions(input)
      return {}
    },
    GetV2LoggingOptions: ({ verbose = false }) => {
      const { roleArn, defaultLogLevel, disableAllLogs } = settings.mustHaveOptions()
      return { roleArn, defaultLogLevel, disableAllLogs, eventConfigurations: settings.eventConfigurations(verbose) }
    },
    SetV2LoggingLevel: ({ logTarget: { targetType, targetName }, logLevel }) => {
      settings.setLevel(targetType, targetName, logLevel)
      return {}
    },
    ListV2LoggingLevels: (input) => settings.listLevels(input),
    DeleteV2LoggingLevel: ({ targetType, targetName }) => {
      if (targetType === ('DEFAULT' satisfies LogTargetType)) {
        throw invalidRequest('The level of DEFAULT cannot be deleted. Set it to DISABLED.')
      }
      settings.deleteLevel(targetType, targetName)
      return {}
    },
    SetLoggingOptions: ({ loggingOptionsPayload: { roleArn, logLevel } }) => {
      settings.setOptions({ roleArn, ...(logLevel !== undefined && { defaultLogLevel: logLevel }) }, 'ERROR')
      return {}
    },
    GetLoggingOptions: () => {
      const options = settings.options
      return { roleArn: options?.roleArn, logLevel: options?.defaultLogLevel ?? 'DISABLED' }
    },
  } satisfies IotHandlers
}
