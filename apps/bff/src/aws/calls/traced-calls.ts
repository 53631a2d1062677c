import { tracingChannel } from 'node:diagnostics_channel'
import { type Answered, apiOf, type CallContext, type CallingClient, operationOf } from './sdk-clients.ts'

/** One call to AWS with all of its attempts, told of when it begins and again when it has ended. */
export interface TracedCall {
  /** `IoT`, as the SDK calls it. */
  readonly api: string
  readonly operation: string
  /** What came of it, as the channel adds it when the call has ended. */
  readonly result?: { readonly output: Answered }
  readonly error?: unknown
}

/** Whoever subscribes hears of calls; nobody who calls has to know of it. */
export const awsCalls = tracingChannel<TracedCall>('thingdeck:aws-calls')

/**
 * Has every call of a client told of. It costs one question where nobody listens.
 * @param client one that nobody has called yet
 */
export function traceCalls<Client, Input extends object, Output extends Answered>(
  client: Client & CallingClient<Input, Output>,
): Client {
  client.middlewareStack.add(
    (next, context: CallContext) => async (args) => {
      if (!awsCalls.hasSubscribers) return next(args)
      const call: TracedCall = { api: apiOf(context), operation: operationOf(context) }
      return awsCalls.tracePromise(() => next(args), call)
    },
    // Behind what people share: who waits for somebody else's call makes none.
    { step: 'initialize', priority: 'low', name: 'traceCalls' },
  )
  return client
}
