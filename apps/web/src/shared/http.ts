import type { ProblemBody } from '@thingdeck/contract'
import { serverClock } from './clock/server-clock.ts'

/**
 * A request that the API refused or that never reached it. Decide by `code`: AWS's exception name where AWS refused,
 * one of the API's own codes otherwise, `NETWORK` when there was no way to the server, `TIMEOUT` when no answer came.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly awsRequestId: string | undefined

  constructor(fields: { code: string; message: string; status: number; requestId?: string; awsRequestId?: string }) {
    super(fields.message)
    this.code = fields.code
    this.status = fields.status
    this.requestId = fields.requestId
    this.awsRequestId = fields.awsRequestId
  }
}

/** Longer than the server gives AWS with all its attempts: who waits is told before they give up. */
const READ_TIMEOUT_MS = 30_000
/** A write may be many: what became of it is better known than guessed. */
const WRITE_TIMEOUT_MS = 120_000

interface RequestOptions {
  readonly signal?: AbortSignal | undefined
  /** JSON text. */
  readonly body?: string | undefined
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  if (!isProblem(body)) {
    return new ApiError({
      code: `HTTP_${response.status}`,
      message: `The server answered ${response.status} ${response.statusText}`.trim(),
      status: response.status,
    })
  }
  return new ApiError({
    code: body.code,
    message: body.detail,
    status: response.status,
    requestId: body.requestId,
    ...(body.awsRequestId === undefined ? {} : { awsRequestId: body.awsRequestId }),
  })
}

/** What its `Date` says about the server's clock. */
function observeTime({ headers }: Response, sentAtMs: number): void {
  const dateMs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(dateMs)) return
  serverClock.observe({ sentAtMs, receivedAtMs: serverClock.localMs(), dateMs })
}

const noAnswer = (timeoutMs: number) =>
  new ApiError({
    code: 'TIMEOUT',
    message: `The console server has not answered for ${timeoutMs / 1000} seconds.`,
    status: 0,
  })

/**
 * One request to the page's own origin.
 * @param address begins with `/`
 * @returns what was answered with success
 * @throws {ApiError} whatever else came of it; an `AbortError` when `signal` ended it
 */
export async function send(method: string, address: string, { signal, body }: RequestOptions = {}): Promise<Response> {
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    cache: 'no-store', // an answer from before would tell the time of before
    headers: { accept: 'application/json' },
  }
  const timeoutMs = method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS
  const timeout = new AbortController()
  init.signal = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  if (body !== undefined) {
    init.body = body
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
  }
  const sentAtMs = serverClock.localMs()
  let response: Response
  try {
    response = await fetch(address, init)
    observeTime(response, sentAtMs)
  } catch (error) {
    if (timeout.signal.aborted && !signal?.aborted) throw noAnswer(timeoutMs)
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({ code: 'NETWORK', message: 'The console server could not be reached.', status: 0 })
  } finally {
    clearTimeout(timer)
  }
  if (!response.ok) throw await toApiError(response)
  return response
}
