import { ActionFailure, lambdaRequest, stepFunctionsRequest } from '@thingdeck/rule-actions'
import { arnOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
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

export function lambdaAction(settings: ActionSettings<'lambda'>, options: ActionOptions): AwsActionShape {
  const ruleArn = arnOf(options.account, 'iot', `rule/${options.ruleName}`)
  return sentTo(LAMBDA, lambdaRequest(settings, options), async (client, { input }, execution) => {
    const { FunctionName: functionArn, Payload: payload } = input
    const invocation: RuleInvocation = { functionArn, payload, isEvent: true, ruleArn }
    try {
      await client.send(invocation)
    } catch (error) {
      if (!(error instanceof LambdaRefusal)) throw error
      const { topic } = execution.input.message
      throw new ActionFailure(
        functionArn,
        `Failed to invoke lambda function. Received Server error from Lambda. The error code is ${error.status}. Message arrived on: ${topic}, Action: lambda, Function ARN: ${functionArn}. ${error.message}`,
        error,
      )
    }
  })
}

export const stepFunctionsAction = (
  settings: ActionSettings<'stepFunctions'>,
  options: ActionOptions,
): AwsActionShape =>
  sentTo(STEP_FUNCTIONS, stepFunctionsRequest(settings, options), async (client, { input }) => {
    const { StartExecutionCommand } = await import('@aws-sdk/client-sfn')
    await client.send(new StartExecutionCommand(input))
  })
