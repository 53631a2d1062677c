import { setTimeout as wait } from 'node:timers/promises'
import { type OutgoingRequest, send } from '../outgoing-request.ts'

/** "Timeout for an HTTP action": of all tries together. */
const TIMEOUT_MS = 3_000
const MAX_ATTEMPTS = 3
const FIRST_DELAY_MS = 100

/** What became of what was sent; the metric is that which counts the failure. */
export type Sent =
  | { readonly isDone: true }
  | {
      readonly isDone: false
      readonly words: string
      readonly metric: string
      readonly status?: number
      /** What the endpoint said of it. */
      readonly body?: string
    }

/**
 * Sends it, three times at most: what the endpoint answers 429 or 5xx to is tried again within three seconds.
 * @param make of each try, whose signature may be late
 * @see AWS IoT developer guide, "HTTP" action, "Considerations"
 */
export async function sendWithRetries(make: () => Promise<OutgoingRequest>): Promise<Sent> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  for (let attempt = 1; ; attempt += 1) {
    const sent = await sendOnce(await make(), signal)
    if (sent.isDone || !('mayRetry' in sent) || attempt === MAX_ATTEMPTS) return sent
    const delayMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random())
    try {
      await wait(delayMs, undefined, { signal })
    } catch {
      return sent
    }
  }
}

async function sendOnce(request: OutgoingRequest, signal: AbortSignal): Promise<Sent | (Sent & { mayRetry: true })> {
  try {
    const { status, reason, body, isTooLong } = await send(request, signal)
    if (status >= 200 && status < 300) return { isDone: true }
    const words = `StatusCode: ${status}. Reason: ${reason}.`
    const metric = `HttpCode_${status >= 400 && status < 500 ? '4XX' : status >= 500 ? '5XX' : 'Other'}`
    const mayRetry = !isTooLong && (status === 429 || status >= 500)
    return { isDone: false, words, metric, status, body, ...(mayRetry && { mayRetry }) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isLate = signal.aborted
    return {
      isDone: false,
      words: isLate ? `There was no answer within ${TIMEOUT_MS} ms.` : `${error.message}.`,
      metric: isLate ? 'HttpRequestTimeout' : 'HttpUnknownHost',
    }
  }
}
