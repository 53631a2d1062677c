import type * as sdk from '@aws-sdk/client-lambda'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { Invocations } from './invocations.ts'
import { invalidParameter, notHere } from './lambda-errors.ts'
import type { LambdaFunctions } from './lambda-functions.ts'

const NO_EVENT = Buffer.from('{}')

/** Invoke, in all of its ways. */
export function invokeHandlers(functions: LambdaFunctions, invocations: Invocations) {
  return {
    Invoke: async (input) => {
      if (input.TenantId !== undefined) throw notHere('tenants of functions (TenantId)')
      if (input.DurableExecutionName !== undefined) throw notHere('durable functions (DurableExecutionName)')
      const found = functions.find(input.FunctionName, input.Qualifier)
      const { Payload: payload = NO_EVENT, InvocationType = 'RequestResponse', LogType } = input
      if (InvocationType === 'DryRun') return { StatusCode: 204 }
      if (InvocationType === 'Event') {
        invocations.enqueue(found, payload)
        return { StatusCode: 202 }
      }
      const done = await invocations.run(found, payload, {
        clientContext: readClientContext(input.ClientContext),
      })
      return {
        StatusCode: 200,
        Payload: done.payload,
        ExecutedVersion: done.executedVersion,
        ...(done.functionError !== undefined && { FunctionError: done.functionError }),
        ...(LogType === 'Tail' && { LogResult: done.logTail.toString('base64') }),
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** @throws {AwsError} InvalidParameterValueException */
function readClientContext(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined
  const text = Buffer.from(base64, 'base64').toString()
  try {
    JSON.parse(text)
    return text
  } catch {
    throw invalidParameter('Client context must be a valid Base64-encoded JSON object.')
  }
}
