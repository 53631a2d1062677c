import { PERSON_HEADER, type ProblemBody } from '@thingdeck/contract'
import { serverClock } from './clock/server-clock.ts'
import { serverReach } from './reach/server-reach.ts'
import { pagePerson } from './session/page-person.ts'
import { sessionRefusals } from './session/session-refusals.ts'

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

/**
 * AWS's word that there is none of this name, by whatever name of an exception: CloudWatch Logs says it with 400, IAM has
 * an exception of its own. That the console's server has no such address says nothing about it.
 */
export const isNotFound = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  error.code !== 'NOT_FOUND' &&
  (error.status === 404 || error.code === 'ResourceNotFoundException')

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

function toApiError(response: Response, text: string): ApiError {
  const body = parsed(text)
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An answer in the place of the server's: its own problems have a body that says so. */
const isOfGateway = ({ status, headers }: Response): boolean =>
  status >= 502 && status <= 504 && !headers.get('content-type')?.startsWith('application/problem+json')

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

/** With whose page it is: who signed in since in another tab is not taken for them. */
export function ownHeaders(): Record<string, string> {
  const personId = pagePerson()
  return {
    accept: 'application/json',
    ...(personId !== undefined && { [PERSON_HEADER]: encodeURIComponent(personId) }),
  }
}

/**
 * One request to the page's own origin.
 * @param address begins with `/`
 * @returns what was answered with success, whole; `''` where there is no content
 * @throws {ApiError} whatever else came of it; an `AbortError` when `signal` ended it
 */
export async function send(method: string, address: string, { signal, body }: RequestOptions = {}): Promise<string> {
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    cache: 'no-store', // an answer from before would tell the time of before
    headers: ownHeaders(),
  }
  const timeoutMs = method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS
  const timeout = new AbortController()
  init.signal = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  if (body !== undefined) {
    init.body = body
    init.headers = { ...ownHeaders(), 'content-type': 'application/json' }
  }
  const sentAtMs = serverClock.localMs()
  let answers = serverReach.answers()
  try {
    const response = await fetch(address, init)
    observeTime(response, sentAtMs)
    if (!isOfGateway(response)) serverReach.answered()
    else serverReach.unanswered(`A gateway before the console server answered ${response.status}.`)
    answers = serverReach.answers()
    // The body is part of the answer: a server that stops in the midst of one has not answered.
    const text = await response.text()
    if (response.ok) return text
    const refusal = toApiError(response, text)
    sessionRefusals.observe(refusal)
    throw refusal
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error
    const failure = timeout.signal.aborted
      ? noAnswer(timeoutMs)
      : error instanceof DOMException && error.name === 'AbortError'
        ? error
        : new ApiError({ code: 'NETWORK', message: 'The console server could not be reached.', status: 0 })
    // What takes long, e.g. in a row of many that wait for AWS, while others are answered, is no server that is down.
    const isSlow = timeout.signal.aborted && serverReach.answers() > answers
    if (failure instanceof ApiError && !isSlow) serverReach.unanswered(failure.message)
    throw failure
  } finally {
    clearTimeout(timer)
  }
}
