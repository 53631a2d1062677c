import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda'
import type { ProvisioningHookAnswer, ProvisioningHookCheck, ProvisioningHookEvent } from '@thingdeck/contract'
import { compilePolicies, evaluate, explain, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { unlessGone } from '../../aws/unless-gone.ts'
import { whyUnread } from '../../aws/why-unread.ts'

/** For which template AWS IoT would call. */
export interface HookUser {
  readonly accountId: string
  /** Any of the account where none is known yet. */
  readonly templateArn: string
}

/** So much of an answer is shown; AWS IoT takes a map of parameters, which is far below. */
const MOST_CHARACTERS = 65_536

/**
 * Whether AWS IoT may call a function before it provisions devices. Errors are AWS's own, but for what the console may
 * not read, which is said.
 */
export async function checkHook(
  lambda: LambdaClient,
  FunctionName: string,
  user: HookUser,
): Promise<ProvisioningHookCheck> {
  try {
    const found = await unlessGone(lambda.send(new GetFunctionConfigurationCommand({ FunctionName })))
    if (!found) return { isFound: false, decision: 'IMPLICIT_DENY', why: 'There is no such function.' }
    const { Policy } = (await unlessGone(lambda.send(new GetPolicyCommand({ FunctionName })))) ?? {}
    return {
      isFound: true,
      ...permissionOf(Policy, FunctionName, user),
      ...(found.Timeout !== undefined && { timeoutSeconds: found.Timeout }),
      ...(found.State && { state: found.State }),
    }
  } catch (error) {
    const unread = whyUnread(error)
    if (!unread) throw error
    return { isFound: true, decision: 'UNKNOWN', why: `The console may not read it: ${unread.message}` }
  }
}

function permissionOf(
  policy: string | undefined,
  functionArn: string,
  { accountId, templateArn }: HookUser,
): Pick<ProvisioningHookCheck, 'decision' | 'why'> {
  if (policy === undefined)
    return { decision: 'IMPLICIT_DENY', why: 'The function has no policy: nobody else may call it.' }
  try {
    const document = parsePolicyDocument(policy, { dialect: 'iam' })
    const decided = evaluate(compilePolicies([{ policyName: "the function's policy", document }]), {
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      principal: { type: 'Service', value: 'iot.amazonaws.com' },
      context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': templateArn },
    })
    return { decision: decided.decision, why: explain(decided) }
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    return { decision: 'UNKNOWN', why: `The function's policy cannot be understood: ${error.message}` }
  }
}

/** Runs the function, really. Errors are AWS's own. */
export async function tryHook(
  lambda: LambdaClient,
  FunctionName: string,
  event: ProvisioningHookEvent,
  nowMs: () => number,
): Promise<ProvisioningHookAnswer> {
  const begunMs = nowMs()
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  )
  const payload = Buffer.from(Payload ?? []).toString()
  return {
    payload: payload.slice(0, MOST_CHARACTERS),
    ...(FunctionError && { functionError: FunctionError }),
    durationMs: nowMs() - begunMs,
  }
}
