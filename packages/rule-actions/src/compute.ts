import { actionPermissions, arnOf } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { textOf } from './bytes.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { LambdaSettings, StepFunctionsSettings } from './settings.ts'

/** As an event: nobody waits for what the function answers. @see AWS IoT developer guide, "Lambda" */
export function lambdaRequest({ functionArn }: LambdaSettings, options: ActionOptions) {
  const arn = options.template('functionArn', functionArn)
  return {
    label: 'LambdaAction',
    failure: 'Failed to invoke lambda function',
    request: async (message: MatchedMessage) => {
      const FunctionName = await render(arn, message)
      if (message.result instanceof Uint8Array) {
        throw new ActionFailure(FunctionName, 'The message is no JSON, which Lambda takes alone: encode it in the SQL.')
      }
      return {
        resource: FunctionName,
        permissions: [],
        resources: { FunctionArn: FunctionName },
        words: `Action: lambda, Function ARN: ${FunctionName}`,
        operation: 'Invoke' as const,
        input: { FunctionName, InvocationType: 'Event' as const, Payload: message.output },
      }
    },
  }
}

/** @see AWS IoT developer guide, "Step Functions" */
export function stepFunctionsRequest(
  { stateMachineName, executionNamePrefix, roleArn }: StepFunctionsSettings,
  options: ActionOptions,
) {
  const machine = options.template('stateMachineName', stateMachineName)
  const prefix = optionalTemplate(options, 'executionNamePrefix', executionNamePrefix)
  return {
    label: 'StepFunctionsAction',
    failure: 'Failed to start Step Functions execution',
    roleArn,
    request: async (message: MatchedMessage) => {
      const name = await render(machine, message)
      const stateMachineArn = arnOf(options.home, 'states', `stateMachine:${name}`)
      const begin = await render(prefix, message)
      const input = textOf(message.output)
      return {
        resource: name,
        permissions: actionPermissions('stepFunctions', { stateMachineName: name }, options.home),
        resources: { StateMachine: name },
        words: `Action: stepFunctions, State Machine: ${name}`,
        operation: 'StartExecution' as const,
        input: {
          stateMachineArn,
          input,
          ...(begin !== undefined && { name: `${begin}${message.environment.randomUuid()}` }),
        },
      }
    },
  }
}
