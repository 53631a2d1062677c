import type { DueTimes } from '../../foundation/due-times.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { mapPage } from '../../foundation/paging.ts'
import type { Command } from './command.ts'
import type { Commands } from './commands.ts'
import { type Execution, KEPT_MS } from './execution.ts'
import type { Executions } from './executions.ts'

/** The control plane's operations on commands and their executions. */
export function commandHandlers(commands: Commands, executions: Executions, dueTimes: DueTimes) {
  const summaryOf = (command: Command) => ({
    commandArn: commands.arnOf(command.commandId),
    commandId: command.commandId,
    displayName: command.displayName,
    deprecated: command.deprecatedAtMs !== undefined,
    createdAt: new Date(command.createdAtMs),
    lastUpdatedAt: new Date(command.updatedAtMs),
    pendingDeletion: command.deletedFromMs !== undefined,
  })
  const factsOf = (execution: Execution) => ({
    commandArn: commands.arnOf(execution.commandId),
    executionId: execution.executionId,
    targetArn: execution.targetArn,
    status: execution.status,
    createdAt: new Date(execution.createdAtMs),
    startedAt: new Date(execution.createdAtMs),
    completedAt: execution.completedAtMs === undefined ? undefined : new Date(execution.completedAtMs),
  })
  return {
    CreateCommand: (input) => ({ commandId: input.commandId, commandArn: commands.create(input) }),
    GetCommand: ({ commandId }) => {
      const command = commands.require(commandId)
      const { content } = command
      return {
        ...summaryOf(command),
        namespace: 'AWS-IoT',
        description: command.description,
        ...(content.kind === 'static'
          ? { payload: { content: content.content, contentType: content.contentType } }
          : {
              payloadTemplate: content.template,
              preprocessor: { awsJsonSubstitution: { outputFormat: content.outputFormat } },
              mandatoryParameters: content.parameters.length > 0 ? [...content.parameters] : undefined,
            }),
      }
    },
    UpdateCommand: (input) => {
      const { commandId, displayName, description, deprecatedAtMs, updatedAtMs } = commands.update(input)
      const deprecated = deprecatedAtMs !== undefined
      return { commandId, displayName, description, deprecated, lastUpdatedAt: new Date(updatedAtMs) }
    },
    DeleteCommand: ({ commandId }) => {
      const statusCode = commands.delete(commandId)
      dueTimes.arm()
      return { statusCode }
    },
    ListCommands: (input) => {
      const { items, nextToken } = mapPage(commands.list(input), summaryOf)
      return { commands: items, nextToken }
    },
    GetCommandExecution: (input) => {
      const execution = executions.require(input)
      return {
        ...factsOf(execution),
        statusReason: execution.statusReason,
        result: input.includeResult ? execution.result : undefined,
        parameters: execution.parameters,
        executionTimeoutSeconds: execution.timeoutSeconds,
        lastUpdatedAt: new Date(execution.updatedAtMs),
        timeToLive: new Date(execution.createdAtMs + KEPT_MS),
      }
    },
    DeleteCommandExecution: (input) => {
      executions.delete(input)
      return {}
    },
    ListCommandExecutions: (input) => {
      const { items, nextToken } = mapPage(executions.list(input), factsOf)
      return { commandExecutions: items, nextToken }
    },
  } satisfies IotHandlers
}
