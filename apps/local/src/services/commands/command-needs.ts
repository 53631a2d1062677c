import type { CommandParameterValue } from '@aws-sdk/client-iot'
import type * as jobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { ControlPlaneNeed, ControlPlaneNeeds, NeedsOf } from '../../foundation/control-plane-needs.ts'
import type { Execution } from './execution.ts'
import { plainValue } from './parameter-value.ts'

/**
 * What policies are asked about executions: the command and the device, both.
 * @param find the execution of an id
 * @see AWS IoT developer guide, "Start and monitor command executions", sample IAM policies
 */
export function commandNeeds(
  account: Account,
  find: (executionId: string) => Execution | undefined,
): ControlPlaneNeeds & NeedsOf<typeof jobsData> {
  const commandOf = (executionId: string) => {
    const execution = find(executionId)
    return execution ? [arnOf(account, 'iot', `command/${execution.commandId}`)] : []
  }
  const ofExecution = ({ executionId, targetArn }: { executionId: string; targetArn: string }): ControlPlaneNeed => ({
    resources: [...commandOf(executionId), targetArn],
  })
  return {
    ListCommands: () => ({ resources: [] }),
    ListCommandExecutions: () => ({ resources: [] }),
    GetCommandExecution: ofExecution,
    DeleteCommandExecution: ofExecution,
    StartCommandExecution: ({ commandArn, targetArn, parameters }) => ({
      action: 'iot:StartCommandExecution',
      resources: [commandArn, targetArn],
      context: contextOf(parameters ?? {}),
    }),
  }
}

/** `iot:CommandExecutionParameterString/NAME` and its like. */
function contextOf(parameters: Readonly<Record<string, CommandParameterValue>>): Record<string, string> {
  const entries = Object.entries(parameters).flatMap(([name, each]): [string, string][] => {
    const value = plainValue(each)
    if (value.kind === 'text') return [[`iot:CommandExecutionParameterString/${name}`, value.text]]
    if (value.kind === 'number') return [[`iot:CommandExecutionParameterNumber/${name}`, value.digits]]
    if (value.kind === 'boolean') return [[`iot:CommandExecutionParameterBoolean/${name}`, String(value.on)]]
    return []
  })
  return Object.fromEntries(entries)
}
