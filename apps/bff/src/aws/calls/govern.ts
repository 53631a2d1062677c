import type { IoTClient } from '@aws-sdk/client-iot'
import type { Clock } from '../../clock.ts'
import { httpStatusOf } from '../error-name.ts'
import type { ApiRates } from './api-rates.ts'
import { type CallAttempt, tellAttempt } from './attempts.ts'
import { lookingPerson, waitingPerson } from './caller.ts'
import { isRead, isRepeatable } from './operations.ts'
import { type Answered, apiOf, type CallingClient, operationOf } from './sdk-clients.ts'
import { SharedCalls } from './shared-calls.ts'
import type { TokenBuckets } from './token-buckets.ts'
import { Turns } from './turns.ts'

export interface CallRules {
  readonly clock: Clock
  readonly rates: ApiRates
  readonly buckets: TokenBuckets
}

/** As much of a client of the SDK as is governed. */
interface Governed<Input extends object, Output extends Answered> extends CallingClient<Input, Output> {
  readonly config: Pick<IoTClient['config'], 'retryStrategy'>
}

/** AWS says that it is too much at once, and has not begun with it. */
const isThrottled = (error: Error): boolean =>
  httpStatusOf(error) === 429 || /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(error.name)

function outcomeOf(error: unknown): CallAttempt['outcome'] {
  if (!(error instanceof Error)) return 'failed'
  if (isThrottled(error)) return 'throttled'
  const status = httpStatusOf(error) ?? 500
  return status < 500 ? 'refused' : 'failed'
}

/** Of AWS IoT it means that there is no room for one more of something, unless it speaks of a rate. */
const isNoRoom = (error: Error): boolean => error.name === 'LimitExceededException' && !/\brate\b/i.test(error.message)

/**
 * What goes for every call to AWS, whoever makes it:
 *
 * - people who look at the same share answers, see {@link SharedCalls};
 * - each attempt has its turn at the rate that AWS takes of the operation, see {@link Turns};
 * - a call is tried again, with the SDK's backoff and jitter, when it was throttled; after a failure of the server or of
 *   the network only when it changes nothing, or changes the same when it is done twice.
 */
export class CallGovernor {
  readonly #rules: CallRules
  readonly #turns = new Map<string, Turns>()
  /** By API, those of AWS IoT together: several clients may ask and write there, and what one of them writes another shows. */
  readonly #shared = new Map<string, SharedCalls<object>>()
  /** Failures after which the call is not tried again, whatever the SDK takes them for. */
  readonly #final = new WeakSet<Error>()

  constructor(rules: CallRules) {
    this.#rules = rules
  }

  /** @param client one that nobody has called yet */
  govern<Client, Input extends object, Output extends Answered>(client: Client & Governed<Input, Output>): Client {
    this.#share(client)
    this.#takeTurns(client)
    this.#tryAgain(client)
    return client
  }

  #share<Input extends object, Output extends Answered>({ middlewareStack }: Governed<Input, Output>): void {
    middlewareStack.add(
      (next, context) => async (args) => {
        const [api, operation] = [apiOf(context), operationOf(context)]
        const shared = this.#sharedOf(api)
        if (isRead(operation)) {
          const person = lookingPerson()
          if (person === undefined) return next(args)
          // Two APIs have an operation of the same name.
          const key = `${api} ${operation} ${JSON.stringify(args.input)}`
          const answer = await shared.read(key, person, () => next(args))
          return answer as Awaited<ReturnType<typeof next>> // of the same operation: it is in the key
        }
        shared.forget()
        try {
          return await next(args)
        } finally {
          shared.forget()
        }
      },
      { step: 'initialize', name: 'shareCalls' },
    )
  }

  #takeTurns<Input extends object, Output extends Answered>({ middlewareStack }: Governed<Input, Output>): void {
    middlewareStack.add(
      (next, context) => async (args) => {
        const operation = operationOf(context)
        await this.#turnsOf(apiOf(context), operation)?.turn(waitingPerson())
        try {
          const answer = await next(args)
          tellAttempt({ api: apiOf(context), operation, outcome: 'answered' })
          return answer
        } catch (error) {
          tellAttempt({ api: apiOf(context), operation, outcome: outcomeOf(error) })
          if (
            error instanceof Error &&
            !isThrottled(error) &&
            (isNoRoom(error) || !isRepeatable(operation, args.input))
          )
            this.#final.add(error)
          throw error
        }
      },
      // Of the same priority as the SDK's retries, and added later: each of their attempts comes by here.
      { step: 'finalizeRequest', priority: 'high', name: 'takeTurns' },
    )
  }

  #tryAgain({ config }: Pick<Governed<object, Answered>, 'config'>): void {
    const given = config.retryStrategy
    const strategy = given().then((found) => {
      if (!('refreshRetryTokenForRetry' in found)) return found
      const refresh = found.refreshRetryTokenForRetry.bind(found)
      found.refreshRetryTokenForRetry = (token, info) => {
        if (info.error instanceof Error && this.#final.has(info.error)) throw info.error
        return refresh(token, info)
      }
      return found
    })
    config.retryStrategy = () => strategy
  }

  #sharedOf(api: string): SharedCalls<object> {
    const name = api.startsWith('IoT') ? 'IoT' : api
    const shared = this.#shared.get(name) ?? new SharedCalls<object>(this.#rules.clock)
    this.#shared.set(name, shared)
    return shared
  }

  #turnsOf(api: string, operation: string): Turns | undefined {
    const name = `${api}:${operation}`
    const known = this.#turns.get(name)
    if (known) return known
    const { clock, rates, buckets } = this.#rules
    const perSecond = rates(api, operation)
    if (perSecond === undefined) return undefined
    const turns = new Turns(clock, buckets, name, perSecond)
    this.#turns.set(name, turns)
    return turns
  }
}
