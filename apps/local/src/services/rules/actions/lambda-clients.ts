import type { LambdaClient } from '@aws-sdk/client-lambda'
import type { Functions } from '../../../foundation/functions.ts'
import { type AwsClient, answeredWith } from './aws-clients.ts'

/** What a rule has a function do; the command of both clients here. */
export interface RuleInvocation {
  readonly functionArn: string
  /** JSON */
  readonly payload: Uint8Array
  /** Whether nobody waits for what the function answers. */
  readonly isEvent: boolean
  /** On whose behalf, as the function's own policy is asked. */
  readonly ruleArn: string
}

export interface RuleAnswer {
  readonly payload: Uint8Array
  readonly functionError: string | undefined
}

/** Why Lambda has not done it. */
export class LambdaRefusal extends Error {
  override readonly name = 'LambdaRefusal'
  /** Of HTTP. */
  readonly status: number

  constructor(status: number, message: string, cause: unknown) {
    super(message, { cause })
    this.status = status
  }
}

/** Of what this server's own functions refuse. @see AWS Lambda API Reference, Invoke, "Errors" */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['InvalidParameterValueException', 400],
  ['InvalidRequestContentException', 400],
  ['AccessDeniedException', 403],
  ['ResourceNotFoundException', 404],
  ['RequestTooLargeException', 413],
  ['TooManyRequestsException', 429],
])

/** The functions of this server: each one's own policy says whether the rule may. */
export function ownLambda(functions: Functions): AwsClient {
  const invoke = async ({ functionArn, payload, isEvent, ruleArn }: RuleInvocation): Promise<RuleAnswer> => {
    const source = { service: 'iot.amazonaws.com', sourceArn: ruleArn }
    if (isEvent) {
      functions.invokeLater(functionArn, payload, { source })
      return { payload: Buffer.alloc(0), functionError: undefined }
    }
    const answer = await functions.invoke(functionArn, payload, { source })
    return { payload: answer.payload, functionError: answer.functionError }
  }
  return {
    async send<Answer>(invocation: RuleInvocation, { abortSignal }: { readonly abortSignal?: AbortSignal } = {}) {
      try {
        // The answer of the command that this client has.
        return (await Promise.race([invoke(invocation), ...(abortSignal ? [aborted(abortSignal)] : [])])) as Answer
      } catch (error) {
        throw refusalOf(error, ({ name }) => STATUSES.get(name))
      }
    },
    destroy: () => {},
  }
}

/** Lambda where the environment says, with the environment's credentials. */
export function remoteLambda(client: LambdaClient): AwsClient {
  return {
    async send<Answer>({ functionArn, payload, isEvent }: RuleInvocation, options = {}) {
      const { InvokeCommand } = await import('@aws-sdk/client-lambda')
      const type = isEvent ? { InvocationType: 'Event' as const } : {}
      const invoke = new InvokeCommand({ FunctionName: functionArn, Payload: payload, ...type })
      try {
        const { Payload = new Uint8Array(), FunctionError: functionError } = await client.send(invoke, options)
        return { payload: Payload, functionError } satisfies RuleAnswer as Answer // as above
      } catch (error) {
        throw refusalOf(error, (thrown) => answeredWith(thrown)?.httpStatusCode)
      }
    },
    destroy: () => client.destroy(),
  }
}

/** @returns the error itself where nobody answered */
function refusalOf(error: unknown, statusOf: (error: Error) => number | undefined): unknown {
  const status = error instanceof Error ? statusOf(error) : undefined
  return error instanceof Error && status !== undefined ? new LambdaRefusal(status, error.message, error) : error
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
