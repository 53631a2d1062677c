import { GetFunctionConfigurationCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type {
  FunctionPermission,
  ProvisioningHookAnswer,
  ProvisioningHookCheck,
  ProvisioningHookEvent,
} from '@thingdeck/contract'
import { readFunctionPermission } from '../../aws/functions/function-permission.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { whyUnread } from '../../aws/why-unread.ts'

/** So much of an answer is shown; AWS IoT takes a map of parameters, which is far below. */
const MOST_CHARACTERS = 65_536

/**
 * Whether AWS IoT may call a function before it provisions devices. Errors are AWS's own, but for what the console may
 * not read, which is said.
 * @param templateArn for which it would call; any of the account where none is known yet
 */
export async function checkHook(
  lambda: LambdaClient,
  FunctionName: string,
  templateArn: string,
): Promise<ProvisioningHookCheck> {
  try {
    const found = await unlessGone(lambda.send(new GetFunctionConfigurationCommand({ FunctionName })))
    if (!found) return { isFound: false, decision: 'IMPLICIT_DENY', why: 'There is no such function.' }
    return {
      isFound: true,
      ...inWords(await readFunctionPermission(lambda, FunctionName, templateArn)),
      ...(found.Timeout !== undefined && { timeoutSeconds: found.Timeout }),
      ...(found.State && { state: found.State }),
    }
  } catch (error) {
    const unread = whyUnread(error)
    if (!unread) throw error
    return { isFound: true, ...inWords(unread) }
  }
}

function inWords({
  outcome,
  decision,
  why = '',
  message = '',
}: FunctionPermission): Pick<ProvisioningHookCheck, 'decision' | 'why'> {
  switch (outcome) {
    case 'read':
      return { decision: decision ?? 'UNKNOWN', why }
    case 'no-policy':
    case 'no-function': // deleted since its configuration was read
      return { decision: 'IMPLICIT_DENY', why: 'The function has no policy: nobody else may call it.' }
    case 'not-understood':
      return { decision: 'UNKNOWN', why: `The function's policy cannot be understood: ${message}` }
    case 'not-allowed':
    case 'not-served':
      return { decision: 'UNKNOWN', why: `The console may not read it: ${message}` }
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
