import { GetFunctionConfigurationCommand, GetPolicyCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { FunctionPermission } from '@thingdeck/contract'
import { compilePolicies, evaluate, explain, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { isNamed } from '../error-name.ts'
import { whyUnread } from '../why-unread.ts'
import { arnPartsOf } from './function-arn.ts'

/** An account that nobody has: what lets something of it in lets everybody in. */
const ANOTHER_ACCOUNT = '000000000000'

/**
 * Whether AWS IoT may invoke a function for one of its resources, by the function's own policy.
 * @param functionArn with a version or an alias where that is what is invoked
 * @param sourceArn of the authorizer, or the provisioning template
 * @throws errors of Lambda's, but for what the console may not read, which is an outcome
 * @see AWS IoT Core developer guide, "Authorizing AWS IoT to invoke your Lambda function"
 */
export async function readFunctionPermission(
  lambda: LambdaClient,
  functionArn: string,
  sourceArn: string,
): Promise<FunctionPermission> {
  const { unqualifiedArn, qualifier } = arnPartsOf(functionArn)
  try {
    const { Policy = '' } = await lambda.send(
      new GetPolicyCommand({ FunctionName: unqualifiedArn, ...(qualifier !== undefined && { Qualifier: qualifier }) }),
    )
    return judge(Policy, functionArn, sourceArn)
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: await whatIsMissing(lambda, unqualifiedArn) }
    const why = whyUnread(error)
    if (!why) throw error
    return why
  }
}

/** Lambda says the same of a function that is not there and of one without a policy. */
async function whatIsMissing(lambda: LambdaClient, FunctionName: string): Promise<'no-policy' | 'no-function'> {
  try {
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return 'no-function'
    if (!whyUnread(error)) throw error
  }
  return 'no-policy'
}

/** What a resource policy of a function says to AWS IoT that comes for one of its resources. */
export function judge(text: string, functionArn: string, sourceArn: string): FunctionPermission {
  try {
    const document = parsePolicyDocument(withoutIds(text), { dialect: 'iam' })
    const policies = compilePolicies([{ policyName: "the function's policy", document }])
    const ask = (arn: string) =>
      evaluate(policies, {
        action: 'lambda:InvokeFunction',
        resource: functionArn,
        principal: { type: 'Service', value: 'iot.amazonaws.com' },
        context: { 'aws:SourceArn': arn, 'aws:SourceAccount': arn.split(':')[4] ?? '' },
      })
    const asked = ask(sourceArn)
    const isForAll = ask(ofAnotherAccount(sourceArn)).decision === 'ALLOWED'
    return {
      outcome: 'read',
      decision: asked.decision,
      why: explain(asked),
      ...(isForAll && { isForAll }),
    }
  } catch (error) {
    if (!(error instanceof MalformedPolicyError) && !(error instanceof SyntaxError)) throw error
    return { outcome: 'not-understood', message: error.message }
  }
}

function ofAnotherAccount(arn: string): string {
  const parts = arn.split(':')
  return [...parts.slice(0, 4), ANOTHER_ACCOUNT, parts[5]?.replace(/\/.*/s, '/another')].join(':')
}

/** Statement ids of Lambda have characters that IAM's do not have (AWS Lambda API reference, AddPermission). */
const withoutIds = (text: string): string =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'Sid' ? undefined : value))
