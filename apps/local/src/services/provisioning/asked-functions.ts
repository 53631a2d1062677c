import { AwsError } from '@thingdeck/aws-api'
import { inFunctionTime, LateFunctionError } from '../../foundation/function-time.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { Turns } from '../../foundation/turns.ts'
import { FleetError } from './fleet-error.ts'

/**
 * A function that has to start for each of a thousand devices at once would begin with none of them in time. AWS admits ten
 * devices a second; here so many are asked about at once, and the time of a function begins when it is a device's turn.
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
    const { functions, after } = this.#context
    const payload = Buffer.from(JSON.stringify(input))
    const source = { service: 'iot.amazonaws.com', sourceArn }
    try {
      const answer = await inFunctionTime(after, (whenBegun) =>
        functions.invoke(functionArn, payload, { source, whenBegun }),
      )
      if (answer.functionError !== undefined) {
        throw denied(`The function ${functionArn} failed: ${reasonIn(answer.payload)}`)
      }
      return JSON.parse(textOf(answer.payload))
    } catch (error) {
      if (error instanceof LateFunctionError) throw denied(`The function ${functionArn} ${error.message}`)
      if (error instanceof AwsError) throw denied(`The function ${functionArn} could not be invoked: ${error.message}`)
      if (error instanceof SyntaxError) throw denied(`The function ${functionArn} did not answer with JSON`)
      throw error
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
