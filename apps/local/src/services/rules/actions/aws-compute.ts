import { randomUUID } from 'node:crypto'
import { actionPermissions } from '@thingdeck/rules-sql'
import { arnOf, homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { LambdaRefusal, ownLambda, type RuleInvocation, remoteLambda } from './lambda-clients.ts'

export const LAMBDA: AwsTarget = {
  title: 'AWS Lambda',
  variable: 'AWS_ENDPOINT_URL_LAMBDA',
  isOurs: true,
  own: ownLambda,
  connect: async (settings) => remoteLambda(new (await import('@aws-sdk/client-lambda')).LambdaClient(settings)),
}

const STEP_FUNCTIONS: AwsTarget = {
  title: 'AWS Step Functions',
  variable: 'AWS_ENDPOINT_URL_SFN',
  connect: async (settings) => new (await import('@aws-sdk/client-sfn')).SFNClient(settings),
}

/** As an event: nobody waits for what the function answers. @see AWS IoT developer guide, "Lambda" */
export function lambdaAction({ functionArn }: ActionSettings<'lambda'>, options: ActionOptions): AwsActionShape {
  const arn = options.template('functionArn', functionArn)
  const ruleArn = arnOf(options.account, 'iot', `rule/${options.ruleName}`)
  return {
    label: 'LambdaAction',
    failure: 'Failed to invoke lambda function',
    target: LAMBDA,
    call: async (execution) => {
      const FunctionName = await render(arn, execution)
      if (execution.result instanceof Uint8Array) {
        throw new ActionFailure(FunctionName, 'The message is no JSON, which Lambda takes alone: encode it in the SQL.')
      }
      return {
        resource: FunctionName,
        permissions: [],
        resources: { FunctionArn: FunctionName },
        words: `Action: lambda, Function ARN: ${FunctionName}`,
        send: async (client) => {
          const payload = execution.output
          const invocation: RuleInvocation = { functionArn: FunctionName, payload, isEvent: true, ruleArn }
          try {
            await client.send(invocation)
          } catch (error) {
            if (!(error instanceof LambdaRefusal)) throw error
            const { topic } = execution.input.message
            throw new ActionFailure(
              FunctionName,
              `Failed to invoke lambda function. Received Server error from Lambda. The error code is ${error.status}. Message arrived on: ${topic}, Action: lambda, Function ARN: ${FunctionName}. ${error.message}`,
              error,
            )
          }
        },
      }
    },
  }
}

/** @see AWS IoT developer guide, "Step Functions" */
export function stepFunctionsAction(
  { stateMachineName, executionNamePrefix, roleArn }: ActionSettings<'stepFunctions'>,
  options: ActionOptions,
): AwsActionShape {
  const machine = options.template('stateMachineName', stateMachineName)
  const prefix =
    executionNamePrefix === undefined ? undefined : options.template('executionNamePrefix', executionNamePrefix)
  return {
    label: 'StepFunctionsAction',
    failure: 'Failed to start Step Functions execution',
    target: STEP_FUNCTIONS,
    roleArn,
    call: async (execution) => {
      const name = await render(machine, execution)
      const stateMachineArn = arnOf(options.account, 'states', `stateMachine:${name}`)
      const begin = await render(prefix, execution)
      const input = Buffer.from(execution.output).toString()
      return {
        resource: name,
        permissions: actionPermissions('stepFunctions', { stateMachineName: name }, homeOf(options.account)),
        resources: { StateMachine: name },
        words: `Action: stepFunctions, State Machine: ${name}`,
        send: async (client) => {
          const { StartExecutionCommand } = await import('@aws-sdk/client-sfn')
          const named = begin === undefined ? {} : { name: `${begin}${randomUUID()}` }
          await client.send(new StartExecutionCommand({ stateMachineArn, input, ...named }))
        },
      }
    },
  }
}
