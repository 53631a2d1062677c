import { AwsError } from '@thingdeck/aws-api'
import { type After, inFunctionTime, LateFunctionError } from '../../foundation/function-time.ts'
import type { Functions } from '../../foundation/functions.ts'

/** A function did not answer as it should: why, in words that name nothing of the event. */
export class FunctionCallError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FunctionCallError'
  }
}

export interface FunctionCallsParts {
  readonly functions: Functions
  readonly after: After
}

/** Of the events of all calls that have not ended: whoever connects with long user names would fill the memory otherwise. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024

/** Asks functions about those who want to be let in. */
export class FunctionCalls {
  readonly #parts: FunctionCallsParts
  #waitingBytes = 0

  constructor(parts: FunctionCallsParts) {
    this.#parts = parts
  }

  /**
   * @param sourceArn on whose behalf, as the function's own policy names it
   * @returns what the function answered: JSON, if it is as it should be
   * @throws {FunctionCallError} it may not be invoked, is not there, fails, or takes more than five seconds
   */
  async ask(functionArn: string, sourceArn: string, event: object): Promise<Uint8Array> {
    const payload = Buffer.from(JSON.stringify(event))
    if (this.#waitingBytes + payload.length > MAX_WAITING_BYTES) {
      throw new FunctionCallError('Too many clients wait for the answers of functions')
    }
    this.#waitingBytes += payload.length
    const source = { service: 'iot.amazonaws.com', sourceArn }
    try {
      const answer = await inFunctionTime(this.#parts.after, (whenBegun) =>
        // Whoever is not waited for any more still takes its place until the function has ended.
        this.#parts.functions.invoke(functionArn, payload, { source, whenBegun }).finally(() => {
          this.#waitingBytes -= payload.length
        }),
      )
      if (answer.functionError === undefined) return answer.payload
    } catch (error) {
      if (error instanceof LateFunctionError) throw new FunctionCallError(`The function ${error.message}`)
      if (!(error instanceof AwsError)) throw error
      throw new FunctionCallError(`The function could not be invoked: ${error.name}: ${error.message}`)
    }
    // What it threw may tell of its event, and so is for its own log alone.
    throw new FunctionCallError('The function failed; its log says why')
  }
}
