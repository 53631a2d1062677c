import { AwsError } from '@thingdeck/aws-api'
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
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** "The Lambda function must answer within 5 seconds." @see AWS IoT Core developer guide, "Custom authentication" */
const TIMEOUT_MS = 5000
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
    // Whoever is not waited for any more still takes its place until the function has ended.
    const call = this.#invoke(functionArn, sourceArn, payload).finally(() => {
      this.#waitingBytes -= payload.length
    })
    return this.#inTime(call)
  }

  async #invoke(functionArn: string, sourceArn: string, payload: Uint8Array): Promise<Uint8Array> {
    try {
      const source = { service: 'iot.amazonaws.com', sourceArn }
      const answer = await this.#parts.functions.invoke(functionArn, payload, { source })
      if (answer.functionError === undefined) return answer.payload
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      throw new FunctionCallError(`The function could not be invoked: ${error.name}: ${error.message}`)
    }
    // What it threw may tell of its event, and so is for its own log alone.
    throw new FunctionCallError('The function failed; its log says why')
  }

  #inTime(call: Promise<Uint8Array>): Promise<Uint8Array> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const cancel = this.#parts.after(TIMEOUT_MS, () => {
      reject(new FunctionCallError(`The function took more than ${TIMEOUT_MS / 1000} seconds`))
    })
    return Promise.race([call, late]).finally(cancel)
  }
}
