import { AwsError } from '@thingdeck/aws-api'
import type { ServiceContext } from '../../foundation/service.ts'
import { Turns } from '../../foundation/turns.ts'
import { FleetError } from './fleet-error.ts'

/** "The Lambda function must finish running and return within 5 seconds, otherwise the provisioning request fails." */
const ANSWER_MS = 5_000

/**
 * A function that has to start for each of a thousand devices at once would answer none of them in time. AWS admits ten
 * devices a second; here so many are asked about at once, and the five seconds begin when it is a device's turn.
 */
const AT_ONCE = 8

/** Of a log entry, which a function must not make arbitrarily long. */
const MAX_REASON_CHARACTERS = 500

/** Functions that say what becomes of a device, and have five seconds for it. */
export class AskedFunctions {
  readonly #context: Pick<ServiceContext, 'functions' | 'after'>
  readonly #turns = new Turns(AT_ONCE)

  constructor(context: Pick<ServiceContext, 'functions' | 'after'>) {
    this.#context = context
  }

  /**
   * @param sourceArn on behalf of what, as the function's own policy asks
   * @returns its answer, as JSON has it
   * @throws {FleetError} AccessDenied, with why: it failed, was late, said no JSON, or cannot be invoked
   */
  ask(functionArn: string, sourceArn: string, input: object): Promise<unknown> {
    return this.#turns.take(() => this.#invoke(functionArn, sourceArn, input))
  }

  async #invoke(functionArn: string, sourceArn: string, input: object): Promise<unknown> {
    const late = Promise.withResolvers<'late'>()
    const cancel = this.#context.after(ANSWER_MS, () => late.resolve('late'))
    try {
      const source = { service: 'iot.amazonaws.com', sourceArn }
      const running = this.#context.functions.invoke(functionArn, Buffer.from(JSON.stringify(input)), { source })
      running.catch(() => {}) // it may fail when nobody waits for it any more
      const answer = await Promise.race([running, late.promise])
      if (answer === 'late') {
        throw denied(`The function ${functionArn} did not answer within ${ANSWER_MS / 1000} seconds`)
      }
      if (answer.functionError !== undefined) {
        throw denied(`The function ${functionArn} failed: ${reasonIn(answer.payload)}`)
      }
      return JSON.parse(textOf(answer.payload))
    } catch (error) {
      if (error instanceof AwsError) throw denied(`The function ${functionArn} could not be invoked: ${error.message}`)
      if (error instanceof SyntaxError) throw denied(`The function ${functionArn} did not answer with JSON`)
      throw error
    } finally {
      cancel()
    }
  }
}

const denied = (message: string): FleetError => new FleetError('AccessDenied', message)

const textOf = (payload: Uint8Array): string => Buffer.from(payload).toString()

/** Of the document of an error: `{"errorType", "errorMessage", "trace"}`. */
function reasonIn(payload: Uint8Array): string {
  const text = textOf(payload)
  const said: unknown = JSON.parse(text)
  const isDocument = typeof said === 'object' && said !== null && 'errorMessage' in said
  const reason = isDocument && typeof said.errorMessage === 'string' ? said.errorMessage : text
  return reason.slice(0, MAX_REASON_CHARACTERS)
}
