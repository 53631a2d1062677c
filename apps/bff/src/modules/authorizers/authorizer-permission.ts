import { GetFunctionConfigurationCommand, GetPolicyCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Authorizer, AuthorizerPermission } from '@thingdeck/contract'
import { compilePolicies, evaluate, explain, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { isNamed } from '../../aws/error-name.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import { arnPartsOf } from './function-arn.ts'

/** Sources that no authorizer is: what lets these in lets everybody in. */
const ANOTHER = { account: '000000000000', arn: 'arn:aws:iot:us-east-1:000000000000:authorizer/another' }

/**
 * Whether AWS IoT may invoke the function for an authorizer, by the function's own policy.
 * @see AWS IoT Core developer guide, "Authorizing AWS IoT to invoke your Lambda function"
 */
export async function permissionOf(
  lambda: LambdaClient,
  { authorizerArn, authorizerFunctionArn }: Authorizer,
): Promise<AuthorizerPermission> {
  const { functionArn, qualifier } = arnPartsOf(authorizerFunctionArn)
  try {
    const { Policy = '' } = await lambda.send(
      new GetPolicyCommand({ FunctionName: functionArn, ...(qualifier !== undefined && { Qualifier: qualifier }) }),
    )
    return judge(Policy, authorizerFunctionArn, authorizerArn)
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: await whatIsMissing(lambda, functionArn) }
    const why = whyUnread(error)
    if (!why) throw error
    return why
  }
}

/** Lambda says the same of a function that is not there and of one without a policy. */
async function whatIsMissing(lambda: LambdaClient, functionArn: string): Promise<'no-policy' | 'no-function'> {
  try {
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }))
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return 'no-function'
    if (!whyUnread(error)) throw error
  }
  return 'no-policy'
}

/** What a resource policy of a function says to AWS IoT that comes for an authorizer. */
export function judge(text: string, functionArn: string, authorizerArn: string): AuthorizerPermission {
  try {
    const document = parsePolicyDocument(withoutIds(text), { dialect: 'iam' })
    const policies = compilePolicies([{ policyName: "the function's policy", document }])
    const ask = (arn: string, account: string) =>
      evaluate(policies, {
        action: 'lambda:InvokeFunction',
        resource: functionArn,
        principal: { type: 'Service', value: 'iot.amazonaws.com' },
        context: { 'aws:SourceArn': arn, 'aws:SourceAccount': account },
      })
    const asked = ask(authorizerArn, authorizerArn.split(':')[4] ?? '')
    const isForAll = ask(ANOTHER.arn, ANOTHER.account).decision === 'ALLOWED'
    return {
      outcome: 'read',
      decision: asked.decision,
      why: explain(asked),
      ...(isForAll && { isForAll }),
    }
  } catch (error) {
    if (!(error instanceof MalformedPolicyError) && !(error instanceof SyntaxError)) throw error
    return {
      outcome: 'read',
      decision: 'IMPLICIT_DENY',
      why: `The function's policy cannot be understood: ${error.message}`,
    }
  }
}

/** Statement ids of Lambda have characters that IAM's do not have (AWS Lambda API reference, AddPermission). */
const withoutIds = (text: string): string =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'Sid' ? undefined : value))
