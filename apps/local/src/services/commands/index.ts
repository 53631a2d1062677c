import type * as jobsData from '@aws-sdk/client-iot-jobs-data-plane'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import { DueTimes } from '../../foundation/due-times.ts'
import { earliest } from '../../foundation/earliest.ts'
import type { MakeService } from '../../foundation/service.ts'
import { CommandEntries } from './command-entries.ts'
import { commandHandlers } from './command-handlers.ts'
import { commandNeeds, startNeeds } from './command-needs.ts'
import { CommandTable } from './command-table.ts'
import { answerResponse } from './command-topics.ts'
import { Commands } from './commands.ts'
import { ExecutionTable } from './execution-table.ts'
import { Executions } from './executions.ts'

/** Commands: what can be asked of a device at once, what it was asked for and how that ended. */
export const commandsService: MakeService = (context) => {
  const commandTable = new CommandTable(context.database)
  const executionTable = new ExecutionTable(context.database)
  const commands = new Commands(context, commandTable)
  const executions = new Executions(context, commands, executionTable)
  const entries = new CommandEntries(context.iotLog)
  const nextMs = () => earliest(executionTable.nextTimeOutMs(), commandTable.nextGoneMs())
  const dueTimes = new DueTimes(context, nextMs, () => {
    executions.timeOut()
    commands.removeGone()
    executionTable.forgetOld(context.clock())
  })
  executionTable.forgetOld(context.clock())
  dueTimes.arm()
  return {
    name: 'commands',
    handlers: {
      iot: commandHandlers(commands, executions, dueTimes),
      iotJobsData: {
        StartCommandExecution: (input, { request }) => {
          const executionId = executions.start(input, request.requestId)
          dueTimes.arm()
          return { executionId }
        },
      } satisfies Handlers<typeof jobsData, Caller>,
    },
    resources: { commandId: 'command' },
    needs: startNeeds(context.account),
    controlPlaneNeeds: commandNeeds(context.account, (executionId) => executions.find(executionId)),
    reservedTopics: {
      command: (request) => {
        answerResponse(executions, entries, request)
        dueTimes.arm()
      },
    },
    reread: () => dueTimes.arm(),
    close: () => dueTimes.close(),
  }
}
