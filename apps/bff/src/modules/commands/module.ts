import { type Command, type CommandTarget, endpoints } from '@thingdeck/contract'
import { commandArn, startCommand } from '../../aws/start-command.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { CommandLooks } from './command-looks.ts'
import { createCommands } from './commands.ts'
import { createCommandExecutions } from './executions.ts'

/** What a device can be told to do at once, whom it was sent to, and what came of it. */
export const commands: Module = {
  name: 'commands',
  routes(app, { aws }) {
    const found = createCommands(aws.iot)
    const executions = createCommandExecutions(aws.iot, aws.arns)
    const looks = new CommandLooks(aws.iot, executions, SYSTEM_CLOCK)
    const resource = (commandId: string) => ({ type: 'command', id: commandId, arn: commandArn(aws.arns, commandId) })
    const resourceOf = ({ thingName, clientId = '' }: CommandTarget) =>
      thingName === undefined ? aws.arns.client(clientId) : aws.arns.thing(thingName)

    route(app, endpoints.listCommands, async ({ query }) => found.list(query))
    route(app, endpoints.listCommandLooks, async ({ query, signal }) => ({
      commands: await looks.of(query.commandId, signal),
    }))
    route(app, endpoints.getCommand, async ({ params }) => found.describe(params.commandId))

    route(app, endpoints.createCommand, async (request) => {
      const { commandId } = request.body
      request.noteAudit({ resource: resource(commandId), changes: changedMembers({}, request.body) })
      return found.create(request.body)
    })

    route(app, endpoints.updateCommand, async (request) => {
      const { commandId } = request.params
      request.noteAudit({ resource: resource(commandId) })
      const before = await found.describe(commandId)
      await found.update(commandId, request.body)
      const after = await found.describe(commandId)
      request.noteAudit({ changes: changedMembers(changeable(before), changeable(after)) })
      return after
    })

    route(app, endpoints.deleteCommand, async (request) => {
      const { commandId } = request.params
      request.noteAudit({ resource: resource(commandId) })
      const { payload, payloadTemplate, parameters, ...before } = await found.describe(commandId)
      const isGone = await found.delete(commandId)
      request.noteAudit({
        changes: changedMembers(
          { ...changeable(before), payload, payloadTemplate, parameters },
          isGone ? {} : { ...changeable(before), payload, payloadTemplate, parameters, pendingDeletion: true },
        ),
      })
      return { isGone }
    })

    route(app, endpoints.startCommandExecution, async (request) => {
      const { commandId } = request.params
      const { clientToken, device, ...run } = request.body
      request.noteAudit({ resource: resourceOf(device), changes: changedMembers({}, { commandId, ...run }) })
      const executionId = await startCommand(aws.jobsData, aws.arns, {
        ...run,
        commandId,
        target: device,
        clientToken,
      })
      request.noteAudit({ changes: changedMembers({}, { commandId, ...run, executionId }) })
      return { executionId }
    })

    route(app, endpoints.listCommandExecutions, async ({ query }) => executions.list(query))
    route(app, endpoints.getCommandExecution, async ({ params, query }) =>
      executions.describe(params.executionId, query),
    )

    route(app, endpoints.deleteCommandExecution, async (request) => {
      const { executionId } = request.params
      request.noteAudit({ resource: resourceOf(request.query) })
      const before = await executions.describe(executionId, request.query)
      await executions.delete(executionId, request.query)
      request.noteAudit({ changes: changedMembers(before, {}) })
      return undefined
    })
  },
}

/** What an update changes. */
const changeable = ({
  displayName,
  description,
  deprecated,
}: Pick<Command, 'displayName' | 'description' | 'deprecated'>) => ({
  displayName,
  description,
  deprecated,
})
