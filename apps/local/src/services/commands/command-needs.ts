import type { CommandParameterValue } from '@aws-sdk/client-iot'
import { plainValue } from '@thingdeck/commands'
import { type Account, arnOf, resourceIn } from '../../foundation/account.ts'
import type { ControlPlaneNeed, ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { DataPlaneNeeds } from '../../foundation/data-plane-needs.ts'
import type { Execution } from './execution.ts'
import { storedValue } from './stored-value.ts'

/**
 * What policies are asked about executions: the command and the device, both.
 * @param find the execution of an id
 * @see AWS IoT developer guide, "Start and monitor command executions", sample IAM policies
 * @see Service Authorization Reference, "Actions defined by AWS IoT": lists are asked about what they are limited to
 */
export function commandNeeds(
  account: Account,
  find: (executionId: string) => Execution | undefined,
): Pick<
  Required<ControlPlaneNeeds>,
  'ListCommands' | 'ListCommandExecutions' | 'GetCommandExecution' | 'DeleteCommandExecution'
> {
  const commandOf = (executionId: string) => {
    const execution = find(executionId)
    return execution ? [arnOf(account, 'iot', `command/${execution.commandId}`)] : []
  }
  const ofExecution = ({ executionId, targetArn }: { executionId: string; targetArn: string }): ControlPlaneNeed => ({
    resources: [...commandOf(executionId), targetArn],
  })
  return {
    ListCommands: () => ({ resources: [] }),
    ListCommandExecutions: ({ commandArn, targetArn }) => ({
      resources: [commandArn, targetArn].flatMap((arn) => (arn && resourceIn(account, 'iot', arn) ? [arn] : [])),
    }),
    GetCommandExecution: ofExecution,
    DeleteCommandExecution: ofExecution,
  }
}

/** What is asked about a start: again both. What is no ARN of this account is refused by the operation itself. */
export function startNeeds(account: Account): Pick<Required<DataPlaneNeeds>, 'StartCommandExecution'> {
  return {
    StartCommandExecution: ({ commandArn, targetArn, parameters }) => {
      const context = contextOf(parameters ?? {})
      return [commandArn, targetArn].map((arn) => ({
        action: 'iot:StartCommandExecution',
        resources: [resourceIn(account, 'iot', arn) ?? '*'],
        context,
      }))
    },
  }
}

/** `iot:CommandExecutionParameterString/NAME` and its like. */
function contextOf(parameters: Readonly<Record<string, CommandParameterValue>>): Record<string, string> {
  const entries = Object.entries(parameters).flatMap(([name, each]): [string, string][] => {
    const value = plainValue(storedValue(each))
    if (value.kind === 'text') return [[`iot:CommandExecutionParameterString/${name}`, value.text]]
    if (value.kind === 'number') return [[`iot:CommandExecutionParameterNumber/${name}`, value.digits]]
    if (value.kind === 'boolean') return [[`iot:CommandExecutionParameterBoolean/${name}`, String(value.on)]]
    return []
  })
  return Object.fromEntries(entries)
}
